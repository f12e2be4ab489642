/** The slowest exchanges as a table, and how to see them in Wireshark. */
import { addressOf, endpointText } from "../../metrics/endpoints.ts";
import type { ExchangeRow, UpstreamLink } from "../../metrics/exchanges/exchange-row.ts";
import { frameFilter } from "../../metrics/exchanges/frame-filter.ts";
import { hasFailed } from "../../metrics/exchanges/row-outcome.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Cell, Document, Table } from "../document.ts";
import { exchangesDocument } from "./exchanges-document.ts";

/** Characters of a request that the table shows. */
const MAX_REQUEST = 40;
/** Exchanges of which the filter names the frames: a filter of more is too long to be pasted. */
const MAX_FILTERED = 20;
const MIN_ERROR = 400;

/**
 * @param rows the slowest first
 * @param selected how many exchanges fitted
 */
export function slowestDocument(
  run: RunMetrics,
  rows: readonly ExchangeRow[],
  selected: number,
  language: Language,
): Document {
  const { report, exchanges: words } = wordsOf(language);
  const blocks = rows.length === 0 ? [] : blocksOf(rows, run, words, report);
  return exchangesDocument(run, selected, words.headings.slowest, blocks, language);
}

function blocksOf(
  rows: readonly ExchangeRow[],
  run: RunMetrics,
  words: Words["exchanges"],
  { reasons }: Words["report"],
): readonly Block[] {
  const table: Table = {
    kind: "table",
    title: words.tables.slowest(rows.length),
    columns: [
      textColumn(words.columns.start),
      textColumn(words.columns.server),
      textColumn(words.columns.request),
      textColumn(words.columns.status),
      numberColumn(words.columns.timeToFirstByte, "ms", DIGITS.milliseconds),
      numberColumn(words.columns.timeToLastByte, "ms", DIGITS.milliseconds),
      countColumn(words.columns.frame),
    ],
    rows: rows.map((row) => [
      text(startText(row)),
      text(row.pair ?? row.server),
      text(requestText(row)),
      statusCell(row),
      measured(row.timeToFirstByteMs, reasons.noExchange),
      measured(row.timeToLastByteMs, reasons.noExchange),
      row.requestFrame === null ? EMPTY : count(row.requestFrame),
    ]),
    total: null,
  };
  const linked = rows.flatMap(({ requestFrame, upstream }) =>
    upstream === null ? [] : [{ requestFrame, upstream }],
  );
  const ofBalancer = linked.length === 0 ? [] : [balancerTable(linked, namesOfServers(run), words, reasons)];
  const parted = rows.filter(({ serverMs }) => serverMs !== undefined);
  const ofParts = parted.length === 0 ? [] : [partsTable(parted, words, reasons)];
  return [
    table,
    ...ofBalancer,
    ...ofParts,
    { kind: "paragraph", text: words.filter(frameFilter(rows.slice(0, MAX_FILTERED))) },
  ];
}

interface LinkedExchange {
  readonly requestFrame: number | null;
  readonly upstream: UpstreamLink;
}

/** How long the balancer took before it turned to a backend, what the backend took, and the balancer once it had an answer. */
function balancerTable(
  linked: readonly LinkedExchange[],
  nameOf: (server: string) => string,
  { tables, columns, uncertain }: Words["exchanges"],
  { noExchange }: Words["report"]["reasons"],
): Table {
  const time = (header: string) => numberColumn(header, "ms", DIGITS.milliseconds);
  return {
    kind: "table",
    title: tables.balancer,
    columns: [
      countColumn(columns.frame),
      textColumn(columns.backends),
      time(columns.waitBefore),
      time(columns.backendTime),
      time(columns.waitAfter),
    ],
    rows: linked.map(({ requestFrame, upstream: { attempts, uncertain: isUncertain, ...waits } }) => {
      const names = attempts.map(({ server, status }) => `${nameOf(server)}${status === null ? " –" : ""}`);
      const asked = names.join(", ");
      return [
        requestFrame === null ? EMPTY : count(requestFrame),
        text(isUncertain ? `${asked} (${uncertain})` : asked),
        measured(waits.waitBeforeMs, noExchange),
        measured(attempts.at(-1)?.timeToLastByteMs ?? null, noExchange),
        measured(waits.waitAfterMs, noExchange),
      ];
    }),
    total: null,
  };
}

/** By a farther tap: on the way there, in the server, on the way back. */
function partsTable(
  parted: readonly ExchangeRow[],
  { tables, columns }: Words["exchanges"],
  { noExchange }: Words["report"]["reasons"],
): Table {
  const time = (header: string) => numberColumn(header, "ms", DIGITS.milliseconds);
  return {
    kind: "table",
    title: tables.parts,
    columns: [
      countColumn(columns.frame),
      time(columns.there),
      time(columns.host),
      time(columns.back),
      time(columns.timeToFirstByte),
    ],
    rows: parted.map(({ requestFrame, networkThereMs, serverMs, networkBackMs, timeToFirstByteMs }) => [
      requestFrame === null ? EMPTY : count(requestFrame),
      ...[networkThereMs, serverMs, networkBackMs, timeToFirstByteMs].map((value) =>
        measured(value ?? null, noExchange),
      ),
    ]),
    total: null,
  };
}

/** By what a report calls the server at this address and port. */
function namesOfServers({ pairs }: RunMetrics): (server: string) => string {
  const names = new Map(
    pairs.map(
      ({ name, destination, destinationPort }) => [endpointText(destination, destinationPort), name] as const,
    ),
  );
  return (server) => names.get(server) ?? names.get(addressOf(server)) ?? server;
}

/** The time of day to the millisecond. */
function startText({ requestStart }: ExchangeRow): string {
  return requestStart?.slice("yyyy-mm-ddT".length, "yyyy-mm-ddThh:mm:ss.mmm".length) ?? "";
}

function requestText({ method, target }: ExchangeRow): string {
  const whole = `${method ?? ""} ${target ?? ""}`.trim();
  return whole.length > MAX_REQUEST ? `${whole.slice(0, MAX_REQUEST - 1)}…` : whole;
}

/** The status; and how the exchange ended, where not in order. */
function statusCell(row: ExchangeRow): Cell {
  const { status, state } = row;
  const known = [status === null ? "" : String(status), state === "complete" ? "" : state].filter(
    (word) => word !== "",
  );
  const isFailed = hasFailed(row);
  const shown = text(known.join(" "));
  if (shown.kind !== "text" || (!isFailed && (status ?? 0) < MIN_ERROR)) return shown;
  return { ...shown, tone: isFailed ? "bad" : "fair" };
}
