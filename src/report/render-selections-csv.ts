/** A run's selections as CSV: one record per selection. Columns are the paths of the JSON document, always the same ones. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { SelectionMetrics } from "../metrics/selection-metrics.ts";
import { type CsvField, csvRecord } from "./csv-record.ts";

interface SelectionColumn {
  readonly name: string;
  readonly field: (selection: SelectionMetrics, run: RunMetrics) => CsvField;
}

const FIGURES = [
  "frames",
  "bytes",
  "durationMs",
  "throughputMbps",
  "packetLossPercent",
  "delayMs",
  "jitterMs",
  "lostPackets",
  "lossFrom",
  "tcpFrames",
  "udpFrames",
  "otherIpFrames",
  "rtpFrames",
] as const satisfies readonly (keyof SelectionMetrics)[];

const CATEGORIES = [
  "profile",
  "source",
  "throughput",
  "packetLoss",
  "delay",
  "jitter",
  "index",
  "ratedMetrics",
] as const satisfies readonly (keyof SelectionMetrics["categories"])[];

const COLUMNS: readonly SelectionColumn[] = [
  { name: "capture.files", field: (_selection, run) => run.capture.files.join(";") },
  { name: "capture.start", field: (_selection, run) => run.capture.start },
  { name: "name", field: ({ name }) => name },
  { name: "filter", field: ({ filter }) => filter },
  ...FIGURES.map((name): SelectionColumn => ({ name, field: (selection) => selection[name] })),
  ...CATEGORIES.map(
    (name): SelectionColumn => ({
      name: `categories.${name}`,
      field: ({ categories }) => categories[name],
    }),
  ),
];

/** Header and one record per selection; what was not measured is an empty field. */
export function renderSelectionsCsv(run: RunMetrics): string {
  const header = csvRecord(COLUMNS.map(({ name }) => name));
  const records = (run.selections ?? []).map((selection) =>
    csvRecord(COLUMNS.map(({ field }) => field(selection, run))),
  );
  return header + records.join("");
}
