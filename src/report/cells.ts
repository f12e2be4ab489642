/** How cells and columns are made: a `null` can only become a cell together with its reason. */
import type { Cell, Column, Tone } from "./document.ts";

export const EMPTY: Cell = { kind: "empty" };

export function text(content: string): Cell {
  return { kind: "text", text: content };
}

/** @param reason why `null` was not measured */
export function measured(value: number | null, reason: string): Cell {
  return value === null ? { kind: "notMeasured", reason } : { kind: "number", value };
}

export function count(value: number): Cell {
  return { kind: "number", value };
}

/** A count of things that should not happen: anything above 0 gets the tone. */
export function trouble(value: number, tone: Tone): Cell {
  return value === 0 ? count(value) : { kind: "number", value, tone };
}

export function textColumn(header: string): Column {
  return { header, align: "left", digits: 0 };
}

export function countColumn(header: string, group?: string): Column {
  return numberColumn(header, "", 0, group);
}

export function numberColumn(header: string, unit: string, digits: number, group?: string): Column {
  return {
    header,
    align: "right",
    digits,
    ...(unit === "" ? {} : { unit }),
    ...(group === undefined ? {} : { group }),
  };
}
