import { experimentMetrics, type MetricKey } from "../experiment-metrics.ts";

/** The meaning of a column of a results table. */
export type ResultsColumn =
  | { readonly kind: "method" | "backend" | "run" | "ignored" }
  /** The level of a factor of this name. */
  | { readonly kind: "factor"; readonly name: string }
  | {
      readonly kind: "metric";
      readonly key: MetricKey;
      /** Power of ten from the column's unit to the metric's: −3 for kbps to Mbps. */
      readonly exponent: number;
      /** Whether the header says the unit, or it is taken for granted. */
      readonly hasUnit: boolean;
    };

const NAMES: Readonly<Record<string, "method" | "backend" | "run">> = {
  method: "method",
  metode: "method",
  algorithm: "method",
  algoritma: "method",
  backend: "backend",
  server: "backend",
  run: "run",
  test: "run",
  trial: "run",
  percobaan: "run",
  pengujian: "run",
};

const QUANTITIES: readonly (readonly [RegExp, MetricKey])[] = [
  [/^throughput$/, "throughputMbps"],
  [/^(packet_)?loss$/, "packetLossPercent"],
  [/^(delay|latency)$/, "delayMs"],
  [/^jitter$/, "jitterMs"],
  [/^(jitter_signed|signed_jitter)$/, "jitterSignedMs"],
  [/^(requests?|permintaan)$/, "requests"],
];

const UNIT_EXPONENTS: Readonly<Partial<Record<MetricKey, Readonly<Record<string, number>>>>> = {
  throughputMbps: { mbps: 0, mbit_s: 0, kbps: -3, kbit_s: -3, bps: -6, bit_s: -6 },
  packetLossPercent: { percent: 0, pct: 0 },
  delayMs: { ms: 0, s: 3, us: -3, µs: -3, ns: -6 },
  jitterMs: { ms: 0, s: 3, us: -3, µs: -3, ns: -6 },
  jitterSignedMs: { ms: 0, s: 3, us: -3, µs: -3, ns: -6 },
};

/** The unit that papers mean when the header doesn't say one; throughput has no such unit. */
const USUAL_EXPONENT: Readonly<Partial<Record<MetricKey, number>>> = {
  packetLossPercent: 0,
  delayMs: 0,
  jitterMs: 0,
  jitterSignedMs: 0,
  requests: 0,
};

/** Headers that can be written, for messages. */
export const knownHeaders =
  "method, backend, run, throughput_mbps, packet_loss_percent, delay_ms, jitter_ms, requests";

/** Begins the header of a factor's levels, in tables that lbqos writes: `factor_load`. */
export const FACTOR_PREFIX = "factor_";

/**
 * The meaning of a header; spaces, brackets and capitals don't matter: `Throughput (Mbps)` is `throughput_mbps`.
 * @param factors of the experiment, by whose names columns may be called
 */
export function columnOf(header: string, factors: readonly string[] = []): ResultsColumn {
  const own = factors.find((name) => plainName(name) === plainName(header));
  if (own !== undefined) return { kind: "factor", name: own };
  const trimmed = header.trim();
  if (trimmed.toLowerCase().startsWith(FACTOR_PREFIX) && trimmed.length > FACTOR_PREFIX.length) {
    const name = trimmed.slice(FACTOR_PREFIX.length);
    return { kind: "factor", name: factors.find((one) => plainName(one) === plainName(name)) ?? name };
  }
  return knownColumn(header);
}

function knownColumn(header: string): ResultsColumn {
  const name = plainName(header);
  const kind = NAMES[name];
  if (kind !== undefined) return { kind };
  const own = experimentMetrics.find(({ key }) => snakeCase(key) === name);
  if (own !== undefined) return { kind: "metric", key: own.key, exponent: 0, hasUnit: true };
  for (const [quantity, key] of QUANTITIES) {
    const units = UNIT_EXPONENTS[key] ?? {};
    for (const [unit, exponent] of Object.entries(units)) {
      if (name.endsWith(`_${unit}`) && quantity.test(name.slice(0, -unit.length - 1))) {
        return { kind: "metric", key, exponent, hasUnit: true };
      }
    }
    const usual = USUAL_EXPONENT[key];
    if (usual !== undefined && quantity.test(name))
      return { kind: "metric", key, exponent: usual, hasUnit: false };
  }
  return { kind: "ignored" };
}

function plainName(header: string): string {
  return header
    .trim()
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/%/g, " percent ")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

/** Whether a header names throughput without a unit, which nobody can guess. */
export function isThroughputWithoutUnit(header: string): boolean {
  return /^\s*throughput\s*$/i.test(header);
}

function snakeCase(key: string): string {
  return key.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
}
