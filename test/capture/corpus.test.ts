import { describe, expect, test } from "vitest";
import { corpusFiles, HAS_CORPUS } from "./corpus.ts";
import { countFrames, failureOf } from "./read-frames.ts";

describe.skipIf(!HAS_CORPUS)("the corpus [needs LBQOS_CORPUS, captures of public test suites]", () => {
  const files = corpusFiles();
  const captures = files.filter(({ frames, status }) => status === 0 || frames > 0);
  const others = files.filter(({ frames, status }) => status !== 0 && frames === 0);

  test("is there", () => {
    expect(captures.length).toBeGreaterThan(100);
    expect(others.length).toBeGreaterThan(0);
  });

  test("has as many frames as tshark counts, file by file", async () => {
    const ours = new Map<string, number>();
    const tshark = new Map<string, number>();
    for (const { name, path, frames } of captures) {
      ours.set(name, (await countFrames(path)).count);
      tshark.set(name, frames);
    }
    expect(ours).toEqual(tshark);
  });

  test("warns of what stopped tshark, and of nothing that didn't but times and simple packets", async () => {
    for (const { name, path, status } of captures) {
      const { capture } = await countFrames(path);
      const codes = capture.warnings
        .map(({ code }) => code)
        .filter((code) => code !== "far-times" && code !== "untimed-frames");
      expect(codes, name).toEqual(status === 0 ? [] : ["unsupported-section"]);
    }
  });

  test("holds files that are no captures: each is refused", async () => {
    for (const { path } of others) {
      expect(await failureOf(path)).toContain("begins a Git LFS pointer; fetch the capture itself");
    }
  });
});
