/** How the pairs' TCP connections fared. */

import type { Words } from "../../words/words.ts";
import { count, countColumn, text, textColumn, trouble } from "../cells.ts";
import type { Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

export function connectionsTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { columns } = labels;
  return {
    kind: "table",
    title: labels.tables.connections,
    columns: [
      textColumn(columns.pair),
      countColumn(columns.connections),
      countColumn(columns.failedHandshakes),
      countColumn(columns.resets),
      countColumn(columns.zeroWindows),
    ],
    rows: pairs.map(({ label, pair: { transport } }) => [
      text(label),
      count(transport.connections),
      trouble(transport.failedHandshakes, "bad"),
      trouble(transport.resets, "fair"),
      trouble(transport.zeroWindows, "fair"),
    ]),
    total: null,
  };
}
