/** What only HTTP/2 and gRPC have: waits for flow control, PING, and gRPC's methods. None where nobody speaks it. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Cell, Column } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

type Labels = Words["report"];

export function http2Tables(pairs: readonly LabelledTraffic[], labels: Labels): readonly Block[] {
  const spoken = pairs.flatMap(({ label, pair: { http2 } }) =>
    http2 === undefined ? [] : [{ label, http2 }],
  );
  if (spoken.length === 0) return [];
  const { columns, groups, tables, reasons } = labels;
  const methods = spoken.flatMap(({ label, http2: { grpc } }) => grpc.map((one) => ({ label, ...one })));
  const http2: Block = {
    kind: "table",
    title: tables.http2,
    columns: [
      textColumn(columns.pair),
      countColumn(columns.requests),
      countColumn(columns.waited, groups.stall),
      ...timeColumns(groups.stall, labels),
      ...timeColumns(groups.pingRtt, labels),
    ],
    rows: spoken.map(({ label, http2: { requests, stallMs, pingRttMs } }) => [
      text(label),
      count(requests),
      count(stallMs.count),
      ...timeCells(stallMs, reasons.noStall),
      ...timeCells(pingRttMs, reasons.noPing),
    ]),
    total: null,
  };
  if (methods.length === 0) return [http2];
  const grpc: Block = {
    kind: "table",
    title: tables.grpc,
    columns: [
      textColumn(columns.pair),
      countColumn(columns.calls),
      countColumn(columns.failed),
      numberColumn(columns.requestRate, labels.units.perSecond, DIGITS.perSecond),
      countColumn(columns.sent, groups.messages),
      countColumn(columns.received, groups.messages),
      ...timeColumns(groups.firstMessage, labels),
      ...timeColumns(groups.lastMessage, labels),
    ],
    rows: methods.map((one) => [
      text(`${one.label}: ${one.method ?? columns.otherMethods}`),
      count(one.grpcCalls),
      trouble(one.failed, "bad"),
      measured(one.callsPerSecond, reasons.noSpan),
      count(one.requestMessages),
      count(one.responseMessages),
      ...timeCells(one.firstMessageMs, reasons.noMessage),
      ...timeCells(one.lastMessageMs, reasons.noMessage),
    ]),
    total: null,
  };
  return [http2, grpc];
}

function timeColumns(group: string, { columns }: Labels): readonly Column[] {
  return ["p50", "p95", columns.longest].map((name) => numberColumn(name, "ms", DIGITS.milliseconds, group));
}

function timeCells({ p50, p95, max }: Distribution, reason: string): readonly Cell[] {
  return [p50, p95, max].map((time) => measured(time, reason));
}
