/** How the balancer shared the requests out, with the sum. */

import type { Words } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Row, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { endpointText, type LabelledPair } from "./labelled-pair.ts";

/**
 * Requests of each pair against all requests of the pair's source. A sum stands only below pairs of one source: with
 * several, a request may be seen twice (client → balancer, balancer → backend).
 */
export function shareTable(
  pairs: readonly LabelledPair[],
  all: readonly LabelledPair[],
  labels: Words["report"],
): Table {
  const { columns } = labels;
  const requestsBySource = new Map<string, number>();
  for (const { pair } of all) {
    requestsBySource.set(pair.source, (requestsBySource.get(pair.source) ?? 0) + pair.http.requests);
  }
  const shareCell = (requests: number, ofAll: number): Cell =>
    measured(ofAll === 0 ? null : (100 * requests) / ofAll, labels.reasons.noRequests);
  const rows: Row[] = pairs.map(({ label, pair }) => [
    text(label),
    text(pair.source),
    text(endpointText(pair.destination, pair.destinationPort)),
    count(pair.http.requests),
    shareCell(pair.http.requests, requestsBySource.get(pair.source) ?? 0),
  ]);
  const [onlySource, ...otherSources] = requestsBySource.values();
  const summable = onlySource !== undefined && otherSources.length === 0;
  const hidden = all.length - pairs.length;
  if (summable && hidden > 0) {
    const shown = pairs.reduce((sum, { pair }) => sum + pair.http.requests, 0);
    const name = labels.otherPairs(numberText(hidden, 0, labels.numberStyle));
    rows.push([
      text(name),
      EMPTY,
      EMPTY,
      count(onlySource - shown),
      shareCell(onlySource - shown, onlySource),
    ]);
  }
  return {
    kind: "table",
    title: labels.tables.share,
    columns: [
      textColumn(columns.pair),
      textColumn(columns.from),
      textColumn(columns.to),
      countColumn(columns.requests),
      numberColumn(summable ? columns.share : columns.shareOfSource, "%", DIGITS.percent),
    ],
    rows,
    total: summable
      ? [text(labels.total), EMPTY, EMPTY, count(onlySource), shareCell(onlySource, onlySource)]
      : null,
  };
}
