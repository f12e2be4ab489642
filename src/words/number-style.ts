/** How a language writes numbers. */
export interface NumberStyle {
  readonly decimalMark: "." | ",";
  /** Between groups of three digits, from 10 000 on. */
  readonly groupMark: "." | ",";
}
