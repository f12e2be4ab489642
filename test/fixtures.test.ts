/** No fixture without an origin: every file of fixtures/ is explained by the README beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));
const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders.map(({ name }) => name))("fixtures/%s", (folder) => {
  const files = readdirSync(`${FIXTURES}${folder}`).filter((name) => name !== "README.md");
  const readme = readFileSync(`${FIXTURES}${folder}/README.md`, "utf8");

  test("states its licence", () => {
    expect(readme).toMatch(/Licence[^\n]*: MIT/);
  });

  test.each(files)("explains %s", (file) => {
    const stem = file.replace(/\.pcapng\.gz$/, "");
    const kinds = [`NAME${file.slice(file.indexOf("."))}`, file.replace(/^loss-.*(?=\.truth)/, "loss-*")];
    const names = [file, stem, ...kinds].map((name) => `\`${name}\``);
    expect(names.filter((name) => readme.includes(name))).not.toEqual([]);
  });
});

describe("fixtures/captures", () => {
  const files = readdirSync(`${FIXTURES}captures`);
  const captures = files.filter((name) => name.endsWith(".pcapng.gz"));

  test("has tshark's figures of each capture", () => {
    const expected: unknown = JSON.parse(readFileSync(`${FIXTURES}captures/expected.json`, "utf8"));
    expect(Object.keys(expected ?? {}).sort()).toEqual(captures);
  });

  test("has httperf's own output of each capture, and the truth of each loss", () => {
    const stems = captures.map((name) => name.replace(".pcapng.gz", ""));
    expect(files).toEqual(expect.arrayContaining(stems.map((stem) => `${stem}.httperf.txt`)));
    const losses = stems.filter((stem) => stem.startsWith("loss-"));
    expect(files).toEqual(expect.arrayContaining(losses.map((stem) => `${stem}.truth.json`)));
    expect(losses.length).toBeGreaterThan(0);
  });
});
