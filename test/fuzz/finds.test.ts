/** What the fuzzer found once (`npm run fuzz`) breaks nothing any more. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { needsBuild } from "../real-part.ts";

const FUZZ = fileURLToPath(new URL("../../scripts/fuzz/fuzz.mjs", import.meta.url));
const FINDS = fileURLToPath(new URL("finds", import.meta.url));
const LONG_MS = 120_000;

needsBuild("the fuzzer", () => {
  test("its finds break nothing", { timeout: LONG_MS }, () => {
    const { status, stdout } = spawnSync(process.execPath, [FUZZ, "--finds"], { encoding: "utf8" });
    const count = readdirSync(FINDS).filter((name) => name.endsWith(".bin")).length;
    expect(stdout).toBe(`${count} finds, 0 of them still break something\n`);
    expect(status).toBe(0);
  });

  test("runs through every kind of input", { timeout: LONG_MS }, () => {
    const corpus = mkdtempSync(join(tmpdir(), "lbqos-corpus-"));
    const args = [FUZZ, "--minutes", "0.15", "--seed", "3", "--corpus", corpus, "--finds-to", corpus];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    for (const kind of ["captures", "streams", "live", "tables", "manifests", "page"]) {
      expect(stdout).toMatch(new RegExp(`inputs: .*\\b${kind} \\d`));
      expect(readdirSync(join(corpus, kind)).length).toBeGreaterThan(0);
    }
    rmSync(corpus, { recursive: true });
  });
});
