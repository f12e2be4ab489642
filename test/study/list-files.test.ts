import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { matchesPattern } from "../../src/experiment/manifest/file-pattern.ts";
import { filesBelow, filesFor } from "../../src/study/list-files.ts";

const root = mkdtempSync(join(tmpdir(), "lbqos-files-"));
afterAll(() => rmSync(root, { recursive: true }));
const folder = join(root, "study");
for (const path of [
  "rr/1.pcap",
  "rr/deep/2.pcap",
  ".hidden/3.pcap",
  "node_modules/4.pcap",
  "top.pcap",
  "rr/.5.pcap",
]) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "");
}
mkdirSync(join(root, "beside"));
writeFileSync(join(root, "beside/6.pcap"), "");
symlinkSync("../../beside", join(folder, "rr/link"));
symlinkSync(".", join(folder, "rr/loop"));

describe("files below a folder", () => {
  test("follow links once, and pass over what is hidden", async () => {
    expect((await filesBelow(folder)).sort()).toEqual([
      "rr/1.pcap",
      "rr/deep/2.pcap",
      "rr/link/6.pcap",
      "top.pcap",
    ]);
  });

  test("of a folder that isn't there are none", async () => {
    expect(await filesBelow(join(root, "gone"))).toEqual([]);
  });
});

describe("files that patterns can mean", () => {
  const fitting = async (...patterns: string[]) => {
    const paths = await filesFor(patterns, folder);
    return paths.filter((path) => patterns.some((pattern) => matchesPattern(pattern, path))).sort();
  };

  test.each([
    [["top.pcap"], ["top.pcap"]],
    [["./rr/1.pcap"], ["rr/1.pcap"]],
    [["rr/*.pcap"], ["rr/1.pcap"]],
    [["rr/**/*.pcap"], ["rr/1.pcap", "rr/deep/2.pcap", "rr/link/6.pcap"]],
    [["../beside/?.pcap"], ["../beside/6.pcap"]],
    [["rr/.*.pcap"], ["rr/.5.pcap"]],
    [["gone/*.pcap", "gone.pcap", "rr"], []],
    [["top.pcap", "*.pcap"], ["top.pcap"]],
  ])("%j", async (patterns, files) => {
    expect(await fitting(...patterns)).toEqual(files);
  });

  test("with the path from the root", async () => {
    expect(await fitting(`${root}/beside/*.pcap`)).toEqual([`${root}/beside/6.pcap`]);
  });
});
