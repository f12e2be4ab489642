/** Which lbqos made a result: those of another one must not come out of the cache. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

let known: string | null = null;

/** A hash of the program's own files, so that a version from a working copy counts too. */
export function programFingerprint(): string {
  // In a build all files are in this folder; sources are in rooms.
  const folder = extname(import.meta.url) === ".ts" ? "../../" : "./";
  known ??= hashFiles(fileURLToPath(new URL(folder, import.meta.url)));
  return known;
}

function hashFiles(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /(?<!\.d)\.(?:[jt]s|wasm)$/.test(name))
    .sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(`${folder}${name}`));
  return hash.digest("hex");
}
