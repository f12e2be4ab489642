/** What the network and HTTP really did: times, answers, shares, loss by place, traffic. */

import type { Words } from "../../words/words.ts";
import type { Section } from "../document.ts";
import { answersTable } from "./answers-table.ts";
import { connectionsTable } from "./connections-table.ts";
import { lossTable, trafficTable } from "./direction-tables.ts";
import { http2Tables } from "./http2-tables.ts";
import type { LabelledPair, LabelledTraffic } from "./labelled-pair.ts";
import { receiversTable } from "./receivers-table.ts";
import { shareTable } from "./share-table.ts";
import { timesTable, waitingTable } from "./times-table.ts";

/**
 * @param pairs those to show
 * @param rows those, and before them all clients of a server together
 * @param all every pair, for shares and sums
 */
export function networkSection(
  pairs: readonly LabelledPair[],
  rows: readonly LabelledTraffic[],
  all: readonly LabelledPair[],
  labels: Words["report"],
): Section {
  return {
    heading: labels.headings.network,
    blocks: [
      timesTable(rows, labels),
      waitingTable(rows, labels),
      answersTable(rows, labels),
      shareTable(pairs, all, labels),
      ...receiversTable(rows, labels),
      ...http2Tables(rows, labels),
      lossTable(rows, labels),
      { kind: "paragraph", text: labels.sentences.lossPlaces },
      trafficTable(rows, labels),
      connectionsTable(rows, labels),
    ],
  };
}
