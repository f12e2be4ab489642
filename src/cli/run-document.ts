/** A run's report as a document with tables, for a terminal or as Markdown. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { buildDocument } from "../report/build-document.ts";
import type { Document, Section } from "../report/document.ts";
import { renderMarkdown } from "../report/render-markdown.ts";
import { renderFirstScreen } from "../report/terminal/render-first-screen.ts";
import { renderTerminal } from "../report/terminal/render-terminal.ts";
import type { Language } from "../words/language.ts";
import type { RunFormat } from "./format-option.ts";
import { outputHasColour, outputWidth } from "./terminal.ts";

/** Pairs that a terminal shows when nobody said which ones matter. */
const MAX_DISCOVERED_PAIRS = 20;

export interface RunReport {
  readonly format: RunFormat;
  readonly language: Language;
  /** Whether the user named the backends; discovered pairs may be many, and a terminal shows the busiest. */
  readonly hasNamedPairs: boolean;
  /** Sections of the document before the last one, the warnings'; absent: none. JSON and CSV have no sections. */
  readonly added?: readonly Section[];
}

export function renderRunDocument(run: RunMetrics, report: RunReport): string {
  const { format, language, hasNamedPairs } = report;
  if (format === "markdown") return renderMarkdown(withSections(buildDocument(run, { language }), report));
  const terminal = { width: outputWidth(), colour: outputHasColour() };
  if (format === "terminal") return renderFirstScreen(run, language, terminal, report.added);
  const document = buildDocument(run, {
    language,
    ...(hasNamedPairs ? {} : { pairLimit: MAX_DISCOVERED_PAIRS }),
  });
  return renderTerminal(withSections(document, report), terminal);
}

function withSections(document: Document, { added = [] }: RunReport): Document {
  const { sections } = document;
  return { ...document, sections: [...sections.slice(0, -1), ...added, ...sections.slice(-1)] };
}
