/**
 * The structure of a display filter: what it says, before anybody asks whether such fields exist. Wireshark 4.0's grammar:
 * `not` binds a test, `and` binds stronger than `or`; a test is a field alone, or compared, or in a set.
 */

/** `==`, `!=` … in Wireshark's order of operators; which occurrences of a field have to fit is the quantifier's. */
export type FilterComparison = "equal" | "unequal" | "greater" | "less" | "greaterOrEqual" | "lessOrEqual";

/** Of a field that occurs several times in a frame: one of them has to fit, or each. */
export type Quantifier = "any" | "all";

/** One value of a set, or a range with both its ends. */
export interface FilterRange {
  readonly low: string;
  /** `null`: `low` alone. */
  readonly high: string | null;
}

export type FilterExpression =
  | { readonly kind: "exists"; readonly field: string }
  | {
      readonly kind: "compare";
      readonly field: string;
      readonly quantifier: Quantifier;
      readonly comparison: FilterComparison;
      readonly value: string;
    }
  | {
      readonly kind: "member";
      readonly field: string;
      readonly quantifier: Quantifier;
      readonly ranges: readonly FilterRange[];
    }
  | { readonly kind: "not"; readonly of: FilterExpression }
  | { readonly kind: "and" | "or"; readonly of: readonly FilterExpression[] };

/** What an operator means where no `any` or `all` stands before the field. */
export interface Operator {
  readonly comparison: FilterComparison;
  readonly quantifier: Quantifier;
}

function operator(comparison: FilterComparison, quantifier: Quantifier = "any"): Operator {
  return { comparison, quantifier };
}

/** Operators as they may be written. `!=` asks of all occurrences since Wireshark 3.6. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["==", operator("equal")],
  ["eq", operator("equal")],
  ["any_eq", operator("equal")],
  ["===", operator("equal", "all")],
  ["all_eq", operator("equal", "all")],
  ["!=", operator("unequal", "all")],
  ["ne", operator("unequal", "all")],
  ["all_ne", operator("unequal", "all")],
  ["!==", operator("unequal")],
  ["~=", operator("unequal")],
  ["any_ne", operator("unequal")],
  [">", operator("greater")],
  ["gt", operator("greater")],
  ["<", operator("less")],
  ["lt", operator("less")],
  [">=", operator("greaterOrEqual")],
  ["ge", operator("greaterOrEqual")],
  ["<=", operator("lessOrEqual")],
  ["le", operator("lessOrEqual")],
]);

/** Words of the language that are no names of fields. */
export const KEYWORDS: readonly string[] = [
  ...[...OPERATORS.keys()].filter((name) => /\w/.test(name)),
  ...["and", "or", "not", "in", "any", "all", "contains", "matches", "bitwise_and", "xor"],
];
