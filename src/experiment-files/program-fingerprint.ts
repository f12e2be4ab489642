/** Which lbqos made a result: those of another one must not come out of the cache. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Everything below the program's own folder that a kind of result depends on. */
const PARTS = {
  figures: /^(?:(?:capture|packet|tcp|http|metrics)\/|analyze|units)/,
  charts: /^report\//,
} as const;

const known = new Map<keyof typeof PARTS, string>();

/** A hash of the program's own files that make a kind of result, so that a version from a working copy counts too. */
export function programFingerprint(part: keyof typeof PARTS): string {
  const fingerprint =
    known.get(part) ?? hashFiles(fileURLToPath(new URL("..", import.meta.url)), PARTS[part]);
  known.set(part, fingerprint);
  return fingerprint;
}

function hashFiles(folder: string, part: RegExp): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => part.test(name) && /(?<!\.d)\.[jt]s$/.test(name))
    .sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(`${folder}${name}`));
  return hash.digest("hex");
}
