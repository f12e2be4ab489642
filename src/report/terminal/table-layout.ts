/**
 * How wide a table's columns are, and which fit beside each other. Columns are first as wide as they like; where that
 * is too much, headers and notes are wrapped, then texts; where that isn't enough, columns stand closer together; and
 * where even that isn't, the table goes on below in further panels, each beginning with the columns that name the rows.
 */
import { displayWidth, widestOf } from "../display-width.ts";
import { narrowestWidth } from "./wrap-text.ts";

/** The texts of one column. */
export interface ColumnTexts {
  readonly header: string;
  readonly group: string | null;
  readonly unit: string;
  /** Numbers are never broken, texts are. */
  readonly breakable: boolean;
  readonly cells: readonly string[];
  readonly notes: readonly string[];
}

/** Columns of a panel by their index in the table, with their widths. */
export type Panel = readonly { readonly column: number; readonly width: number }[];

/** A table's columns, and how far they are from each other. */
export interface TableLayout {
  readonly panels: readonly Panel[];
  readonly gap: number;
}

const USUAL_GAP = 2;
/** Where that keeps a table in one panel. */
const NARROW_GAP = 1;

/** Room for a rule left and right of a heading over several columns: `─ RTT ─`. */
export const GROUP_RULE = 4;

/** Share of the terminal from which on long words of names are cut when room is scarce. */
const LONGEST_NAME_SHARE = 0.25;
const SHORTEST_TEXT = 8;

/** @param names how many of the first columns name the rows */
export function layOutColumns(columns: readonly ColumnTexts[], available: number, names = 1): TableLayout {
  const usual = panelsOf(columns, available, USUAL_GAP, names);
  const narrow = usual.length === 1 ? usual : panelsOf(columns, available, NARROW_GAP, names);
  return usual.length > 1 && narrow.length === 1
    ? { panels: narrow, gap: NARROW_GAP }
    : { panels: usual, gap: USUAL_GAP };
}

function panelsOf(
  columns: readonly ColumnTexts[],
  available: number,
  gap: number,
  names: number,
): readonly Panel[] {
  const natural = columns.map(naturalWidth);
  const narrowest = columns.map((texts, index) =>
    Math.min(natural[index] ?? 0, narrowestColumn(texts, available)),
  );
  widenForGroups(natural, columns, GROUP_RULE, gap);
  widenForGroups(narrowest, columns, 0, gap);
  return splitIntoPanels(shrink(natural, narrowest, columns, available, gap), columns, available, gap, names);
}

function naturalWidth({ header, unit, cells, notes }: ColumnTexts): number {
  return Math.max(displayWidth(header), displayWidth(unit), widestOf(cells), widestOf(notes));
}

function narrowestColumn({ header, unit, breakable, cells, notes }: ColumnTexts, available: number): number {
  const cellWidth = breakable ? narrowestWidth(cells) : widestOf(cells);
  const longest = Math.max(SHORTEST_TEXT, Math.floor(available * LONGEST_NAME_SHARE));
  return Math.max(
    breakable ? Math.min(cellWidth, longest) : cellWidth,
    displayWidth(unit),
    narrowestWidth([header, ...notes]),
  );
}

/** Makes columns narrower until the table fits, or none can be: first those of numbers, by their headers and notes. */
function shrink(
  natural: readonly number[],
  narrowest: readonly number[],
  columns: readonly ColumnTexts[],
  available: number,
  gap: number,
): readonly number[] {
  const widths = [...natural];
  for (const breakable of [false, true]) {
    while (totalWidth(widths, gap) > available) {
      const slack = widths.map((width, index) =>
        columns[index]?.breakable === breakable ? width - (narrowest[index] ?? width) : 0,
      );
      const most = Math.max(...slack);
      if (most <= 0) break;
      const index = slack.indexOf(most);
      widths[index] = (widths[index] ?? 0) - 1;
    }
  }
  return widths;
}

/** Of neighbouring columns with their gaps. */
export function totalWidth(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

/** Columns under a common heading stay together where they can. */
function splitIntoPanels(
  widths: readonly number[],
  columns: readonly ColumnTexts[],
  available: number,
  gap: number,
  names: number,
): readonly Panel[] {
  const all = widths.map((width, column) => ({ column, width }));
  const [leading, others] = [all.slice(0, names), all.slice(names)];
  if (leading.length === 0) return [];
  const room = available - totalWidth(widthsOf(leading), gap) - gap;
  const units = groupSpans(others, columns).flatMap((span) => {
    const unit = others.slice(span.first, span.last + 1);
    return totalWidth(widthsOf(unit), gap) <= room ? [unit] : unit.map((entry) => [entry]);
  });
  const panels: Panel[] = [];
  let panel: Panel = leading;
  for (const unit of units) {
    const longer = [...panel, ...unit];
    if (panel.length > leading.length && totalWidth(widthsOf(longer), gap) > available) {
      panels.push(panel);
      panel = [...leading, ...unit];
    } else {
      panel = longer;
    }
  }
  return [...panels, panel];
}

export function widthsOf(panel: Panel): readonly number[] {
  return panel.map(({ width }) => width);
}

/** A heading over several columns that is longer than they are widens them all alike. */
function widenForGroups(widths: number[], columns: readonly ColumnTexts[], rule: number, gap: number): void {
  const all = widths.map((width, column) => ({ column, width }));
  for (const { group, first, last } of groupSpans(all, columns)) {
    if (group === null) continue;
    const lacking = displayWidth(group) + rule - totalWidth(widths.slice(first, last + 1), gap);
    const each = Math.ceil(lacking / (last - first + 1));
    for (let column = first; column <= last && each > 0; column += 1) {
      widths[column] = (widths[column] ?? 0) + each;
    }
  }
}

/** Runs of neighbouring columns with the same group, by their place in the panel. */
export function groupSpans(
  panel: Panel,
  columns: readonly ColumnTexts[],
): readonly { readonly group: string | null; readonly first: number; readonly last: number }[] {
  const spans: { group: string | null; first: number; last: number }[] = [];
  for (const [place, { column }] of panel.entries()) {
    const group = columns[column]?.group ?? null;
    const previous = spans.at(-1);
    if (previous !== undefined && group !== null && previous.group === group) previous.last = place;
    else spans.push({ group, first: place, last: place });
  }
  return spans;
}
