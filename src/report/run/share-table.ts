/** How the balancer shared the requests out, with the sum. */

import { endpointText } from "../../metrics/endpoints.ts";
import { requestShares } from "../../metrics/request-shares.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Row, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import type { LabelledPair } from "./labelled-pair.ts";

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
  const shares = requestShares(all.map(({ pair }) => pair));
  const shareCell = (percent: number | null): Cell => measured(percent, labels.reasons.noRequests);
  const rows: Row[] = pairs.map(({ label, pair }) => [
    text(label),
    text(pair.source),
    text(endpointText(pair.destination, pair.destinationPort)),
    count(pair.http.requests),
    shareCell(shares.percentOf(pair)),
  ]);
  const hidden = all.length - pairs.length;
  if (shares.requests !== null && hidden > 0) {
    const others = shares.others(pairs.map(({ pair }) => pair));
    const name = labels.otherPairs(numberText(hidden, 0, labels.numberStyle));
    rows.push([text(name), EMPTY, EMPTY, count(others.requests), shareCell(others.percent)]);
  }
  return {
    kind: "table",
    title: labels.tables.share,
    columns: [
      textColumn(columns.pair),
      textColumn(columns.from),
      textColumn(columns.to),
      countColumn(columns.requests),
      numberColumn(shares.requests !== null ? columns.share : columns.shareOfSource, "%", DIGITS.percent),
    ],
    rows,
    total:
      shares.requests === null
        ? null
        : [text(labels.total), EMPTY, EMPTY, count(shares.requests), shareCell(shares.others([]).percent)],
  };
}
