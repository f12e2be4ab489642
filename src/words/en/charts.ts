/** The charts of a comparison. */
export const charts = {
  method: "Method",
  backend: "Backend",
  metrics: { title: "QoS metrics by method and backend" },
  metric: { title: (label: string) => `${label} by method and backend` },
  baseline: {
    title: "Without and with the load balancer",
    seriesTitle: "Path",
    without: "Without balancer",
    with: "With balancer",
    overBackends: "Mean over backends and runs",
  },
  bars: { mean: "Bars: mean over runs", interval: "error bars: 95 % confidence interval" },
  overLevels: {
    title: (label: string, factor: string) => `${label} over ${factor}`,
    points: "Points: mean over runs",
  },
  boxes: {
    title: (label: string) => `${label} over the runs`,
    logarithmic: "; logarithmic axis",
    note: "Points: runs; box: quartiles and median (from 5 runs); whiskers: at most 1.5 boxes long",
  },
  firstByte: {
    title: "Time to first byte by method",
    note: "Exchanges of all runs and backends together",
    x: "Time to first byte (ms)",
    y: "Cumulative share of exchanges (%)",
    median: "median",
    p95: "95th percentile",
  },
  tail: {
    ofServers: {
      title: "The tail: time to first byte by server",
      note: "Share of requests that took at least as long; both axes are logarithmic",
    },
    ofMethods: {
      title: "The tail: time to first byte by method",
      note: "Share of the exchanges of all runs that took at least as long, to the 99th percentile; both axes are logarithmic",
    },
    x: "Time to first byte (ms)",
    y: "At least as slow (%)",
    p99: "p99",
  },
  overTime: {
    title: (method: string, run: number) => `${method}, run ${run}: throughput and delay over time`,
    note: (step: string) => `Steps of ${step} ms; delay: mean time between requests`,
    x: "Time since the first packet (s)",
    throughput: "Throughput to backend, all frames (Mbps)",
    delay: "Delay (ms)",
  },
  answersOverTime: {
    title: "Requests, failures and time to first byte over time",
    note: (seconds: string) => `Steps of ${seconds} s, a line for each server`,
    x: "Time since the first packet (s)",
    requests: "Requests (1/s)",
    failed: "Failed (1/s)",
    p95: "TTFB, p95 (ms)",
  },
  share: {
    title: "Share of requests by method and backend",
    note: "Requests of all runs",
    y: "Requests (%)",
  },
};
