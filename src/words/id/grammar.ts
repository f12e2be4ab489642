/** Cara bahasa Indonesia menulis angka dan daftar. */
import type { grammar as english } from "../en/grammar.ts";
import { joinedList } from "../joined-list.ts";

export const grammar: typeof english = {
  numberStyle: { decimalMark: ",", groupMark: "." },
  list: (items) => joinedList(items, "dan"),
};

/** Angka desimal dengan koma. */
export function withComma(text: string): string {
  return text.replace(".", grammar.numberStyle.decimalMark);
}

export function didYouMean(near: string): string {
  return near === "" ? "" : ` (maksudnya ${near.replace(/, (?=[^,]*$)/, " atau ")}?)`;
}
