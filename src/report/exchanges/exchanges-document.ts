/** What reports on exchanges have in common. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { filesText } from "../build-document.ts";
import type { Block, Document } from "../document.ts";
import { numberText } from "../number-text.ts";

/**
 * A report of one section.
 * @param selected how many exchanges fitted
 * @param blocks empty: nothing fitted, and the report says so
 */
export function exchangesDocument(
  run: RunMetrics,
  selected: number,
  heading: string,
  blocks: readonly Block[],
  language: Language,
): Document {
  const { report, exchanges: words } = wordsOf(language);
  const number = (value: number) => numberText(value, 0, report.numberStyle);
  return {
    language,
    title: words.title(filesText(run.capture.files, report)),
    summary: words.summary(number(selected), number(run.http.exchanges)),
    sections: [{ heading, blocks: blocks.length === 0 ? [{ kind: "paragraph", text: words.none }] : blocks }],
    numberStyle: report.numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: report.notMeasured,
  };
}
