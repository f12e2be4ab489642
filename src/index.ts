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
 * Nothing here prints or ends the process, and only `startLive` writes files: the recording that it was asked for.
 */

/** Measures one saved run: `await analyze(path, options)`. */
export { analyze, type FileAnalysisOptions } from "./analysis/analyze.ts";
/** Where a capture comes from: a path, `-`, bytes, a Blob or File, a stream of bytes. */
export type { CaptureSource } from "./capture/capture-source.ts";
/** A capture under way, by dumpcap, tcpdump or cap: what to record, and on what. */
export { captureFilter, type FilteredPairs } from "./capture/engines/capture-filter.ts";
export { type InterfaceInfo, listInterfaces } from "./capture/engines/list-interfaces.ts";
export type {
  EngineName,
  EngineRequest,
  LiveCapture,
  TimestampSource,
} from "./capture/engines/live-capture.ts";
export { openEngine } from "./capture/engines/open-engine.ts";
/** What is wrong in a run: `diagnose(await analyze(path))`. */
export { diagnose } from "./diagnosis/diagnose.ts";
export type {
  Availability,
  ConnectSlowFinding,
  Diagnosis,
  FailingFinding,
  Finding,
  FindingKind,
  FrozenFinding,
  LossFinding,
  Outage,
  RetriedFinding,
  SlowFinding,
  TailFinding,
  TakenOutFinding,
} from "./diagnosis/finding.ts";
/** What can't be in a table of results, or in an experiment. */
export { type AuditCompanions, auditExperiment, auditTable } from "./experiment/audit/audit.ts";
export type { AuditFinding } from "./experiment/audit/audit-finding.ts";
/** Everything that an experiment's report says, as plain data. */
export { compareMethods } from "./experiment/comparison/compare-methods.ts";
export type {
  BaselineComparison,
  Comparison,
  ComparisonFinding,
} from "./experiment/comparison/comparison.ts";
/** What a comparison is made from: manifest, analyzed runs, tables. */
export type { AnalyzedRun, BackendPath, Experiment } from "./experiment/experiment.ts";
/** What is varied besides the method, and the levels of a run. */
export type { Factor } from "./experiment/factors/factor.ts";
export type { AtLevels, Levels } from "./experiment/levels.ts";
/** An `experiment.yaml`, read and written. */
export { formatManifest } from "./experiment/manifest/format-manifest.ts";
export type { Manifest } from "./experiment/manifest/manifest.ts";
export { parseManifest } from "./experiment/manifest/parse-manifest.ts";
/** Tests by their names, as a manifest asks for them. */
export type { NamedResult, NamedTest } from "./experiment/statistics/named-test.ts";
/** Published tables that stand in for captures. */
export { parseRequestsTable, type RequestsTable } from "./experiment/tables/requests-table.ts";
export { parseResultsTable, type ResultsTable } from "./experiment/tables/results-table.ts";
/** An error meant for the user, in one line; a doubt about data or figures, with advice. */
export { Failure, type FailureStatus, type Warning } from "./failure.ts";
/** A capture recorded and measured while it goes on: `startLive({ capture: await openEngine(…), … })`, or a replay of a saved one. */
export type { LiveRequest, LiveResult, LiveSession, RecordingRequest } from "./live/live-session.ts";
export type { LiveSnapshot, RecordingState } from "./live/live-snapshot.ts";
export { openReplay } from "./live/replay.ts";
export { startLive } from "./live/start-live.ts";
/** What to measure, and who listens meanwhile. */
export type { AnalysisOptions, Backend } from "./metrics/analysis-options.ts";
/** When a backend was up, failing or silent. */
export type { BackendState, FailureReason } from "./metrics/backend-state.ts";
/** What the balancer did between clients and backends, in sum and for each exchange. */
export type { BackendAttempt, BalancedExchangeRow, BalancerMetrics } from "./metrics/balancer-metrics.ts";
/** How the four metrics rate. */
export type { Categories } from "./metrics/categories.ts";
/** The thresholds by which papers rate the four metrics, each with its name and source. */
export { type CategoryBand, type CategoryProfile, categoryProfiles } from "./metrics/category-profiles.ts";
/** Everything measured in one run: the result of `analyze`, and the shape of the JSON document. */
export type { Distribution } from "./metrics/distribution.ts";
/** One HTTP exchange, as `AnalysisOptions.onExchange` gets it, and how to see it in Wireshark. */
export type {
  DownstreamLink,
  ExchangeParts,
  ExchangeRow,
  UpstreamLink,
} from "./metrics/exchanges/exchange-row.ts";
export { conversationFilter } from "./metrics/exchanges/frame-filter.ts";
/** What only a run under way has: the last seconds, states now, growing histograms. */
export type { GrowingHistogram, LivePairMetrics, LiveState, RecentMetrics } from "./metrics/live-metrics.ts";
/** Audio and video in RTP: where it is, and what is measured of each stream. */
export {
  type MergedDirection,
  type MergedDistribution,
  type MergedPair,
  type MergedRun,
  mergeRuns,
} from "./metrics/merge-runs.ts";
export type { RtpPort, RtpStreamMetrics } from "./metrics/rtp-metrics.ts";
export type {
  CaptureFacts,
  DirectionMetrics,
  HttpMetrics,
  HttpTotals,
  PairMetrics,
  PaperMetrics,
  RunMetrics,
  TransportMetrics,
  WiresharkCounts,
} from "./metrics/run-metrics.ts";
/** Frames that display filters show, of any protocol: what to ask for, and what is measured. */
export type {
  FrameSelection,
  LossEvidence,
  SelectionFigures,
  SelectionMetrics,
  TrafficGrouping,
  TrafficGroups,
} from "./metrics/selection-metrics.ts";
/** Two taps of one path: one-way delay, loss and variation of each packet, by clocks that are estimated. */
export { measurePath } from "./path/measure-path.ts";
export { measureTaps, type TapsOptions } from "./path/measure-taps.ts";
export type {
  DelayDistribution,
  MeasuredPath,
  PathClocks,
  PathDirectionMetrics,
  PathMetrics,
  PathTap,
  TapsMetrics,
} from "./path/path-metrics.ts";
export type { PathOptions, TapSource } from "./path/path-options.ts";
/** Where the time of each exchange went, by taps farther on the requests' way. */
export { type TapTimes, type TapTimesOptions, timesAtTaps } from "./path/times-at-taps.ts";
/** A run as a report, for the renderers. */
export { buildDocument, type DocumentOptions } from "./report/build-document.ts";
/** The charts of a comparison as plain values, drawn as PNG, SVG or PDF, and their data as CSV. */
export { chartCsv } from "./report/charts/chart-csv.ts";
export type { ChartSpec } from "./report/charts/chart-spec.ts";
export { comparisonCharts } from "./report/charts/comparison-charts.ts";
export { printWidthsCm } from "./report/charts/print-size.ts";
export { type ChartFormat, type ChartOptions, renderChart } from "./report/charts/render-chart.ts";
/** A comparison as a report, for the renderers. */
export {
  buildComparisonDocument,
  type ComparisonDocumentOptions,
} from "./report/comparison/build-comparison-document.ts";
/** A comparison as CSV, one record per method, backend and run; and as JSON, as it is. */
export { renderComparisonCsv } from "./report/comparison/render-comparison-csv.ts";
export { renderComparisonJson } from "./report/comparison/render-comparison-json.ts";
/** A finding in words. */
export { type FindingText, findingText } from "./report/diagnosis/finding-text.ts";
/** A finished report as a plain value, for renderers of your own. */
export type {
  Block,
  Cell,
  Column,
  Document,
  Fact,
  Facts,
  Figure,
  List,
  Paragraph,
  Row,
  Section,
  Table,
  Tone,
  WarningGroup,
  Warnings,
} from "./report/document.ts";
/** A report as one HTML page that needs no network. */
export { renderHtml } from "./report/html/render-html.ts";
/** A report as a LaTeX document, and its tables one by one. */
export { renderLatexTable } from "./report/latex/latex-table.ts";
export { renderLatex } from "./report/latex/render-latex.ts";
/** Paths as a report, for the renderers. */
export { buildPathDocument } from "./report/path/path-document.ts";
/** A run as CSV, one record per pair. */
export { renderCsv } from "./report/render-csv.ts";
/** A run as the JSON document of `lbqos analyze --json`. */
export { renderJson } from "./report/render-json.ts";
/** A report as Markdown. */
export { renderMarkdown } from "./report/render-markdown.ts";
/** A report for a terminal of a given width, with or without colours. */
export { renderTerminal, type TerminalOptions } from "./report/terminal/render-terminal.ts";
/** The manifest that a folder of captures suggests. */
export {
  type InferOptions,
  type InferredExperiment,
  inferExperiment,
} from "./study/infer-experiment.ts";
/** An experiment from disk, its captures analyzed in parallel: `compareMethods((await readExperiment(path)).experiment)`. */
export { type ReadExperiment, type ReadOptions, readExperiment } from "./study/read-experiment.ts";
/** A language of the reports and messages. */
export type { Language } from "./words/language.ts";
/** How a language writes numbers. */
export type { NumberStyle } from "./words/number-style.ts";
