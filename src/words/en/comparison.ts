/** The report of an experiment, but for its findings. */
import { counted } from "./grammar.ts";

/** What the sentence under the title counts. */
export interface ComparisonSummaryFacts {
  readonly methods: number;
  readonly backends: number;
  readonly runs: number;
  readonly warnings: number;
}

export const comparison = {
  summary: ({ methods, backends, runs, warnings }: ComparisonSummaryFacts) =>
    `${counted(methods, "method")}, ${counted(backends, "backend")}, ${counted(runs, "run")}.${
      warnings === 0 ? "" : ` ${counted(warnings, "warning")} at the end.`
    }`,
  headings: {
    findings: "Findings",
    summary: "Methods compared",
    categories: "Categories",
    baseline: "Without and with the balancer",
    shares: "Share of requests",
    statistics: "Rankings and statistics",
    runs: "Run by run",
    overTime: "Over the time of a run",
    definitions: "Methods and definitions",
  },
  tables: {
    group: {
      pace: "The load generator's pace",
      network: "The network",
      server: "The server",
    },
    byBackend: "The paper's metrics by method and backend",
    categories: "Categories and index of the means",
    baseline: "Without and with the balancer, over all backends",
    baselineByBackend: "Without and with the balancer, backend by backend",
    shares: "Share of all requests",
    shareOf: (method: string) => `${method}: requests per backend`,
    ranking: "Ranks by metric (equal: the data can't tell them apart)",
    overall: "Do the methods differ at all? (Kruskal–Wallis)",
    pairs: "Which pairs of methods differ? (Mann–Whitney, Holm)",
    runsOf: (method: string, backend: string) => `${method}, ${backend}`,
    definitions: "What each metric means",
    sources: "Where each run comes from",
  },
  columns: {
    method: "Method",
    backend: "Backend",
    runs: "Runs",
    run: "Run",
    index: "Index",
    metric: "Metric",
    without: "Without",
    with: "With",
    difference: "Difference",
    ratio: "Ratio",
    adjustedP: "p (Holm)",
    sent: "Sent",
    total: "Total",
    jain: "Jain's index",
    behaviour: "Behaves as named",
    statistic: "H",
    p: "p",
    methods: "Methods",
    first: "A",
    second: "B",
    effect: "Cliff's δ",
    magnitude: "magnitude",
    median: "median",
    category: "category",
    supported: "Supported",
    unit: "Unit",
    definition: "Definition",
    captures: "Captures, or table and line",
  },
  allBackends: "all backends",
  mean: "Mean",
  all: "All runs",
  yes: "yes",
  no: "no",
  behaviours: {
    "as-named": "yes",
    nearly: "nearly",
    "not-as-named": "no",
    "not-checkable": "not checked",
  },
  effects: { negligible: "negligible", small: "small", medium: "medium", large: "large" },
  sentences: {
    intervals:
      "Means over the runs ± half the 95 % confidence interval (Student's t); without ± there is one run only.",
    overBackends: "Each run counts once, with its mean over the backends that received requests.",
    pace: "These show how often the load generator sent requests and how the requests were shared, not how fast the network or the servers were.",
    network: "What happened between balancer and backend.",
    server: "How the backends answered the requests, as seen from the balancer.",
    baseline:
      'Difference and ratio are those of the means, with the balancer against without. p and "Supported" need at least 5 runs on each side.',
    jain: "Jain's fairness index: 1 when every backend got its due share, 1/n when one of n got everything.",
    ranking:
      "A rank is 1 + the number of methods that the data show to be better; the median of the runs stands below it.",
    tests:
      "A run is one observation. A difference is supported when the p-values of the test over all methods and of the test of the pair, corrected for all pairs of the metric, are both below 0.05.",
    noTests: "No metric was measured in at least 5 runs of two methods: there is nothing to test.",
    noFindings: "The data support no finding.",
    nothing: "Nothing was measured.",
  },
  idle: (method: string, backend: string) => `${method} sent ${backend} nothing in any run.`,
  notes: (text: string) => `Notes: ${text}`,
  definitions: {
    throughputMbps:
      "8 · sum of frame lengths / (last − first time), over the frames to the backend that complete an HTTP message (what Wireshark shows for ip.src && ip.dst && http).",
    packetLossPercent:
      "100 · lost / (lost + received); lost is Wireshark's count of previous segments not captured, in the direction to the backend.",
    delayMs:
      "Mean time between successive such frames. The load generator's pace sets it: 1000 requests per second are 1 ms, whatever the network does.",
    jitterMs: "Mean absolute difference of successive delays.",
    jitterSignedMs:
      "The same without the absolute value, as in some spreadsheets: it collapses to (last − first delay) / n and measures almost nothing.",
    requests: "HTTP requests that reached the backend.",
    requestsPerSecond: "Requests over the time between the first and the last.",
    goodputFromBackendMbps: "Unique TCP payload from the backend over the pair's active time.",
    lossToBackendPercent:
      "Lost segments / sent segments that occupy sequence space, to the backend, wherever they were lost.",
    lossFromBackendPercent: "The same in the direction from the backend.",
    handshakeRttP50Ms: "SYN → SYN/ACK as seen at the tap; median of the run.",
    rttP50Ms:
      "Data to the backend → its ACK, if that carries no data; without retransmitted ranges (Karn's rule, RFC 6298); median of the run.",
    timeToFirstByteP50Ms: "Last byte of the request → first byte of the final response; median of the run.",
    timeToFirstByteP95Ms:
      "Last byte of the request → first byte of the final response; 95 % of the run's exchanges were at least as fast.",
    timeToLastByteP50Ms: "Last byte of the request → last byte of the response; median of the run.",
    unansweredPercent: "Requests without a response, of all requests.",
    failedPercent: "Requests without a whole answer, or with status 5xx, of all requests.",
  },
  reasons: {
    noRun: "in any run",
    notCompared: "fewer than 5 runs on one side, or a metric without a better direction",
    notInRun: "in this run",
    zeroBase: "the mean without the balancer is 0",
    allEqual: "all values are equal, or fewer than two methods have enough runs",
    noRequests: "no requests",
    noTraffic: "it received nothing in any run",
  },
};
