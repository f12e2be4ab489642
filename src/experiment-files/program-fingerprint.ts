/** Which lbqos measured: results of another one must not come out of the cache. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Everything that figures depend on, below the program's own folder. */
const MEASURING = /^(?:(?:capture|packet|tcp|http|metrics)\/|analyze|units)/;

let known: string | null = null;

/** A hash of the program's own files that measure, so that a version from a working copy counts as another one too. */
export function programFingerprint(): string {
  known ??= hashProgram(fileURLToPath(new URL("..", import.meta.url)));
  return known;
}

function hashProgram(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => MEASURING.test(name) && /(?<!\.d)\.[jt]s$/.test(name))
    .sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(`${folder}${name}`));
  return hash.digest("hex");
}
