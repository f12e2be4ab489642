/** The few words of the page itself. */
import type { Language } from "../../words/language.ts";

export interface PageWords {
  readonly contents: string;
  readonly data: string;
  readonly sortBy: string;
  readonly madeBy: string;
}

export const pageWords: Readonly<Record<Language, PageWords>> = {
  en: {
    contents: "Contents",
    data: "The chart's data (CSV)",
    sortBy: "Sort by",
    madeBy: "Made by lbqos from the captures and tables listed above.",
  },
  id: {
    contents: "Isi",
    data: "Data grafik (CSV)",
    sortBy: "Urutkan menurut",
    madeBy: "Dibuat oleh lbqos dari capture dan tabel yang tercantum di atas.",
  },
};
