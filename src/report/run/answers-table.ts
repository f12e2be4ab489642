/** What became of the requests: answered, with which status, or not. */

import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

/** Columns for the status classes that occur, `2xx` always, and for running and malformed exchanges where there are any. */
export function answersTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { columns } = labels;
  const statuses = occurringStatuses(pairs.map(({ pair }) => pair.http.statuses));
  const hasRunning = pairs.some(({ pair }) => pair.http.running > 0);
  const hasMalformed = pairs.some(({ pair }) => pair.http.malformed > 0);
  return {
    kind: "table",
    title: labels.tables.answers,
    columns: [
      textColumn(columns.pair),
      countColumn(columns.requests),
      numberColumn(columns.requestRate, labels.units.perSecond, DIGITS.perSecond),
      countColumn(columns.responses),
      countColumn(columns.unanswered),
      countColumn(columns.aborted),
      ...(hasMalformed ? [countColumn(columns.malformed)] : []),
      ...(hasRunning ? [countColumn(columns.running)] : []),
      ...statuses.map((status) => countColumn(status, labels.groups.statuses)),
    ],
    rows: pairs.map(({ label, pair: { http } }) => [
      text(label),
      count(http.requests),
      measured(http.requestsPerSecond, labels.reasons.noSpan),
      count(http.responses),
      http.unanswered === null
        ? measured(null, labels.reasons.answersElsewhere)
        : trouble(http.unanswered, "bad"),
      trouble(http.aborted, "bad"),
      ...(hasMalformed ? [trouble(http.malformed, "bad")] : []),
      ...(hasRunning ? [count(http.running)] : []),
      ...statuses.map((status) => statusCell(status, http.statuses[status] ?? 0)),
    ]),
    total: null,
  };
}

/** The status classes of these counts, `2xx` always. */
export function occurringStatuses(counts: readonly Readonly<Record<string, number>>[]): readonly string[] {
  return [...new Set(["2xx", ...counts.flatMap((one) => Object.keys(one))])].sort();
}

/** Responses of a status class, errors in their tone. */
export function statusCell(status: string, responses: number): Cell {
  if (status.startsWith("5")) return trouble(responses, "bad");
  return status.startsWith("4") ? trouble(responses, "fair") : count(responses);
}
