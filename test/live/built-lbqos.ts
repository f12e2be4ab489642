/** lbqos compiled file by file, for what needs a thread or a process of its own: Node.js 20 runs no TypeScript. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface BuiltLbqos {
  /** URL of a compiled source: `live/start-live`. */
  readonly url: (name: string) => string;
  readonly remove: () => void;
}

export function buildLbqos(): BuiltLbqos {
  // Below node_modules, so that it finds its packages, and one of its own for each process that tests.
  const cache = join(ROOT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "lbqos-live-"));
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  spawnSync(tsc, ["-p", join(ROOT, "tsconfig.build.json"), "--outDir", join(folder, "dist")], { cwd: ROOT });
  return {
    url: (name) => pathToFileURL(join(folder, "dist", `${name}.js`)).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
