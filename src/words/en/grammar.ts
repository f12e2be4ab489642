/** How English writes numbers and lists. */
import { joinedList } from "../joined-list.ts";
import type { NumberStyle } from "../number-style.ts";

const numberStyle: NumberStyle = { decimalMark: ".", groupMark: "," };

export const grammar = {
  numberStyle,
  list: (items: readonly string[]): string => joinedList(items, "and"),
};

/** `1 run`, `2 runs`; the count may be formatted already. */
export function counted(count: number | string, one: string): string {
  return `${count} ${one}${Number(count) === 1 ? "" : "s"}`;
}

export function didYouMean(near: string): string {
  if (near === "") return "";
  return ` (Did you mean ${near.includes(",") ? "one of " : ""}${near}?)`;
}
