/** What the network and HTTP really did: times, answers, shares, loss by place, traffic. */

import type { Words } from "../../words/words.ts";
import type { Section } from "../document.ts";
import { answersTable } from "./answers-table.ts";
import { connectionsTable } from "./connections-table.ts";
import { lossTable, trafficTable } from "./direction-tables.ts";
import type { LabelledPair } from "./labelled-pair.ts";
import { shareTable } from "./share-table.ts";
import { timesTable } from "./times-table.ts";

/**
 * @param pairs those to show
 * @param all every pair, for shares and sums
 */
export function networkSection(
  pairs: readonly LabelledPair[],
  all: readonly LabelledPair[],
  labels: Words["report"],
): Section {
  return {
    heading: labels.headings.network,
    blocks: [
      timesTable(pairs, labels),
      answersTable(pairs, labels),
      shareTable(pairs, all, labels),
      lossTable(pairs, labels),
      { kind: "paragraph", text: labels.sentences.lossPlaces },
      trafficTable(pairs, labels),
      connectionsTable(pairs, labels),
    ],
  };
}
