import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What ties a file to the machine it was written on. Written so that this file does not match itself. */
const LOCAL_TRACES: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "a path of a developer's machine", pattern: /(?<![\w.~])\/(work|home\/\w+|root)\// },
  { name: "the host of a package registry", pattern: /\bregistry\.[\w-]+\.\w|"resolved": "https?:/ },
];

const LOCKED_PACKAGE = z.object({
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  hasInstallScript: z.boolean().optional(),
  optional: z.boolean().optional(),
});

function tracesIn(text: string): string[] {
  return LOCAL_TRACES.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
}

describe("local traces", () => {
  test.each([
    ["see /wo" + "rk/main/src", ["a path of a developer's machine"]],
    ["file:///ho" + "me/ana/lbqos", ["a path of a developer's machine"]],
    ["https://registry" + ".example.org/x", ["the host of a package registry"]],
    ['"resolved"' + ': "https://mirror.example/x.tgz"', ["the host of a package registry"]],
    ["the registry. Then ~/work/x, src/work/x and /worker/", []],
  ])("of %j", (text, names) => {
    expect(tracesIn(text)).toEqual(names);
  });
});

describe.skipIf(!existsSync(`${ROOT}.git`))("the files that git keeps [needs a git checkout]", () => {
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" });
  const paths = listed.split("\0").filter((path) => path !== "" && existsSync(`${ROOT}${path}`));

  test("are found", () => {
    expect(paths).toContain("package.json");
  });

  test("carry no trace of the machine they were written on", () => {
    const found = paths.flatMap((path) => {
      const bytes = readFileSync(`${ROOT}${path}`);
      return bytes.includes(0) ? [] : tracesIn(bytes.toString("utf8")).map((name) => `${path}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  test("are products nowhere but in what reports/README.md says, and the README's charts", () => {
    const products = paths.filter((path) => /^(dist|node_modules|reports)\//.test(path));
    expect(products).toEqual([
      "reports/README.md",
      "reports/live-page.png",
      "reports/study-metrics.png",
      "reports/time-to-first-byte.png",
    ]);
  });
});

describe("package-lock.json", () => {
  const lock: unknown = JSON.parse(readFileSync(`${ROOT}package-lock.json`, "utf8"));
  const { packages } = z.object({ packages: z.record(z.string(), LOCKED_PACKAGE) }).parse(lock);

  test("names the packages for every system, without which npm ci refuses it on all of them", () => {
    const named = new Set(
      Object.keys(packages).map((place) => place.slice(place.lastIndexOf("node_modules/") + 13)),
    );
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    expect(wanted).toContain("@biomejs/cli-linux-x64");
    expect(wanted.filter((name) => !named.has(name))).toEqual([]);
  });

  test("asks for no compiler: only optional packages may run scripts when they are installed", () => {
    const compiled = Object.entries(packages).filter(
      ([, locked]) => locked.hasInstallScript && !locked.optional,
    );
    expect(compiled.map(([place]) => place)).toEqual([]);
  });
});
