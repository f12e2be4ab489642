/**
 * The report room's noun: a finished report as a plain value. Columns, units, digits, labels and the words for what
 * was not measured are decided here once; a renderer only lays out and recomputes nothing.
 */
import type { Language } from "../words/language.ts";
import type { NumberStyle } from "../words/number-style.ts";
import type { ChartSpec } from "./charts/chart-spec.ts";

/** A judgement that a renderer may colour. */
export type Tone = "good" | "fair" | "bad";

/** What a table holds at one place. */
export type Cell =
  | {
      readonly kind: "number";
      readonly value: number;
      /** Bounds of the interval around the value, in the same unit: `3.000 (2.988–3.012)`. */
      readonly interval?: { readonly low: number; readonly high: number };
      /** Decimals where they differ from the column's: a column whose rows hold different quantities. */
      readonly digits?: number;
      /** A few words about the value: its category, `sangat bagus 4`. */
      readonly note?: string;
      readonly tone?: Tone;
    }
  | { readonly kind: "text"; readonly text: string; readonly tone?: Tone }
  | {
      readonly kind: "notMeasured";
      /** Why not, as a phrase that follows "not measured:". */
      readonly reason: string;
    }
  /** Nothing belongs here: a column that a total row has no sum for. */
  | { readonly kind: "empty" };

export interface Column {
  readonly header: string;
  /** Heading over neighbouring columns that have the same one. */
  readonly group?: string;
  /** Unit of every number of the column: `ms`. */
  readonly unit?: string;
  readonly align: "left" | "right";
  /** Decimals of every number of the column. */
  readonly digits: number;
  /** What the notes of its cells say, for files that give them a column of their own: `category`. */
  readonly noteHeader?: string;
}

export type Row = readonly Cell[];

export interface Table {
  readonly kind: "table";
  /** Name for files and links, unique in the document; absent: the table is in no file of its own. */
  readonly id?: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** How many of the first columns name a row together; absent: one. */
  readonly nameColumns?: number;
  /** Every row has one cell per column; the first cells name the row. */
  readonly rows: readonly Row[];
  /** The sum row; `null` where sums say nothing. */
  readonly total: Row | null;
}

/** One named value outside of tables. */
export interface Fact {
  readonly label: string;
  readonly cell: Cell;
  readonly unit?: string;
  readonly digits: number;
}

/** Named values that stand below each other. */
export interface Facts {
  readonly kind: "facts";
  readonly title: string;
  readonly facts: readonly Fact[];
}

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: string;
}

/** Sentences that stand for themselves, most important first. */
export interface List {
  readonly kind: "list";
  readonly items: readonly string[];
}

/** A chart, with the numbers that it shows. */
export interface Figure {
  readonly kind: "figure";
  readonly chart: ChartSpec;
  /** The chart drawn, and its data, as files relative to the report: `charts/delay.png`; empty: there are none. */
  readonly files: readonly string[];
}

/** Doubts of one kind that have the same advice. */
export interface WarningGroup {
  /** The kind's stable name: `cut-tail`. */
  readonly code: string;
  readonly messages: readonly string[];
  /** How many more there are, in words; `null`: these are all. */
  readonly more: string | null;
  readonly advice: string;
}

/** Doubts about the data, with advice. */
export interface Warnings {
  readonly kind: "warnings";
  readonly groups: readonly WarningGroup[];
}

export type Block = Paragraph | List | Table | Facts | Figure | Warnings;

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Document {
  readonly language: Language;
  readonly title: string;
  /** One sentence under the title: how much was analyzed. */
  readonly summary: string;
  /** What a reader needs first, before the first heading: the answer; absent: nothing. */
  readonly opening?: readonly Block[];
  readonly sections: readonly Section[];
  readonly numberStyle: NumberStyle;
  /** What stands in a cell that was not measured. */
  readonly notMeasuredMark: string;
  /** What introduces the reason in a footnote: `not measured`. */
  readonly notMeasuredWords: string;
}
