/** The table of the live view: a pair a line, with as many columns as the terminal has room for. */
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import type { NumberStyle } from "../../words/number-style.ts";
import type { Words } from "../../words/words.ts";
import { displayWidth, widestOf } from "../display-width.ts";
import type { Paint } from "../terminal/paint.ts";
import {
  columnWidth,
  DROP_ORDER,
  type LiveCell,
  type LiveRow,
  NUMBER_COLUMNS,
  type NumberColumn,
  numberCell,
  stateCell,
  totalCell,
} from "./live-columns.ts";
import { shortened } from "./short-text.ts";
import { sparkline } from "./sparkline.ts";

const GAP = 2;
/** A name may take a quarter of the terminal, and always so much. */
const NAME_SHARE = 0.25;
const NARROWEST_NAME = 11;
const NARROWEST_SPARKLINE = 8;

/** One column with the texts of its rows, top to bottom. */
interface Strip {
  readonly header: readonly [above: string, below: string];
  readonly align: "left" | "right";
  readonly width: number;
  readonly cells: readonly LiveCell[];
  readonly total: LiveCell | null;
}

export interface LiveTable {
  /** The headers, in two lines. */
  readonly head: readonly string[];
  /** A line for each pair. */
  readonly rows: readonly string[];
  /** The sum of the pairs. */
  readonly total: string;
}

/**
 * @param rows the pairs to show
 * @param all every pair, for the sum; none where there is no sum
 * @param width columns of the terminal, at least 40
 */
export function liveTable(
  rows: readonly LiveRow[],
  all: readonly PairMetrics[],
  width: number,
  style: NumberStyle,
  labels: Words["live"],
  paint: Paint,
): LiveTable {
  const name = nameStrip(rows, width, labels);
  const state = stateStrip(rows, labels);
  const numbers = new Map(
    NUMBER_COLUMNS.map((column) => [column, numberStrip(column, rows, all, style, labels)]),
  );
  const fixed = name.width + GAP + state.width;
  const dropped = droppedColumns(numbers, width - fixed);
  const kept = NUMBER_COLUMNS.filter((column) => !dropped.has(column));
  const strips = [name, state];
  for (const column of kept) {
    const strip = numbers.get(column);
    if (strip !== undefined) strips.push(strip);
    if (column === "requestRate" && !dropped.has("sparkline")) {
      const used = fixed + kept.reduce((sum, one) => sum + GAP + (numbers.get(one)?.width ?? 0), 0);
      strips.push(sparklineStrip(rows, width - used - GAP, labels));
    }
  }
  return {
    head: [0, 1].map((line) =>
      lineOf(strips, ({ header }) => ({ text: header[line] ?? "", ink: "faint" }), paint),
    ),
    rows: rows.map((_, index) => lineOf(strips, ({ cells }) => cells[index] ?? null, paint)),
    total: lineOf(strips, ({ total }) => total, paint),
  };
}

/** Leaves columns out, in their order, until the rest fits. */
function droppedColumns(
  numbers: ReadonlyMap<NumberColumn, Strip>,
  room: number,
): ReadonlySet<NumberColumn | "sparkline"> {
  const dropped = new Set<NumberColumn | "sparkline">();
  const widthOf = (column: NumberColumn | "sparkline"): number =>
    GAP + (column === "sparkline" ? NARROWEST_SPARKLINE : (numbers.get(column)?.width ?? 0));
  let used = [...NUMBER_COLUMNS, "sparkline" as const].reduce((sum, column) => sum + widthOf(column), 0);
  for (const column of DROP_ORDER) {
    if (used <= room) break;
    dropped.add(column);
    used -= widthOf(column);
  }
  return dropped;
}

function nameStrip(rows: readonly LiveRow[], width: number, labels: Words["live"]): Strip {
  const header = labels.headers.pair;
  const widest = Math.max(
    widestOf(header),
    displayWidth(labels.total),
    widestOf(rows.map(({ label }) => label)),
  );
  const room = Math.min(widest, Math.max(NARROWEST_NAME, Math.floor(width * NAME_SHARE)));
  return {
    header,
    align: "left",
    width: room,
    cells: rows.map(({ label }) => ({ text: shortened(label, room), ink: "plain" })),
    total: { text: labels.total, ink: "strong" },
  };
}

function stateStrip(rows: readonly LiveRow[], labels: Words["live"]): Strip {
  const header = labels.headers.state;
  return {
    header,
    align: "left",
    width: Math.max(widestOf(header), widestOf(Object.values(labels.states))),
    cells: rows.map(({ pair }) => stateCell(pair, labels)),
    total: null,
  };
}

function numberStrip(
  column: NumberColumn,
  rows: readonly LiveRow[],
  all: readonly PairMetrics[],
  style: NumberStyle,
  labels: Words["live"],
): Strip {
  const cells = rows.map(({ pair }) => numberCell(pair, column, style));
  const total = totalCell(all, column, style);
  return {
    header: labels.headers[column],
    align: "right",
    width: columnWidth(column, total === null ? cells : [...cells, total], labels),
    cells,
    total,
  };
}

/** Lines of one scale, as long as there is room, at most as long as the past that is known. */
function sparklineStrip(rows: readonly LiveRow[], room: number, labels: Words["live"]): Strip {
  const series = rows.map(({ pair }) => pair.live?.requestsBySecond ?? []);
  const longest = series.reduce((most, values) => Math.max(most, values.length), NARROWEST_SPARKLINE);
  const width = Math.min(room, longest);
  const top = series
    .flatMap((values) => values.slice(-width))
    .reduce((most, value) => Math.max(most, value), 0);
  return {
    header: labels.lastSeconds(width),
    align: "left",
    width,
    cells: series.map((values) => ({ text: sparkline(values, width, top), ink: "plain" })),
    total: null,
  };
}

function lineOf(strips: readonly Strip[], cellOf: (strip: Strip) => LiveCell | null, paint: Paint): string {
  let line = "";
  let pending = "";
  for (const strip of strips) {
    const { text, ink } = cellOf(strip) ?? { text: "", ink: "plain" as const };
    const space = " ".repeat(Math.max(0, strip.width - displayWidth(text)));
    const before = strip.align === "right" ? space : "";
    if (text.trim() !== "") {
      line += pending + before + paint(ink, text);
      pending = "";
    } else {
      pending += before + text;
    }
    pending += (strip.align === "left" ? space : "") + " ".repeat(GAP);
  }
  return line;
}
