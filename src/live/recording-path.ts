/** Names of the files of a recording. */
import { basename, dirname, join } from "node:path";

/** Digits of a file's number in a rotated set, so that names sort as numbers do. */
const DIGITS = 5;

/** A path before and after the place of a number: `run` and `.pcapng.gz`. */
function around(path: string): readonly [stem: string, extension: string] {
  const match = /^(.+?)((?:\.[^.]+)?(?:\.gz)?)$/s.exec(basename(path));
  return [match?.[1] ?? basename(path), match?.[2] ?? ""];
}

/** The `number`th file of a rotated recording, from 1: `run_00001.pcapng`. */
export function rotatedPath(path: string, number: number): string {
  const [stem, extension] = around(path);
  return join(dirname(path), `${stem}_${String(number).padStart(DIGITS, "0")}${extension}`);
}

/** Whether a file of this name would belong to the rotated recording. */
export function isRotatedName(path: string, name: string): boolean {
  const [stem, extension] = around(path);
  if (!name.startsWith(`${stem}_`) || !name.endsWith(extension)) return false;
  const number = name.slice(stem.length + 1, name.length - extension.length);
  return number.length >= DIGITS && /^\d+$/.test(number);
}
