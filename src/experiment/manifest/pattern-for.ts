import { isCaptureName } from "./capture-name.ts";
import { matchesPattern } from "./file-pattern.ts";

/**
 * The shortest list of patterns that names these files and no other capture: one pattern with `*` where the files
 * differ, or the files themselves where no such pattern tells them from the rest.
 * @param files not empty, all of them among `paths`
 */
export function patternFor(files: readonly string[], paths: readonly string[]): string[] {
  const first = files[0];
  if (first === undefined || files.length === 1) return [...files];
  const start = files.reduce((prefix, file) => prefix.slice(0, commonLength(prefix, file)), first);
  const end = files.reduce((suffix, file) => {
    const length = commonLength(reversed(suffix), reversed(file));
    return suffix.slice(suffix.length - length);
  }, first);
  // Digits at the seams belong to the run number: `run-1`, `run-10` are `run-*`, not `run-1*`.
  const prefix = start.replace(/\d+$/, "");
  const suffix = overlaps(files, prefix, end) ? "" : end.replace(/^\d+/, "");
  const pattern = `${prefix}*${suffix}`;
  const wanted = new Set(files);
  const fits = paths.every(
    (path) => !isCaptureName(path) || matchesPattern(pattern, path) === wanted.has(path),
  );
  return fits ? [pattern] : [...files];
}

/** Whether prefix and suffix would share characters of the shortest file. */
function overlaps(files: readonly string[], prefix: string, suffix: string): boolean {
  return files.some((file) => file.length < prefix.length + suffix.length);
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
