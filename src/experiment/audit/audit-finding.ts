import type { Language, Text } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricKey } from "../experiment-metrics.ts";
import type { ResultRow } from "../tables/results-table.ts";

/** The kinds of findings. */
export type AuditCode =
  | "frame-size"
  | "no-common-frame-size"
  | "shifted-column"
  | "jitter-too-small"
  | "jitter-negative"
  | "mean-not-from-rows"
  | "mean-without-rows"
  | "requests-do-not-add-up"
  | "more-requests-than-sent"
  | "fewer-requests-than-sent"
  | "equal-rows"
  | "repeated-row"
  | "loss-no-fraction"
  | "loss-maybe-count"
  | "out-of-range"
  | "same-capture-twice";

/** A place in a table, or a capture. */
export interface AuditedRow {
  readonly fileName: string;
  /** Line in the file, `null` for a capture. */
  readonly line: number | null;
  /** Its English name: `least-connection, Flask C, run 4`. */
  readonly label: string;
}

/** Something in the results that can't be, or that is hard to believe. */
export interface AuditFinding {
  readonly code: AuditCode;
  /** `impossible`: by definition or arithmetic; `doubtful`: there are innocent explanations, and the sentence says so. */
  readonly severity: "impossible" | "doubtful";
  /** The rows it is about; empty: the table as a whole. */
  readonly rows: readonly AuditedRow[];
  readonly metric: MetricKey | null;
  /** The fault and its reason, with the numbers, in one sentence. */
  readonly text: Text;
}

/** The row of a finding. */
export function auditedRow(row: ResultRow): AuditedRow {
  return { fileName: row.fileName, line: row.line, label: rowName(row, "en") };
}

/** How a row is named in a sentence. */
export function rowName({ method, backend, run }: ResultRow, language: Language): string {
  const parts = [method, backend, run === null ? wordsOf(language).audit.mean : `run ${run}`];
  return parts.filter((part) => part !== "").join(", ");
}
