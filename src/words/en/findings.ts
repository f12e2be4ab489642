/** The findings of a comparison: sentences from names, numbers as text, and parts of sentences. */
export const findings = {
  and: "and",
  noVerdict: (methods: string, minRuns: number) =>
    `No verdict on ${methods}: it takes two methods with at least ${minRuns} runs each; the tables show what was measured.`,
  failures: (list: string) =>
    `Requests failed with ${list}: no whole answer, or one with status 5xx. No other figure makes up for that.`,
  failedOf: (method: string, failed: string, requests: string) => `${method} (${failed} of ${requests})`,
  allFail: (methods: string) =>
    `By the network and server metrics, none of ${methods} is best: requests failed with each.`,
  groupFailing: (group: string) =>
    `${group}: figures are better only where more requests failed, which makes no method better.`,
  noneBest: (methods: string) => `By the network and server metrics, the data single out none of ${methods}.`,
  allBeaten:
    "By the network and server metrics, every method is beaten by another in some metric; see the sentence on each.",
  best: (unbeaten: string, isOne: boolean, beaten: string) =>
    `By the network and server metrics, ${unbeaten} ${isOne ? "is" : "are"} beaten in none; ${beaten} in at least one.`,
  groups: { network: "Network", server: "Server" },
  groupNoVerdict: (group: string) =>
    `${group}: no verdict; none of its metrics was measured in enough runs of two methods.`,
  groupNoDifference: (group: string, metrics: string) =>
    `${group}: the data show no method to be better or worse (${metrics}).`,
  worse: (loser: string, winner: string, metric: string) => `${loser} is worse than ${winner} in ${metric}`,
  paths: { without: "without the balancer", with: "through the balancer" },
  pace: (sizes: string, rows: { readonly fitting: number; readonly all: number } | null) =>
    `Pace: throughput × delay is the size of one request frame (${sizes})${rows === null ? "" : ` in ${rows.fitting} of ${rows.all} rows`}, so the paper's throughput, delay and jitter show how often the load generator sent requests and how the requests were shared, not how fast the network or the servers were.`,
  metricOf: (metric: string, backend: string) => `${metric} of ${backend}`,
  againstBaseline: (metric: string, baseline: string) => `${metric} against ${baseline}, without a balancer`,
  metric: {
    tooFewRuns: (minRuns: number) =>
      `no verdict, because it takes two methods with at least ${minRuns} runs each`,
    oneMethod: (method: string) => `measured for ${method} only, so there is nothing to compare`,
    noMethod: "no method",
    allEqual: (methods: string, value: string) => `every run of ${methods} has the same value, ${value}`,
    noPair: (methods: string, p: string) =>
      `${methods} do not all come from one distribution (Kruskal–Wallis ${p}), but the data name no pair that differs`,
    noDifference: (methods: string, p: string) =>
      `the data show no difference between ${methods} (Kruskal–Wallis ${p})`,
    supported: (differences: string) => `the data support that ${differences}`,
    open: (pairs: string, isFirst: boolean) => `${isFirst ? "the data" : "they"} do not tell apart ${pairs}`,
    higher: "is higher than",
    lower: "is lower than",
    medians: (a: string, b: string) => `medians ${a} and ${b}`,
    effects: {
      negligible: "negligible effect",
      small: "small effect",
      medium: "medium effect",
      large: "large effect",
    },
    morePairs: (count: number) => `${count} more pairs`,
    has: (method: string, runs: number) => `${method} has ${runs}`,
    leftOut: (minRuns: number) => `left out for fewer than ${minRuns} runs: `,
  },
  behaviour: {
    notChecked: (why: string) => `was not checked: ${why}`,
    noCounts: "no run counted the requests of every backend",
    oneBackend: "there is one backend only",
    leastConnection:
      "counts alone can't show it; when requests don't overlap, every backend is idle and least-connection rotates",
    noRule: "its name states no rule",
    rotates: "rotates: every run is in step",
    nearlyRotates: (inStep: number, runs: number) =>
      `rotates nearly: ${inStep} of ${runs} runs are in step, the others are still more even than chance, as when several worker processes each rotate by themselves`,
    doesNotRotate:
      "does not rotate: the counts differ more than rotation allows; check weights, failed backends and what else used them",
    offWeights: (requests: string) => `at most ${requests} requests off the weights`,
    differBy: (requests: string) =>
      requests === "0" ? "counts are equal" : `counts differ by at most ${requests}`,
    oneBackendOnly: (backend: string) =>
      `keeps to one backend: every request of every run went to ${backend}, as it must with one client`,
    severalBackends: (client: string, backends: number) =>
      `does not keep to one backend: the only client, ${client}, was sent to ${backends} of them`,
    severalClients:
      "several backends were used, which fits several clients and can't be told from the counts",
  },
  untitled: "Load-balancing methods compared",
};
