/** A run's report in the format that was asked for: of a saved capture, and of one that has just ended. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { buildDocument } from "../report/build-document.ts";
import type { Document, Language, Section } from "../report/document.ts";
import { renderCsv } from "../report/render-csv.ts";
import { renderJson } from "../report/render-json.ts";
import { renderMarkdown } from "../report/render-markdown.ts";
import { renderTerminal } from "../report/terminal/render-terminal.ts";
import type { RunFormat } from "./format-option.ts";
import { outputHasColour, outputWidth } from "./terminal.ts";

export interface RunReport {
  readonly format: RunFormat;
  readonly language: Language;
  /** Whether the user named the backends; discovered pairs may be many, and a terminal shows the busiest. */
  readonly hasNamedPairs: boolean;
  /** Sections of the document before the last one, the warnings'; absent: none. JSON and CSV have no sections. */
  readonly added?: readonly Section[];
}

/** Pairs that a terminal shows when nobody said which ones matter. */
const MOST_DISCOVERED_PAIRS = 20;

export function renderRun(run: RunMetrics, report: RunReport): string {
  const { format, language, hasNamedPairs } = report;
  switch (format) {
    case "json":
      return renderJson(run);
    case "csv":
      return renderCsv(run);
    case "markdown":
      return renderMarkdown(withSections(buildDocument(run, { language }), report));
    case "terminal": {
      const document = buildDocument(run, {
        language,
        ...(hasNamedPairs ? {} : { pairLimit: MOST_DISCOVERED_PAIRS }),
      });
      return renderTerminal(withSections(document, report), {
        width: outputWidth(),
        colour: outputHasColour(),
      });
    }
  }
}

function withSections(document: Document, { added = [] }: RunReport): Document {
  const { sections } = document;
  return { ...document, sections: [...sections.slice(0, -1), ...added, ...sections.slice(-1)] };
}
