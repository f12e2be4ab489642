/** The words of the charts, in every language of the reports. */
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import type { Language, Text } from "../../words/language.ts";
import type { Dimension, Quantity } from "./chart-spec.ts";

const METHOD: Text = { en: "Method", id: "Metode" };
const BACKEND: Text = { en: "Backend", id: "Backend" };

/** Some methods of all those compared, as a dimension. */
export function methodDimension(
  names: readonly string[],
  all: readonly string[],
  language: Language,
): Dimension {
  return { key: "method", title: METHOD[language], names, styles: names.map((name) => all.indexOf(name)) };
}

/** Some backends of all those compared, as a dimension. */
export function backendDimension(
  names: readonly string[],
  all: readonly string[],
  language: Language,
): Dimension {
  return { key: "backend", title: BACKEND[language], names, styles: names.map((name) => all.indexOf(name)) };
}

/** A metric as an axis: `throughput_mbps`, `Throughput (Mbps)`. */
export function metricQuantity({ key, label, unit }: MetricFacts, language: Language): Quantity {
  return {
    key: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    title: unit === "" ? label[language] : `${label[language]} (${unit})`,
  };
}

export const chartWords = {
  metrics: {
    title: { en: "QoS metrics by method and backend", id: "Metrik QoS menurut metode dan backend" },
  },
  metric: {
    title: (label: string): Text => ({
      en: `${label} by method and backend`,
      id: `${label} menurut metode dan backend`,
    }),
  },
  baseline: {
    title: { en: "Without and with the load balancer", id: "Tanpa dan dengan load balancer" },
    seriesTitle: { en: "Path", id: "Jalur" },
    without: { en: "Without balancer", id: "Tanpa balancer" },
    with: { en: "With balancer", id: "Dengan balancer" },
    overBackends: { en: "Mean over backends and runs", id: "Rata-rata semua backend dan run" },
  },
  bars: {
    mean: { en: "Bars: mean over runs", id: "Batang: rata-rata semua run" },
    interval: { en: "error bars: 95 % confidence interval", id: "garis galat: selang kepercayaan 95 %" },
  },
  boxes: {
    title: (label: string): Text => ({ en: `${label} over the runs`, id: `${label} pada semua run` }),
    logarithmic: { en: "; logarithmic axis", id: "; sumbu logaritmik" },
    note: {
      en: "Points: runs; box: quartiles and median (from 5 runs); whiskers: at most 1.5 boxes long",
      id: "Titik: run; kotak: kuartil dan median (mulai 5 run); garis: paling panjang 1,5 kotak",
    },
  },
  firstByte: {
    title: { en: "Time to first byte by method", id: "Time to first byte menurut metode" },
    note: {
      en: "Exchanges of all runs and backends together",
      id: "Pertukaran semua run dan backend bersama",
    },
    x: { en: "Time to first byte (ms)", id: "Time to first byte (ms)" },
    y: { en: "Cumulative share of exchanges (%)", id: "Proporsi kumulatif pertukaran (%)" },
    median: { en: "median", id: "median" },
    p95: { en: "95th percentile", id: "persentil ke-95" },
  },
  overTime: {
    title: (method: string, run: number): Text => ({
      en: `${method}, run ${run}: throughput and delay over time`,
      id: `${method}, run ${run}: throughput dan delay sepanjang waktu`,
    }),
    note: (step: string): Text => ({
      en: `Steps of ${step} ms; delay: mean time between requests`,
      id: `Langkah ${step} ms; delay: rata-rata waktu antar-request`,
    }),
    x: { en: "Time since the first packet (s)", id: "Waktu sejak paket pertama (s)" },
    throughput: {
      en: "Throughput to backend, all frames (Mbps)",
      id: "Throughput ke backend, semua frame (Mbps)",
    },
    delay: { en: "Delay (ms)", id: "Delay (ms)" },
  },
  share: {
    title: {
      en: "Share of requests by method and backend",
      id: "Pembagian request menurut metode dan backend",
    },
    note: { en: "Requests of all runs", id: "Request semua run" },
    y: { en: "Requests (%)", id: "Request (%)" },
  },
} as const;
