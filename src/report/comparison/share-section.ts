/** How the requests were shared out, over all runs and run by run, and whether each method did as it is named. */

import type { RequestShare } from "../../experiment/runs/request-share.ts";
import { printedShares } from "../../metrics/request-shares.ts";
import { sumOf } from "../../metrics/run-totals.ts";
import { count, countColumn, EMPTY, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Section, Table, Tone } from "../document.ts";
import { levelCells, levelColumns, namedMethod } from "./level-columns.ts";
import type { ReportContext } from "./report-context.ts";
import { tableName } from "./table-name.ts";

const JAIN_DIGITS = 4;
const TONES: Readonly<Record<RequestShare["behaviour"]["verdict"], Tone | null>> = {
  "as-named": "good",
  nearly: "fair",
  "not-as-named": "bad",
  "not-checkable": null,
};

/** `null` where no requests were counted. */
export function shareSection(context: ReportContext): Section | null {
  const { comparison, labels } = context;
  const { shares } = comparison;
  if (shares.length === 0) return null;
  return {
    heading: labels.headings.shares,
    blocks: [
      ...context.figures("request-share"),
      overallTable(context),
      { kind: "paragraph", text: labels.sentences.jain },
      ...shares.map((share, index) => methodTable(share, index, context)),
    ],
  };
}

/** A row per method: percent of each backend, fairness, behaviour. */
function overallTable({ comparison, labels }: ReportContext): Table {
  const { shares } = comparison;
  const backends = comparison.backends.filter((name) => shares.some((one) => one.backends.includes(name)));
  return {
    kind: "table",
    id: "request-share",
    title: labels.tables.shares,
    columns: [
      textColumn(labels.columns.method),
      ...levelColumns(comparison),
      ...backends.map((name) => numberColumn(name, "%", DIGITS.percent)),
      numberColumn(labels.columns.jain, "", JAIN_DIGITS),
      textColumn(labels.columns.behaviour),
    ],
    rows: shares.map((share) => {
      const percents = printedShares(share.totals);
      return [
        text(share.method),
        ...levelCells(comparison, share),
        ...backends.map((name) =>
          measured(percents[share.backends.indexOf(name)] ?? null, labels.reasons.noRequests),
        ),
        measured(share.jain, labels.reasons.noRequests),
        behaviourCell(share, labels.behaviours[share.behaviour.verdict]),
      ];
    }),
    total: null,
  };
}

function behaviourCell({ behaviour }: RequestShare, content: string): Cell {
  const tone = TONES[behaviour.verdict];
  return { kind: "text", text: content, ...(tone === null ? {} : { tone }) };
}

/** A row per run, as studies print it: sent, each backend's requests, their sum. */
function methodTable(share: RequestShare, index: number, { comparison, labels }: ReportContext): Table {
  const { columns, reasons } = labels;
  const names = comparison.shares.map((one) => namedMethod(one.method, one));
  const all = sumOf(share.totals, (requests) => requests);
  const isSentKnown = share.rows.some(({ sent }) => sent !== null);
  return {
    kind: "table",
    id: tableName("requests", names, index),
    title: labels.tables.shareOf(namedMethod(share.method, share)),
    columns: [
      textColumn(columns.run),
      ...(isSentKnown ? [countColumn(columns.sent)] : []),
      ...share.backends.map((name) => countColumn(name)),
      countColumn(columns.total),
      numberColumn(columns.jain, "", JAIN_DIGITS),
    ],
    rows: share.rows.map(({ run, sent, requests, total, jain }) => [
      text(String(run)),
      ...(isSentKnown ? [measured(sent, reasons.notInRun)] : []),
      ...requests.map((one) => measured(one, reasons.notInRun)),
      measured(total, reasons.notInRun),
      measured(jain, reasons.noRequests),
    ]),
    total: [
      text(labels.all),
      ...(isSentKnown ? [EMPTY] : []),
      ...share.totals.map(count),
      count(all),
      measured(share.jain, reasons.noRequests),
    ],
  };
}
