const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Sorts as people count: `run-2` before `run-10`. The same everywhere, whatever the machine's locale. */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
