/** What differs by direction, a row for each: loss by the place where it happened, traffic. */
import type { DirectionMetrics } from "../../metrics/run-metrics.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Column, Row, Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

export function lossTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { columns, groups } = labels;
  const isUnsure = pairs.some(
    ({ pair }) => hasRange(pair.transport.toBackend) || hasRange(pair.transport.fromBackend),
  );
  const rangeColumn: Column = { header: columns.lossRange, align: "right", digits: 0, group: groups.lost };
  return {
    kind: "table",
    title: labels.tables.loss,
    columns: [
      textColumn(columns.pair),
      textColumn(columns.direction),
      countColumn(columns.segments),
      countColumn(columns.beyondTap, groups.lost),
      countColumn(columns.beforeTap, groups.lost),
      ...(isUnsure ? [rangeColumn] : []),
      numberColumn(columns.lossPercent, "%", DIGITS.percent, groups.lost),
      countColumn(columns.pureAcks, groups.lost),
      countColumn(columns.captureDrops),
      countColumn(columns.resent),
    ],
    rows: perDirection(pairs, labels, (direction) => [
      count(direction.wireSegments),
      trouble(direction.lostBeyondTap, "bad"),
      trouble(direction.lostBeforeTap, "bad"),
      ...(isUnsure ? [text(range(direction.lostAtLeast, direction.lostAtMost))] : []),
      measured(direction.lossPercent, labels.reasons.noSegments),
      measured(direction.lostAcksBeforeTap, labels.reasons.noAckIds),
      trouble(direction.captureDrops, "fair"),
      trouble(direction.retransmittedSegments, "fair"),
    ]),
    total: null,
  };
}

export function trafficTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { columns, reasons } = labels;
  return {
    kind: "table",
    title: labels.tables.traffic,
    columns: [
      textColumn(columns.pair),
      textColumn(columns.direction),
      countColumn(columns.packets),
      countColumn(columns.wireBytes),
      numberColumn(columns.wireThroughput, "Mbps", DIGITS.megabitsPerSecond),
      numberColumn(columns.goodput, "Mbps", DIGITS.megabitsPerSecond),
    ],
    rows: perDirection(pairs, labels, (direction) => [
      count(direction.packets),
      count(direction.bytes),
      measured(direction.throughputMbps, reasons.noSpan),
      measured(direction.goodputMbps, reasons.noSpan),
    ]),
    total: null,
  };
}

/** Whether the capture leaves it open how many segments were lost. */
function hasRange(direction: DirectionMetrics): boolean {
  return direction.lostAtLeast !== direction.lostAtMost;
}

/** Bounds of a count: `12–16`, or one number where they are the same. */
function range(low: number, high: number): string {
  return low === high ? `${low}` : `${low}–${high}`;
}

function perDirection(
  pairs: readonly LabelledTraffic[],
  labels: Words["report"],
  cells: (direction: DirectionMetrics) => readonly Cell[],
): readonly Row[] {
  return pairs.flatMap(({ label, pair: { transport } }) => [
    [text(label), text(labels.directions.toBackend), ...cells(transport.toBackend)],
    [text(label), text(labels.directions.fromBackend), ...cells(transport.fromBackend)],
  ]);
}
