/** The package as npm would publish it: what is in it, and whether it works in a folder that knows nothing of this one. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { needsBuild } from "./real-part.ts";
import { buildApart } from "./setup/build-to.ts";

const TEXTS = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACKED = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string(), mode: z.number() })) }),
);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")));

const VERSIONED = z.object({ version: z.string() });
const LOCK = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
});

/** What the package needs, by its place, as the lock file has it. */
function productionPackages() {
  const { packages } = LOCK.parse(JSON.parse(readFileSync(`${ROOT}package-lock.json`, "utf8")));
  return Object.entries(packages)
    .filter(([place, { dev }]) => place !== "" && dev !== true)
    .map(
      ([place, { devOptional, ...one }]) => [place, devOptional ? { ...one, optional: true } : one] as const,
    );
}

/** A package's name, wherever it lies. */
function nameAt(place: string): string {
  return place.replace(/^.*node_modules\//, "");
}

/** Whether npm installs it on this machine. */
function isForThisMachine({ os, cpu }: { os?: string[] | undefined; cpu?: string[] | undefined }): boolean {
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
}

test("docs/install.md names every dependency with its licence, and nothing else", () => {
  const page = readFileSync(`${ROOT}docs/install.md`, "utf8");
  const [, required = "", optional = ""] = page.split(
    /^It requires these packages:|lbqos is MIT.*|^and these are optional:/m,
  );
  const listed = [
    ...Array.from(required.matchAll(/^\| `(.+)` \| (.+) \|$/gm), ([, name, licence]) => `${name} ${licence}`),
    ...Array.from(optional.matchAll(/^\| (.+) \| (`.+`) \|$/gm), ([, licence, names = ""]) =>
      Array.from(names.matchAll(/`(.+?)`/g), ([, name]) => `${name} ${licence}, optional`),
    ).flat(),
  ];
  // cap names its licence in an old way that npm does not copy.
  const wanted = productionPackages().map(
    ([place, { license = "MIT", optional: isOptional }]) =>
      `${nameAt(place)} ${license}${isOptional ? ", optional" : ""}`,
  );
  expect(listed.sort()).toEqual([...new Set(wanted)].sort());
});

test("npm's bill of materials has every dependency", () => {
  const printed = execFileSync("npm", ["run", "--silent", "sbom"], { cwd: ROOT, encoding: "utf8" });
  const { components } = z
    .object({ components: z.array(z.object({ name: z.string(), version: z.string() })) })
    .parse(JSON.parse(printed));
  const wanted = productionPackages().map(([place, one]) => `${nameAt(place)} ${one.version}`);
  expect(components.map((one) => `${one.name} ${one.version}`).sort()).toEqual(wanted.sort());
});

needsBuild("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-package-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  let archive = "";
  let files: { path: string; mode: number }[] = [];

  beforeAll(() => {
    // dist/ is packed as `npm run build` left it: building here would pull it from under the other tests.
    const source = join(folder, "source");
    run("node", `${ROOT}scripts/package.mjs`, "--stage", source);
    const packed = run("npm", "pack", source, "--ignore-scripts", "--json");
    const [made] = PACKED.parse(JSON.parse(packed));
    files = made?.files ?? [];
    archive = join(folder, made?.filename ?? "");
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", archive);
  }, 300_000);

  test("holds what was built and texts for people, nothing else", () => {
    const texts = [...TEXTS, "npm-shrinkwrap.json"];
    const others = files.map(({ path }) => path).filter((path) => !texts.includes(path));
    expect(others).toContain("dist/main.js");
    expect(others).toContain("dist/page/lbqos.html");
    expect(others.filter((path) => !/^dist\/(.+\.(js|wasm|d\.ts)|page\/lbqos\.html)$/.test(path))).toEqual(
      [],
    );
  });

  test("has a command that can be run", () => {
    const command = files.find(({ path }) => path === "dist/main.js");
    expect((command?.mode ?? 0) & 0o111).toBe(0o111);
    expect(run("npx", "lbqos", "--version").trim()).toBe(version);
  });

  test("brings this version's dependencies, to the version and the byte", () => {
    const unpacked = join(folder, "unpacked");
    mkdirSync(unpacked);
    run("tar", "-xzf", archive, "-C", unpacked, "--strip-components=1");
    const lock = LOCK.parse(JSON.parse(readFileSync(join(unpacked, "npm-shrinkwrap.json"), "utf8")));
    const { "": _root, ...pinned } = lock.packages;
    expect(Object.entries(pinned)).toEqual(productionPackages());
    expect(Object.values(pinned).every(({ integrity }) => integrity?.startsWith("sha512-"))).toBe(true);
    const ci = ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    execFileSync("npm", ci, { cwd: unpacked, stdio: "pipe" });
    const forThisMachine = productionPackages().filter(([, one]) => isForThisMachine(one));
    const installed = forThisMachine.map(([place]) => {
      const text = readFileSync(join(unpacked, place, "package.json"), "utf8");
      return VERSIONED.parse(JSON.parse(text)).version;
    });
    expect(installed).toEqual(forThisMachine.map(([, one]) => one.version));
    expect(readdirSync(join(unpacked, "node_modules"))).not.toContain("vitest");
  });

  test("can be rebuilt: a build of the sources gives the same bytes", { timeout: 120_000 }, () => {
    const again = buildApart();
    const differing = files
      .filter(({ path }) => /^dist\/.*\.(js|wasm|html)$/.test(path))
      .filter(({ path }) => !readFileSync(join(again, path)).equals(readFileSync(`${ROOT}${path}`)));
    rmSync(again, { recursive: true });
    expect(differing).toEqual([]);
  });

  test("has types that a strict project needs nothing else for: not even @types/node", () => {
    const program = 'import { analyze } from "lbqos";\nexport const run = await analyze("run.pcap");\n';
    writeFileSync(join(folder, "user.mts"), program);
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "false",
      "--module",
      "nodenext",
      "--target",
      "es2023",
    ];
    const tsc = `${ROOT}node_modules/.bin/tsc`;
    const { stdout } = spawnSync(tsc, [...options, "user.mts"], { cwd: folder, encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test("has a library that can be imported", () => {
    const names = run(
      "node",
      "--input-type=module",
      "--eval",
      'console.log(Object.keys(await import("lbqos")).join())',
    );
    expect(names.trim().split(",")).toContain("Failure");
  });
});
