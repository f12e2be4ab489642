/** Round-trip times from TCP beside response times from HTTP: what the network took, and what the server added. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { TrafficMetrics, TransportMetrics } from "../../metrics/run-metrics.ts";
import type { Words } from "../../words/words.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

type Quantile = "p50" | "p95" | "p99" | "max";

/** Columns of one distribution under a common heading. */
interface TimesGroup {
  readonly heading: string;
  readonly quantiles: readonly Quantile[];
  readonly of: (pair: TrafficMetrics) => Distribution;
  /** Why a pair has no samples. */
  readonly noneReason: (pair: TrafficMetrics) => string;
}

export function timesTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { groups, reasons, tables } = labels;
  return tableOf(tables.times, pairs, labels, [
    {
      heading: groups.handshakeRtt,
      quantiles: ["p50", "p95"],
      of: ({ transport }) => transport.handshakeRttMs,
      noneReason: () => reasons.noHandshake,
    },
    {
      heading: groups.rtt,
      quantiles: ["p50", "p95"],
      of: ({ transport }) => transport.rttMs,
      noneReason: ({ transport }) => rttReason(transport, reasons),
    },
    {
      heading: groups.timeToFirstByte,
      quantiles: ["p50", "p95", "p99"],
      of: ({ http }) => http.timeToFirstByteMs,
      noneReason: () => reasons.noExchange,
    },
  ]);
}

/** What a client waits for before and after the first byte: connections, also those whose SYN was repeated, and whole responses. */
export function waitingTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { groups, reasons, tables } = labels;
  return tableOf(tables.waiting, pairs, labels, [
    {
      heading: groups.connectTime,
      quantiles: ["p50", "p95", "max"],
      of: ({ transport }) => transport.connectTimeMs,
      noneReason: () => reasons.noHandshake,
    },
    {
      heading: groups.timeToLastByte,
      quantiles: ["p50", "p95", "p99"],
      of: ({ http }) => http.timeToLastByteMs,
      noneReason: () => reasons.noExchange,
    },
  ]);
}

function tableOf(
  title: string,
  pairs: readonly LabelledTraffic[],
  { columns, reasons }: Words["report"],
  groups: readonly TimesGroup[],
): Table {
  const nameOf = (quantile: Quantile) => (quantile === "max" ? columns.longest : quantile);
  return {
    kind: "table",
    title,
    columns: [
      textColumn(columns.pair),
      ...groups.flatMap(({ heading, quantiles }) =>
        quantiles.map((quantile) => numberColumn(nameOf(quantile), "ms", DIGITS.milliseconds, heading)),
      ),
    ],
    rows: pairs.map(({ label, pair }) => [
      text(label),
      ...groups.flatMap(({ quantiles, of, noneReason }) => {
        const distribution = of(pair);
        const reason = distribution.count === 0 ? noneReason(pair) : reasons.tooFewSamples;
        return quantiles.map((quantile) => measured(distribution[quantile], reason));
      }),
    ]),
    total: null,
  };
}

/** Why there is no round trip of data. */
function rttReason({ answeredRttMs }: TransportMetrics, reasons: Words["report"]["reasons"]): string {
  return answeredRttMs.count > 0 ? reasons.onlyAnsweredRtt : reasons.noRtt;
}
