/** Which files there are: below a folder, or as far as file patterns can reach. */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { isPattern } from "../experiment/manifest/file-pattern.ts";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** More files than any experiment has: the folder was given by mistake, a home or a disk. */
const MAX_FILES = 100_000;
/** Folders that hold other people's files by the thousand. */
const PASSED_OVER: ReadonlySet<string> = new Set(["node_modules"]);

/**
 * Every regular file below a folder, relative to it with `/`, in no particular order; links are followed, hidden folders
 * and what may not be read are passed over.
 * @throws Failure when the folder can't be read or holds more files than an experiment has
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = new Set<string>();
  await walk(folder, "", Number.POSITIVE_INFINITY, false, found, new Set());
  return [...found];
}

/**
 * The files that patterns can mean, spelled as the patterns spell their folders, so that `matchesPattern` knows them.
 * @param folder what patterns are relative to
 * @throws Failure when they reach more files than an experiment has
 */
export async function filesFor(patterns: readonly string[], folder: string): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const { base, rest } = splitPattern(pattern);
    if (rest.length === 0) {
      if ((await stat(resolve(folder, base)).catch(() => null))?.isFile() === true) found.add(base);
      continue;
    }
    const depth = rest.includes("**") ? Number.POSITIVE_INFINITY : rest.length;
    const saysDot = rest.some((segment) => segment.startsWith("."));
    await walk(folder, base, depth, saysDot, found, new Set());
  }
  return [...found];
}

/** The part before the first wildcard, and the segments from there on. */
function splitPattern(pattern: string): { base: string; rest: readonly string[] } {
  const slashed = pattern.replaceAll("\\", "/");
  const segments = slashed.split("/").filter((segment) => segment !== "" && segment !== ".");
  const wild = segments.findIndex(isPattern);
  const root = slashed.startsWith("/") ? "/" : "";
  if (wild < 0) return { base: root + segments.join("/"), rest: [] };
  return { base: root + segments.slice(0, wild).join("/"), rest: segments.slice(wild) };
}

/**
 * Adds the files below `base`, at most `depth` levels down.
 * @param above real paths of the folders that this one lies in: a link to one of them would never end
 */
async function walk(
  folder: string,
  base: string,
  depth: number,
  withHidden: boolean,
  found: Set<string>,
  above: ReadonlySet<string>,
): Promise<void> {
  const path = resolve(folder, base);
  const real = await realpath(path).catch(() => null);
  if (real === null || above.has(real)) return;
  const entries = await readdir(path, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries) {
    if (entry.name.startsWith(".") && !withHidden) continue;
    const spelled = base === "" || base.endsWith("/") ? base + entry.name : `${base}/${entry.name}`;
    const target = entry.isSymbolicLink() ? await stat(resolve(folder, spelled)).catch(() => null) : entry;
    if (target?.isFile() === true) {
      found.add(spelled);
      if (found.size > MAX_FILES) {
        throw new Failure(message("tooManyFiles", folder, MAX_FILES));
      }
    } else if (target?.isDirectory() === true && depth > 1 && !PASSED_OVER.has(entry.name)) {
      await walk(folder, spelled, depth - 1, withHidden, found, new Set([...above, real]));
    }
  }
}
