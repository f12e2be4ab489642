/** One row for each server, and one for the clients where the capture sees both sides of the balancer. */
import type { Distribution } from "../../metrics/distribution.ts";
import { requestShares } from "../../metrics/request-shares.ts";
import type { PairMetrics, TrafficMetrics } from "../../metrics/run-metrics.ts";
import { failedPercent, failedRequests, lossOfPairs, percentOf, sumOf } from "../../metrics/run-totals.ts";
import type { ServersAndRequests } from "../../metrics/served-requests.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import { glanceDigits } from "../digits.ts";
import type { Cell, Row, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { labelPairs, labelTotals } from "./labelled-pair.ts";

/** Columns that a row for several servers leaves empty: failures, five times, loss and state. */
const COLUMNS_AFTER_SHARE = 8;

/** @param limit servers with a row of their own, those in trouble first; the rest share one */
export function serverTable(all: ServersAndRequests, limit: number, labels: Words["report"]): Table {
  const { columns, overview: words, groups } = labels;
  const times = ["p50", "p95", "p99", columns.longest].map((header) =>
    numberColumn(header, "ms", 0, groups.timeToFirstByte),
  );
  return {
    kind: "table",
    title: words.servers,
    columns: [
      textColumn(words.server),
      countColumn(columns.requests),
      numberColumn(columns.share, "%", 1),
      numberColumn(words.failed, "%", 2),
      ...times,
      numberColumn(words.timeToLastByte, "ms", 0),
      numberColumn(words.loss, "%", 2),
      textColumn(labels.balancer.state),
    ],
    rows: [...clientRows(all, labels), ...serverRows(all, limit, labels)],
    total: null,
  };
}

function clientRows({ served, clientPairs }: ServersAndRequests, labels: Words["report"]): readonly Row[] {
  if (served.of === "servers") return [];
  // Named backends leave the clients' connections out of the pairs.
  const loss = clientPairs.length === 0 ? EMPTY : lossCell(lossOfPairs(clientPairs), labels);
  return [
    [
      text(labels.overview.clients),
      count(served.requests),
      EMPTY,
      failedCell(served.failedPercent, labels),
      ...timeCells(served.timeToFirstByteMs, served.timeToLastByteMs, labels),
      loss,
      EMPTY,
    ],
  ];
}

function serverRows(
  { pairs, totals }: ServersAndRequests,
  limit: number,
  labels: Words["report"],
): readonly Row[] {
  const shares = requestShares(pairs);
  const share = (percent: number | null): Cell =>
    shares.requests === null ? EMPTY : measured(percent, labels.reasons.noRequests);
  const servers = [
    ...labelTotals(totals, labels.allClients).map((one) => ({ ...one, share: EMPTY, state: EMPTY })),
    ...labelPairs(pairs).map(({ label, pair }) => ({
      label,
      pair,
      share: share(shares.percentOf(pair)),
      state: stateCell(pair, labels),
    })),
  ];
  const rowOf = (one: (typeof servers)[number]) =>
    trafficRow(one.label, one.pair, one.share, one.state, labels);
  if (servers.length <= limit) return servers.map(rowOf);
  const troubled = servers.filter(({ pair }) => failedRequests(pair.http) > 0);
  const shown = new Set([...troubled, ...servers].slice(0, limit - 1));
  const hidden = servers.filter((one) => !shown.has(one));
  const name = labels.otherPairs(numberText(hidden.length, 0, labels.numberStyle));
  const requests = sumOf(hidden, ({ pair }) => pair.http.requests);
  const percent = shares.requests === null ? null : percentOf(requests, shares.requests);
  const unsaid = Array.from({ length: COLUMNS_AFTER_SHARE }, () => EMPTY);
  return [
    ...servers.filter((one) => shown.has(one)).map(rowOf),
    [text(name), count(requests), share(percent), ...unsaid],
  ];
}

function trafficRow(
  label: string,
  traffic: TrafficMetrics,
  share: Cell,
  state: Cell,
  labels: Words["report"],
): Row {
  const { http } = traffic;
  return [
    text(label),
    count(http.requests),
    share,
    failedCell(failedPercent(http), labels),
    ...timeCells(http.timeToFirstByteMs, http.timeToLastByteMs, labels),
    lossCell(lossOfPairs([traffic]), labels),
    state,
  ];
}

function failedCell(percent: number | null, labels: Words["report"]): Cell {
  return glance(percent, labels.reasons.noRequests, "bad");
}

function lossCell(percent: number | null, labels: Words["report"]): Cell {
  return glance(percent, labels.reasons.noSegments, "fair");
}

/** As many decimals as are read at a glance; anything above 0 gets the tone, where there is one. */
function glance(value: number | null, reason: string, tone?: "bad" | "fair"): Cell {
  if (value === null) return measured(null, reason);
  const digits = value === 0 ? 0 : Math.min(2, glanceDigits(value));
  return { kind: "number", value, digits, ...(tone !== undefined && value > 0 && { tone }) };
}

function timeCells(
  firstByte: Distribution | null,
  lastByte: Distribution | null,
  { reasons }: Words["report"],
): readonly Cell[] {
  const cell = (times: Distribution | null, quantile: "p50" | "p95" | "p99" | "max"): Cell => {
    const reason = times === null || times.count === 0 ? reasons.noExchange : reasons.tooFewSamples;
    return glance(times?.[quantile] ?? null, reason);
  };
  return [
    ...(["p50", "p95", "p99", "max"] as const).map((quantile) => cell(firstByte, quantile)),
    cell(lastByte, "p95"),
  ];
}

/** Its state when the capture ended. */
function stateCell({ states = [] }: PairMetrics, { balancer }: Words["report"]): Cell {
  const last = states.at(-1)?.state;
  if (last === undefined) return EMPTY;
  const name = balancer.stateNames[last];
  return last === "up" ? text(name) : { kind: "text", text: name, tone: last === "failing" ? "bad" : "fair" };
}
