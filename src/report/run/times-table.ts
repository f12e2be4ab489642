/** Round-trip times from TCP beside response times from HTTP: what the network took, and what the server added. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { TransportMetrics } from "../../metrics/run-metrics.ts";
import type { Words } from "../../words/words.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Column, Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

type Percentile = "p50" | "p95" | "p99";

export function timesTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { groups, reasons } = labels;
  const percentileColumns = (group: string, percentiles: readonly Percentile[]): readonly Column[] =>
    percentiles.map((percentile) => numberColumn(percentile, "ms", DIGITS.milliseconds, group));
  return {
    kind: "table",
    title: labels.tables.times,
    columns: [
      textColumn(labels.columns.pair),
      ...percentileColumns(groups.handshakeRtt, ["p50", "p95"]),
      ...percentileColumns(groups.rtt, ["p50", "p95"]),
      ...percentileColumns(groups.timeToFirstByte, ["p50", "p95", "p99"]),
    ],
    rows: pairs.map(({ label, pair: { transport, http } }) => [
      text(label),
      ...percentileCells(
        transport.handshakeRttMs,
        ["p50", "p95"],
        reasons.noHandshake,
        reasons.tooFewSamples,
      ),
      ...percentileCells(
        transport.rttMs,
        ["p50", "p95"],
        rttReason(transport, reasons),
        reasons.tooFewSamples,
      ),
      ...percentileCells(
        http.timeToFirstByteMs,
        ["p50", "p95", "p99"],
        reasons.noExchange,
        reasons.tooFewSamples,
      ),
    ]),
    total: null,
  };
}

/** Why there is no round trip of data. */
function rttReason({ answeredRttMs }: TransportMetrics, reasons: Words["report"]["reasons"]): string {
  return answeredRttMs.count > 0 ? reasons.onlyAnsweredRtt : reasons.noRtt;
}

function percentileCells(
  distribution: Distribution,
  percentiles: readonly Percentile[],
  noneReason: string,
  fewReason: string,
): readonly Cell[] {
  const reason = distribution.count === 0 ? noneReason : fewReason;
  return percentiles.map((percentile) => measured(distribution[percentile], reason));
}
