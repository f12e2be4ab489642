/** Method, backend and run, from the name of a capture file. */

const EXTENSION = /\.(?:pcapng|pcap|cap|dmp|ntar)(?:\d+)?(?:\.(?:gz|zst))?$/i;
/** Suffix of dumpcap's and Wireshark's ring buffer: `_00001_20261122205426`. */
const ROTATION = /_\d{5}_\d{14}$/;
const RUN_WORDS = "run|r|trial|test|iter|iteration|rep|no|uji|percobaan|ke";
const RUN_SUFFIX = new RegExp(
  `(?:(?:^|[-_. ])(?:${RUN_WORDS})[-_. #]*|^|[-_. #]+)\\d+$|[-_. ]*\\(\\d+\\)$`,
  "i",
);
/** Numbers that stand by themselves or after a word for run: the 3 of `least-connection-run3`, not that of `flask3`. */
const OWN_NUMBER = new RegExp(`(?<![\\p{L}\\d])(?:${RUN_WORDS})?\\d+`, "giu");
const ANY_NUMBER = /\d+/g;
/** Longer numbers are dates and times, no run numbers. */
const MAX_RUN_DIGITS = 4;

/** Whether a file is a capture by its name. */
export function isCaptureName(path: string): boolean {
  return EXTENSION.test(path);
}

/** The path without its extension and a ring buffer's counter: equal for the files of one rotated set. */
export function captureStem(path: string): string {
  return path.replace(EXTENSION, "").replace(ROTATION, "");
}

/** The log of TLS keys that is read with a capture unasked: `run-1.keys` beside `run-1.pcapng.gz`. */
export function keysBeside(capture: string): string {
  return `${captureStem(capture)}.keys`;
}

/** Whether the file is one of a rotated set, by its name. */
export function isRotated(path: string): boolean {
  return ROTATION.test(path.replace(EXTENSION, ""));
}

/** A name without the run number at its end: `least-connection-run3` → `least-connection`, `01` → ``. */
export function withoutRunNumber(name: string): string {
  return name.replace(RUN_SUFFIX, "");
}

/**
 * Run numbers of captures in their order: the last number in the names that tells all of them apart, else 1, 2, …
 * @param stems from `captureStem`, in natural order
 */
export function runNumbers(stems: readonly string[]): number[] {
  return (
    distinctNumbers(stems, OWN_NUMBER) ??
    (stems.length > 1 ? distinctNumbers(stems, ANY_NUMBER) : null) ??
    stems.map((_, index) => index + 1)
  );
}

function distinctNumbers(stems: readonly string[], spelling: RegExp): number[] | null {
  const found = stems.map((stem) => (stem.match(spelling) ?? []).map((text) => text.replace(/^\D+/, "")));
  const fewest = Math.min(...found.map((list) => list.length));
  for (let fromEnd = 1; fromEnd <= fewest; fromEnd++) {
    const column = found
      .map((list) => list.at(-fromEnd) ?? "")
      .filter((digits) => digits.length <= MAX_RUN_DIGITS);
    const numbers = column.map(Number);
    if (numbers.length === stems.length && new Set(numbers).size === stems.length) return numbers;
  }
  return null;
}
