/** Counts by status, added up. */
import { sumsUnder } from "./run-totals.ts";

/** Classes that are there from the start, so that the first error is an increase and not a new series. */
const STATUS_CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/** A status that belongs to no class of HTTP. */
const OTHER_STATUS = "other";

/** Adds up counts by status (`200` or `2xx`) into the classes of HTTP. */
export function byStatusClass(
  ...counts: readonly Readonly<Record<string, number>>[]
): Record<string, number> {
  const sums: Record<string, number> = Object.fromEntries(STATUS_CLASSES.map((name) => [name, 0]));
  for (const one of counts) {
    sumsUnder(
      one,
      (status) => (STATUS_CLASSES.includes(`${status[0]}xx`) ? `${status[0]}xx` : OTHER_STATUS),
      sums,
    );
  }
  return sums;
}
