/** Who got the requests, where the answers do not pass and one address stands for several servers (direct server return). */
import { printedShares } from "../../metrics/request-shares.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

/** None where every pair has one receiver, which may be a router. */
export function receiversTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): readonly Block[] {
  const { columns, reasons } = labels;
  const shared = pairs.filter(({ pair: { receivers = [] } }) => receivers.length > 1);
  if (shared.length === 0) return [];
  return [
    {
      kind: "table",
      title: labels.tables.receivers,
      columns: [
        textColumn(columns.pair),
        textColumn(columns.receiver),
        countColumn(columns.requests),
        numberColumn(columns.share, "%", DIGITS.percent),
      ],
      rows: shared.flatMap(({ label, pair: { receivers = [] } }) => {
        const percents = printedShares(receivers.map(({ requests }) => requests));
        return receivers.map(({ address, requests }, index) => [
          text(label),
          text(address),
          count(requests),
          measured(percents[index] ?? null, reasons.noRequests),
        ]);
      }),
      total: null,
    },
  ];
}
