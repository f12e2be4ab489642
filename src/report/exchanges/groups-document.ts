/** Groups of exchanges as a table. */
import type { ExchangeGroups, Grouping } from "../../metrics/exchanges/exchange-groups.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Document, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { exchangesDocument } from "./exchanges-document.ts";

export function groupsDocument(
  run: RunMetrics,
  grouping: Grouping,
  groups: ExchangeGroups,
  language: Language,
): Document {
  const { report, exchanges: words } = wordsOf(language);
  const { columns } = words;
  const { noExchange, tooFewSamples } = report.reasons;
  const rows = groups.groups();
  const [firstByte, lastByte] = [words.groups.timeToFirstByte, words.groups.timeToLastByte];
  const table: Table = {
    kind: "table",
    title: words.tables.groups(words.groupings[grouping]),
    columns: [
      textColumn(words.groupings[grouping]),
      countColumn(columns.exchanges),
      countColumn(columns.failed),
      ...["p50", "p95", "max"].map((name) =>
        numberColumn(name === "max" ? report.columns.longest : name, "ms", DIGITS.milliseconds, firstByte),
      ),
      numberColumn("p95", "ms", DIGITS.milliseconds, lastByte),
    ],
    rows: rows.map(({ key, exchanges, failed, timeToFirstByteMs, timeToLastByteMs }) => {
      const reason = timeToFirstByteMs.count === 0 ? noExchange : tooFewSamples;
      return [
        text(key ?? words.otherGroups),
        count(exchanges),
        trouble(failed, "bad"),
        measured(timeToFirstByteMs.p50, reason),
        measured(timeToFirstByteMs.p95, reason),
        measured(timeToFirstByteMs.max, reason),
        measured(timeToLastByteMs.p95, timeToLastByteMs.count === 0 ? noExchange : tooFewSamples),
      ];
    }),
    total: null,
  };
  const blocks: Block[] = rows.length === 0 ? [] : [table];
  if (groups.further > 0) {
    const further = numberText(groups.further, 0, report.numberStyle);
    blocks.push({ kind: "paragraph", text: words.furtherGroups(further) });
  }
  return exchangesDocument(run, groups.added, words.headings.groups, blocks, language);
}
