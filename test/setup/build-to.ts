import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds the sources as they are now, apart from `dist`, for tests that need a program: Node.js 20 runs no TypeScript.
 * @returns a folder of its own, to be removed, with `dist` in it
 * @throws Error with the bundler's words where the sources can't be built
 */
export function buildApart(): string {
  // Below node_modules, so that the program finds its packages.
  const cache = join(ROOT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "lbqos-"));
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  const rolldown = join(ROOT, "node_modules/.bin/rolldown");
  const config = join(ROOT, "scripts/bundle.config.mjs");
  const env = { ...process.env, DIST: join(folder, "dist") };
  const page = join(ROOT, "scripts/build-page.mjs");
  for (const args of [[rolldown, "-c", config], [page]]) {
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`the sources can't be built: ${stderr}`);
  }
  return folder;
}
