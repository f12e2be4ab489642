/** A path's tables: packets, delays, variation, losses. */
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Column, Table } from "../document.ts";
import type { LabelledDirection } from "./path-labels.ts";

/** Paths within a rack take microseconds. */
const DELAY_DIGITS = 4;
const SHARE_DIGITS = 4;

export function packetsTable(rows: readonly LabelledDirection[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  return {
    kind: "table",
    id: "path-packets",
    title: words.tables.packets,
    columns: [
      textColumn(columns.direction),
      ...[columns.sent, columns.received, columns.lost].map((name) => countColumn(name)),
      numberColumn(columns.loss, "%", DIGITS.percent),
      ...[columns.duplicated, columns.reordered].map((name) => countColumn(name)),
      countColumn(columns.extent),
      countColumn(columns.notRecorded),
    ],
    rows: rows.map(({ label, metrics }) => [
      text(label),
      count(metrics.sent),
      count(metrics.received),
      trouble(metrics.lost, "bad"),
      measured(metrics.lossPercent, reasons.noPacket),
      trouble(metrics.duplicated, "fair"),
      trouble(metrics.reordering.reordered, "fair"),
      count(metrics.reordering.maxExtent),
      trouble(metrics.notRecordedAtSender, "fair"),
    ]),
    total: null,
  };
}

export function delayTable(rows: readonly LabelledDirection[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  const names = [columns.min, columns.mean, "p50", "p95", "p99", columns.max];
  return {
    kind: "table",
    id: "path-delay",
    title: words.tables.delay,
    columns: [textColumn(columns.direction), ...names.map((name) => milliseconds(name))],
    rows: rows.map(({ label, metrics: { delayMs } }) => [
      text(label),
      ...(["min", "mean", "p50", "p95", "p99", "max"] as const).map((name) =>
        measured(delayMs?.[name] ?? null, reasons.noPacket),
      ),
    ]),
    total: null,
  };
}

export function variationTable(rows: readonly LabelledDirection[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  return {
    kind: "table",
    id: "path-variation",
    title: words.tables.variation,
    columns: [
      textColumn(columns.direction),
      ...[columns.ipdvMean, "p50", "p95", "p99", columns.max].map((name) => milliseconds(name, columns.ipdv)),
      ...["p50", "p95", "p99"].map((name) => milliseconds(name, columns.pdv)),
      milliseconds(columns.rfc3550),
    ],
    rows: rows.map(({ label, metrics: { ipdvMs, pdvMs, rfc3550JitterMs } }) => [
      text(label),
      ...(["mean", "p50", "p95", "p99", "max"] as const).map((name) =>
        measured(ipdvMs?.[name] ?? null, reasons.noPacket),
      ),
      ...(["p50", "p95", "p99"] as const).map((name) => measured(pdvMs?.[name] ?? null, reasons.noPacket)),
      measured(rfc3550JitterMs, reasons.noPacket),
    ]),
    total: null,
  };
}

export function lossRunsTable(rows: readonly LabelledDirection[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  return {
    kind: "table",
    id: "path-losses",
    title: words.tables.runs,
    columns: [
      textColumn(columns.direction),
      countColumn(columns.bursts),
      countColumn(columns.longestBurst),
      numberColumn(columns.meanBurst, "", DIGITS.index),
      numberColumn(columns.meanGap, "", 1),
      numberColumn(columns.toLoss, "", SHARE_DIGITS, columns.gilbert),
      numberColumn(columns.fromLoss, "", SHARE_DIGITS, columns.gilbert),
      milliseconds(columns.delayBefore),
      textColumn(columns.cause),
    ],
    rows: rows.map(({ label, metrics: { lossRuns, beforeLoss } }) => [
      text(label),
      count(lossRuns.bursts),
      count(lossRuns.longestBurst),
      measured(lossRuns.meanBurst, reasons.nothingLost),
      measured(lossRuns.meanGap, reasons.tooFewBursts),
      measured(lossRuns.gilbert.lossAfterReceived, reasons.noPacket),
      measured(lossRuns.gilbert.receivedAfterLoss, reasons.nothingLost),
      measured(beforeLoss?.medianDelayMs ?? null, reasons.nothingLost),
      beforeLoss === null ? measured(null, reasons.nothingLost) : text(words.causes[beforeLoss.cause]),
    ]),
    total: null,
  };
}

/** A column of delays. */
export function milliseconds(name: string, group?: string): Column {
  return numberColumn(name, "ms", DELAY_DIGITS, group);
}
