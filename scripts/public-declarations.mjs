/**
 * Keeps of the declarations in dist/ those that the library's front page leads to, and removes the others: what is not
 * public is not promised, and needs Node's types.
 */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const IMPORT = /(?:from |import\()"(\.[^"]+)"/g;

const reached = new Set();
const waiting = [join(dist, "index.d.ts")];
for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
  if (reached.has(path)) continue;
  reached.add(path);
  for (const [, name] of readFileSync(path, "utf8").matchAll(IMPORT)) {
    const imported = resolve(dirname(path), name.replace(/\.(js|ts)$/, ".d.ts"));
    if (existsSync(imported)) waiting.push(imported);
  }
}
const entries = readdirSync(dist, { recursive: true, withFileTypes: true });
for (const entry of entries) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && path.endsWith(".d.ts") && !reached.has(path)) rmSync(path);
}
// The deepest first, so that a folder of nothing but empty folders goes too.
const folders = entries
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(entry.parentPath, entry.name));
for (const folder of folders.sort((a, b) => b.length - a.length)) {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
