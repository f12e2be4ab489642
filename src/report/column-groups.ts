import type { Column } from "./document.ts";

/** Neighbouring columns under one heading; `null`: under none. */
export interface ColumnGroup {
  readonly group: string | null;
  /** How many columns. */
  readonly width: number;
}

/** The headings over columns, from left to right; empty where no column has one. */
export function columnGroups(columns: readonly Column[]): readonly ColumnGroup[] {
  const groups: { group: string | null; width: number }[] = [];
  for (const { group = null } of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.group === group) last.width += 1;
    else groups.push({ group, width: 1 });
  }
  return groups.some(({ group }) => group !== null) ? groups : [];
}
