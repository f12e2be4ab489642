/** Programs are found on PATH first, and those that may be run before those that may not. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findProgram } from "../../../src/capture/engines/find-program.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lbqos-programs-"));
  vi.stubEnv("PATH", ["first", "second"].map((name) => join(folder, name)).join(delimiter));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Makes a file `engine` in the folder. */
function put(place: string, mode: number): string {
  mkdirSync(join(folder, place), { recursive: true });
  const path = join(folder, place, "lbqos-engine");
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
}

test("nowhere", () => {
  expect(findProgram("lbqos-engine")).toBeNull();
  mkdirSync(join(folder, "first/lbqos-engine"), { recursive: true });
  expect(findProgram("lbqos-engine")).toBeNull();
});

test("the first on PATH", () => {
  const second = put("second", 0o755);
  expect(findProgram("lbqos-engine")).toEqual({ path: second, executable: true });
  const first = put("first", 0o755);
  expect(findProgram("lbqos-engine")).toEqual({ path: first, executable: true });
});

test("one that may be run before one that may not", () => {
  const first = put("first", 0o644);
  expect(findProgram("lbqos-engine")).toEqual({ path: first, executable: false });
  const second = put("second", 0o755);
  expect(findProgram("lbqos-engine")).toEqual({ path: second, executable: true });
});

test("in the system's folders, without PATH", () => {
  vi.stubEnv("PATH", "");
  expect(findProgram("ldconfig")?.executable).toBe(true);
});
