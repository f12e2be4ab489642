/** How English writes numbers and lists. */
import { joinedList } from "../joined-list.ts";
import type { NumberStyle } from "../number-style.ts";

const numberStyle: NumberStyle = { decimalMark: ".", groupMark: "," };

export const grammar = {
  numberStyle,
  list: (items: readonly string[]): string => joinedList(items, "and"),
};
