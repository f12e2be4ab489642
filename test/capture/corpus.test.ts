import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { needs } from "../real-part.ts";
import { corpusFiles, HAS_CORPUS } from "./corpus.ts";
import { countFrames, failureOf } from "./read-frames.ts";

/**
 * Files with custom blocks, to which tshark 4.0 gives frame numbers although they are no packets. capinfos, of
 * the same Wireshark, doesn't count them.
 */
const WITH_CUSTOM_BLOCKS = /pcapgo__tests__be__test(018|202)\.pcapng$/;

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
      if (WITH_CUSTOM_BLOCKS.test(name)) continue;
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

  needs("tshark")("with custom blocks", () => {
    test.each(captures.filter(({ name }) => WITH_CUSTOM_BLOCKS.test(name)))("$name", async ({ path }) => {
      const table = execFileSync("capinfos", ["-T", "-r", "-c", "-M", path], {
        encoding: "utf8",
        stdio: "pipe",
      });
      const packets = Number(table.trim().split("\t").at(-1));
      expect(packets).toBeGreaterThan(0);
      expect((await countFrames(path)).count).toBe(packets);
    });
  });
});
