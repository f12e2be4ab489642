/** A report's folder: the texts in it, each made when it is its turn. */

/** Where a report's charts lie, relative to it. */
export const CHART_FOLDER = "charts";

export interface ReportText {
  /** Relative to the report's folder. */
  readonly path: string;
  readonly content: () => string;
}
