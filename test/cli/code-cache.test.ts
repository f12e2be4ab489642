/** What V8 made of the command's files, and the command without it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";
import { afterAll, describe, expect, test } from "vitest";
import { CAPTURES, lbqos, ROOT } from "./lbqos-command.ts";

/** As `npm run build` left it. */
const COMMAND = join(ROOT, "dist/cli");
const CACHE = /\.cache$/;
const cached = readdirSync(COMMAND)
  .filter((name) => CACHE.test(name))
  .map((name) => name.replace(CACHE, ""));

describe("the files that come compiled", () => {
  test("are those that analysing a capture loads", () => {
    expect(cached).toEqual(["analysis.js", "counting.js", "reporting.js", "rolldown-runtime.js", "start.js"]);
  });

  test.each(cached)("%s: V8 takes what it made of it", (name) => {
    const path = join(COMMAND, name);
    const source = Module.wrap(readFileSync(path, "utf8"));
    const cachedData = readFileSync(`${path}.cache`);
    expect(new Script(source, { filename: path, cachedData }).cachedDataRejected).toBe(false);
  });

  // A script that is loaded with a cache could not.
  test.each(cached)("%s imports no ES module", (name) => {
    expect(readFileSync(join(COMMAND, name), "utf8")).not.toMatch(/^[^*/]*\bimport\(/m);
  });
});

describe("the command whose caches", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-code-cache-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(COMMAND, join(folder, "cli"), { recursive: true });
  cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
  const main = join(folder, "cli/main.js");
  const args = ["analyze", join(CAPTURES, "chunked-rr.pcapng.gz")];
  const expected = lbqos(args);
  const overwrite = (bytesOf: (cache: Buffer) => Uint8Array) => {
    for (const name of cached) {
      const path = join(folder, `cli/${name}.cache`);
      writeFileSync(path, bytesOf(readFileSync(join(COMMAND, `${name}.cache`))));
    }
  };

  test("are there does the same", () => expect(lbqos(args, { main })).toEqual(expected));

  test("are there runs them", () => {
    // V8 tells a file of the same length from what was compiled by nothing: only without the cache its words are seen.
    const [said, instead] = ["Quality of service: ", "Quality of SERVICE: "];
    const path = join(folder, "cli/reporting.js");
    const source = readFileSync(path, "utf8");
    expect(expected.stdout).toContain(said);
    writeFileSync(path, source.replaceAll(said, instead));
    expect(lbqos(args, { main })).toEqual(expected);
    rmSync(`${path}.cache`);
    expect(lbqos(args, { main }).stdout).toBe(expected.stdout.replaceAll(said, instead));
    writeFileSync(path, source);
  });

  test("were made by another version of V8 does the same", () => {
    // Behind a magic number lies a hash of V8's version.
    overwrite((cache) => cache.map((byte, at) => (at >= 4 && at < 8 ? ~byte : byte)));
    expect(lbqos(args, { main })).toEqual(expected);
  });

  test("end early does the same", () => {
    overwrite((cache) => cache.subarray(0, 100));
    expect(lbqos(args, { main })).toEqual(expected);
  });

  test("are not there does the same", () => {
    for (const name of cached) rmSync(join(folder, `cli/${name}.cache`));
    expect(lbqos(args, { main })).toEqual(expected);
  });
});
