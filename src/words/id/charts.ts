/** The charts of a comparison. */
import type { charts as english } from "../en/charts.ts";

export const charts: typeof english = {
  method: "Metode",
  backend: "Backend",
  metrics: { title: "Metrik QoS menurut metode dan backend" },
  metric: { title: (label) => `${label} menurut metode dan backend` },
  baseline: {
    title: "Tanpa dan dengan load balancer",
    seriesTitle: "Jalur",
    without: "Tanpa load balancer",
    with: "Dengan load balancer",
    overBackends: "Rata-rata semua backend dan run",
  },
  bars: { mean: "Batang: rata-rata semua run", interval: "garis galat: selang kepercayaan 95 %" },
  overLevels: {
    title: (label, factor) => `${label} menurut ${factor}`,
    points: "Titik: rata-rata semua run",
  },
  boxes: {
    title: (label) => `${label} pada semua run`,
    logarithmic: "; sumbu logaritmik",
    note: "Titik: run; kotak: kuartil dan median (mulai 5 run); garis: paling panjang 1,5 kali kotak",
  },
  firstByte: {
    title: "Waktu ke byte pertama menurut metode",
    note: "Pertukaran dari semua run dan backend",
    x: "Waktu ke byte pertama (ms)",
    y: "Proporsi kumulatif pertukaran (%)",
    median: "median",
    p95: "persentil ke-95",
  },
  tail: {
    ofServers: {
      title: "Ekor: waktu ke byte pertama menurut server",
      note: "Proporsi request yang setidaknya selama itu; kedua sumbu logaritmik",
    },
    ofMethods: {
      title: "Ekor: waktu ke byte pertama menurut metode",
      note: "Proporsi pertukaran dari semua run yang setidaknya selama itu, sampai persentil ke-99; kedua sumbu logaritmik",
    },
    x: "Waktu ke byte pertama (ms)",
    y: "Setidaknya selambat itu (%)",
    p99: "p99",
  },
  overTime: {
    title: (method, run) => `${method}, run ${run}: throughput dan delay dari waktu ke waktu`,
    note: (step) => `Langkah ${step} ms; delay: rata-rata selang waktu antar-request`,
    x: "Waktu sejak paket pertama (s)",
    throughput: "Throughput ke backend, semua frame (Mbps)",
    delay: "Delay (ms)",
  },
  answersOverTime: {
    title: "Request, kegagalan, dan waktu ke byte pertama dari waktu ke waktu",
    note: (seconds) => `Langkah ${seconds} detik, satu garis per server`,
    x: "Waktu sejak paket pertama (detik)",
    requests: "Request (1/detik)",
    failed: "Gagal (1/detik)",
    p95: "TTFB, p95 (ms)",
  },
  share: {
    title: "Pembagian request menurut metode dan backend",
    note: "Request dari semua run",
    y: "Request (%)",
  },
};
