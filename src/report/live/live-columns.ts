/** What the columns of the live view show of a pair, how wide they are, and which go first where room is scarce. */
import type { LivePairMetrics, LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { sumOf, withoutWholeAnswer } from "../../metrics/run-totals.ts";
import type { NumberStyle } from "../../words/number-style.ts";
import type { Words } from "../../words/words.ts";
import { glanceDigits } from "../digits.ts";
import { displayWidth } from "../display-width.ts";
import { numberText } from "../number-text.ts";
import type { Ink } from "../terminal/paint.ts";

/** What stands in place of what was not measured. */
const NOT_MEASURED = "–";

/** A pair under its label, as a row. */
export interface LiveRow {
  readonly label: string;
  readonly pair: PairMetrics;
}

export interface LiveCell {
  readonly text: string;
  readonly ink: Ink;
}

/** Columns of numbers in their order from left to right; beside them stand the pair's name, its state and the sparkline. */
export const NUMBER_COLUMNS = [
  "requestRate",
  "toBackendMbps",
  "fromBackendMbps",
  "loss",
  "rtt",
  "firstByteP50",
  "firstByteP95",
  "firstByteP99",
  "inFlight",
  "unanswered",
] as const satisfies readonly (keyof Words["live"]["headers"])[];
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/**
 * Which columns are left out where they don't fit, first to last. Pair, state and requests/s always stay: together with
 * the last of these they take 40 columns.
 */
export const DROP_ORDER: readonly (NumberColumn | "sparkline")[] = [
  "toBackendMbps",
  "rtt",
  "firstByteP99",
  "inFlight",
  "fromBackendMbps",
  "firstByteP50",
  "sparkline",
  "loss",
  "unanswered",
  "firstByteP95",
];

/** Room that a column keeps so that it doesn't move with every number: `12,345.6`, `1234.5`. */
const ROOM: Record<NumberColumn, number> = {
  requestRate: 8,
  toBackendMbps: 7,
  fromBackendMbps: 7,
  loss: 5,
  rtt: 7,
  firstByteP50: 7,
  firstByteP95: 7,
  firstByteP99: 7,
  inFlight: 6,
  unanswered: 6,
};

const STATE_INKS: Record<LiveState, Ink> = {
  up: "good",
  slow: "fair",
  failing: "fair",
  down: "bad",
  unknown: "faint",
};

export function stateCell(pair: PairMetrics, labels: Words["live"]): LiveCell {
  const state = pair.live?.state ?? "unknown";
  return { text: labels.states[state], ink: STATE_INKS[state] };
}

export function numberCell(pair: PairMetrics, column: NumberColumn, style: NumberStyle): LiveCell {
  if (column === "unanswered") return unansweredCell(pair, style);
  const value = pair.live === undefined ? null : figureOf(pair.live, column);
  if (value === null) return { text: NOT_MEASURED, ink: "faint" };
  const isTrouble = column === "loss" && value > 0;
  return { text: numberText(value, digitsOf(column, value), style), ink: isTrouble ? "bad" : "plain" };
}

/** The sum below the pairs; `null` where sums say nothing. */
export function totalCell(
  pairs: readonly PairMetrics[],
  column: NumberColumn,
  style: NumberStyle,
): LiveCell | null {
  if (column === "unanswered") {
    const sum = sumOf(pairs, ({ http }) => withoutWholeAnswer(http));
    return { text: numberText(sum, 0, style), ink: "plain" };
  }
  if (!["requestRate", "toBackendMbps", "fromBackendMbps", "inFlight"].includes(column)) return null;
  const sum = sumOf(pairs, ({ live }) => (live === undefined ? null : figureOf(live, column)));
  return { text: numberText(sum, digitsOf(column, sum), style), ink: "plain" };
}

/** The width of a column that holds these cells under its header. */
export function columnWidth(column: NumberColumn, cells: readonly LiveCell[], labels: Words["live"]): number {
  return Math.max(
    ROOM[column],
    ...labels.headers[column].map(displayWidth),
    ...cells.map(({ text }) => text.length),
  );
}

/** All of the run's that got no whole answer; coloured as long as it goes on. */
function unansweredCell({ http, live }: PairMetrics, style: NumberStyle): LiveCell {
  const count = withoutWholeAnswer(http);
  const now = live?.recent.unanswered ?? 0;
  return { text: numberText(count, 0, style), ink: now > 0 ? "bad" : count > 0 ? "fair" : "plain" };
}

function figureOf(
  { recent, inFlight }: LivePairMetrics,
  column: Exclude<NumberColumn, "unanswered">,
): number | null {
  switch (column) {
    case "requestRate":
      return recent.requestsPerSecond;
    case "toBackendMbps":
      return recent.toBackendMbps;
    case "fromBackendMbps":
      return recent.fromBackendMbps;
    case "loss":
      return recent.lossPercent;
    case "rtt":
      return recent.rttMs.p50;
    case "firstByteP50":
      return recent.timeToFirstByteMs.p50;
    case "firstByteP95":
      return recent.timeToFirstByteMs.p95;
    case "firstByteP99":
      return recent.timeToFirstByteMs.p99;
    case "inFlight":
      return inFlight;
  }
}

/** As many decimals as are read at a glance: fewer of bigger numbers. */
function digitsOf(column: NumberColumn, value: number): number {
  switch (column) {
    case "requestRate":
      return 1;
    case "toBackendMbps":
    case "fromBackendMbps":
    case "loss":
      return 2;
    case "inFlight":
    case "unanswered":
      return 0;
    default:
      return glanceDigits(value);
  }
}
