/** The package as npm would publish it: what is in it, and whether it works in a folder that knows nothing of this one. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { needsBuild } from "./real-part.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PACKED = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string(), mode: z.number() })) }),
);
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")));

needsBuild("the packed package", () => {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-package-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  let files: { path: string; mode: number }[] = [];

  beforeAll(() => {
    // dist/ is packed as `npm run build` left it: building here would pull it from under the other tests.
    const packed = run("npm", "pack", ROOT, "--ignore-scripts", "--json");
    const archive = PACKED.parse(JSON.parse(packed))[0];
    files = archive?.files ?? [];
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", `./${archive?.filename}`);
  }, 120_000);

  test("holds what was built and texts for people, nothing else", () => {
    const TEXTS = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    const others = files.map(({ path }) => path).filter((path) => !TEXTS.includes(path));
    expect(others).toContain("dist/main.js");
    expect(others.filter((path) => !/^dist\/.+\.(js|wasm|d\.ts)$/.test(path))).toEqual([]);
  });

  test("has a command that can be run", () => {
    const command = files.find(({ path }) => path === "dist/main.js");
    expect((command?.mode ?? 0) & 0o111).toBe(0o111);
    expect(run("npx", "lbqos", "--version").trim()).toBe(version);
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
