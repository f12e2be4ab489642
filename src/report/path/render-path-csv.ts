/** Paths as CSV: one record per direction. Columns are the paths of the JSON document. */
import type { MeasuredPath, PathDirectionMetrics, TapsMetrics } from "../../path/path-metrics.ts";
import { type CsvField, csvRecord } from "../csv-record.ts";
import { tapName } from "./path-labels.ts";

const DISTRIBUTION = ["min", "mean", "p50", "p95", "p99", "max"] as const;

interface PathColumn {
  readonly name: string;
  readonly field: (direction: PathDirectionMetrics, path: MeasuredPath) => CsvField;
}

const COLUMNS: readonly PathColumn[] = [
  { name: "sent", field: ({ sent }) => sent },
  { name: "received", field: ({ received }) => received },
  { name: "lost", field: ({ lost }) => lost },
  { name: "lossPercent", field: ({ lossPercent }) => lossPercent },
  { name: "duplicated", field: ({ duplicated }) => duplicated },
  { name: "notRecordedAtSender", field: ({ notRecordedAtSender }) => notRecordedAtSender },
  { name: "reordering.reordered", field: ({ reordering }) => reordering.reordered },
  { name: "reordering.maxExtent", field: ({ reordering }) => reordering.maxExtent },
  ...(["delayMs", "ipdvMs", "pdvMs"] as const).flatMap((figure) =>
    DISTRIBUTION.map(
      (name): PathColumn => ({
        name: `${figure}.${name}`,
        field: (direction) => direction[figure]?.[name] ?? null,
      }),
    ),
  ),
  { name: "rfc3550JitterMs", field: ({ rfc3550JitterMs }) => rfc3550JitterMs },
  { name: "lossRuns.bursts", field: ({ lossRuns }) => lossRuns.bursts },
  { name: "lossRuns.longestBurst", field: ({ lossRuns }) => lossRuns.longestBurst },
  { name: "lossRuns.meanBurst", field: ({ lossRuns }) => lossRuns.meanBurst },
  { name: "lossRuns.meanGap", field: ({ lossRuns }) => lossRuns.meanGap },
  { name: "lossRuns.gilbert.lossAfterReceived", field: ({ lossRuns }) => lossRuns.gilbert.lossAfterReceived },
  { name: "lossRuns.gilbert.receivedAfterLoss", field: ({ lossRuns }) => lossRuns.gilbert.receivedAfterLoss },
  { name: "beforeLoss.medianDelayMs", field: ({ beforeLoss }) => beforeLoss?.medianDelayMs ?? null },
  { name: "beforeLoss.cause", field: ({ beforeLoss }) => beforeLoss?.cause ?? null },
  { name: "clocks.kind", field: (_direction, { clocks }) => clocks.kind },
  { name: "clocks.offsetMs", field: (_direction, { clocks }) => clocks.offsetMs },
  { name: "clocks.driftPpm", field: (_direction, { clocks }) => clocks.driftPpm },
  { name: "clocks.driftBoundPpm", field: (_direction, { clocks }) => clocks.driftBoundPpm },
  { name: "clocks.delayBoundMs", field: (_direction, { clocks }) => clocks.delayBoundMs },
  { name: "clocks.smallestRoundTripMs", field: (_direction, { clocks }) => clocks.smallestRoundTripMs },
];

/** Header, and two records per path: forward, backward. */
export function renderPathCsv({ paths }: TapsMetrics): string {
  const records = paths.flatMap((path) => {
    const [first, second] = path.taps.map(tapName) as [string, string];
    const record = (from: string, to: string, direction: PathDirectionMetrics): string =>
      csvRecord([from, to, ...COLUMNS.map(({ field }) => field(direction, path))]);
    return [record(first, second, path.forward), record(second, first, path.backward)];
  });
  return csvRecord(["from", "to", ...COLUMNS.map(({ name }) => name)]) + records.join("");
}
