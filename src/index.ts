/**
 * lbqos as a library: measures the quality of service of load-balanced web servers from packet captures.
 *
 * ```ts
 * import { analyze, buildDocument, renderMarkdown } from "lbqos";
 *
 * const run = await analyze("run.pcapng", {
 *   balancer: "192.168.56.103",
 *   backends: [{ name: "Flask A", address: "192.168.56.109" }],
 * });
 * console.log(run.pairs[0]?.paper.throughputMbps);
 * console.log(renderMarkdown(buildDocument(run, { language: "en" })));
 * ```
 *
 * Nothing here prints, writes files or ends the process.
 */

/** Measures one saved run: `await analyze(path, options)`. */
export { analyze } from "./analyze-files.ts";
/** Where a capture comes from: a path, `-`, bytes, a stream of bytes. */
export type { CaptureSource } from "./capture/capture.ts";
/** An error meant for the user, in one line; a doubt about data or figures, with advice. */
export { Failure, type FailureStatus, type Warning } from "./failure.ts";
/** What to measure, and who listens meanwhile. */
export type { AnalysisOptions, Backend } from "./metrics/analysis-options.ts";
/** When a backend was up, failing or silent. */
export type { BackendState, FailureReason } from "./metrics/backend-state.ts";
/** What the balancer did between clients and backends, in sum and for each exchange. */
export type { BalancedExchangeRow, BalancerMetrics } from "./metrics/balancer-metrics.ts";
/** The thresholds by which papers rate the four metrics, each with its name and source. */
export { type CategoryBand, type CategoryProfile, categoryProfiles } from "./metrics/category-profiles.ts";
/** One HTTP exchange, as `AnalysisOptions.onExchange` gets it. */
export type { ExchangeRow } from "./metrics/exchange-row.ts";
/** Everything measured in one run: the result of `analyze`, and the shape of the JSON document. */
export type {
  CaptureFacts,
  Categories,
  DirectionMetrics,
  Distribution,
  HttpMetrics,
  HttpTotals,
  PairMetrics,
  PaperMetrics,
  RunMetrics,
  TransportMetrics,
  WiresharkCounts,
} from "./metrics/run-metrics.ts";
/** A run as a report, for the renderers. */
export { buildDocument, type DocumentOptions } from "./report/build-document.ts";
/** A finished report as a plain value, for renderers of your own. */
export type {
  Block,
  Cell,
  Column,
  Document,
  Fact,
  Facts,
  Language,
  NumberStyle,
  Paragraph,
  Row,
  Section,
  Table,
  Tone,
  WarningGroup,
  Warnings,
} from "./report/document.ts";
/** A run as CSV, one record per pair. */
export { renderCsv } from "./report/render-csv.ts";
/** A run as the JSON document of `lbqos analyze --json`. */
export { renderJson } from "./report/render-json.ts";
/** A report as Markdown. */
export { renderMarkdown } from "./report/render-markdown.ts";
/** A report for a terminal of a given width, with or without colours. */
export { renderTerminal, type TerminalOptions } from "./report/terminal/render-terminal.ts";
