import { counted } from "./grammar.ts";

/** The findings of a comparison: sentences from names, numbers as text, and parts of sentences. */
export const findings = {
  failures: (list: string) =>
    `Requests failed with ${list}: no whole answer, or one with status 5xx. No other figure makes up for that.`,
  failedOf: (method: string, failed: string, requests: string) => `${method} (${failed} of ${requests})`,
  troubledRuns: (troubled: number, runs: number, list: string, heading: string) =>
    `Something went wrong in ${troubled} of ${counted(runs, "run")}: ${list}. The figures below contain it; what it was stands under "${heading}".`,
  troubledOf: (method: string, count: number, runs: string) =>
    `${method} (${count === 1 ? "run" : "runs"} ${runs})`,
  /** What the primary metric's times are taken over. */
  pooling: {
    clients: "over all requests, as clients waited",
    backends: "over all requests, as the balancer waited",
    means: "mean over the backends",
    selections: "mean over the selections",
  },
  decides: (metric: string, pooling: string) => `${metric}, ${pooling}`,
  noConclusion: (methods: string, metric: string, minRuns: number) =>
    `No conclusion on ${methods}: ${metric}, which decides, was not measured in at least ${minRuns} runs of two methods each. The tables show what was measured.`,
  allEqual: (methods: string, value: string) => `every run of ${methods} has the same value, ${value}`,
  tooFewRuns: (runs: number, methods: number, p: string, pairs: number, needed: number) =>
    `no difference could have been shown, however clear: with ${runs} runs of each of ${methods} methods, the smallest possible p is ${p} after Holm's correction for ${counted(pairs, "pair")}; it takes ${needed} runs of each`,
  tooManyTies: (p: string, pairs: number) =>
    `no difference could have been shown, however clear: so many runs have equal values that the smallest possible p is ${p} after Holm's correction for ${counted(pairs, "pair")}; it takes more runs, or values with more digits`,
  best: (method: string) => `${method} is best`,
  is: (method: string) => `${method} is `,
  higher: (other: string) => `higher than ${other}`,
  lower: (other: string) => `lower than ${other}`,
  by: (amount: string) => `by ${amount}`,
  bySmall: (amount: string, limit: string) => `by ${amount}, less than the ${limit} that would matter`,
  butFails: ", but more of its requests failed, which makes it no better",
  alsoFails: (share: string) => `, though ${share} of its requests failed`,
  /** The first paragraph: size, certainty, and what would decide. */
  verdict: {
    failing: (method: string, share: string) => `${method} (${share} of its requests failed)`,
    two: (metric: string, a: string, ratio: string, b: string, values: string) =>
      `${metric}: that of ${a} is ${ratio} that of ${b}, ${values}`,
    half: "half",
    double: "twice",
    equal: "equal to",
    lower: (percent: string) => `${percent} below`,
    higher: (percent: string) => `${percent} above`,
    against: (a: string, b: string) => `${a} against ${b}`,
    medians: (runs: string) => (runs === "1" ? "one run each" : `medians of ${runs} runs each`),
    lead: (metric: string, leader: string, value: string, isLower: boolean) =>
      `${metric}: ${leader} has the ${isLower ? "lowest" : "highest"}, ${value}`,
    certain: (p: string) => `The runs show it (${p})`,
    small: (limit: string) => `, but less than the ${limit} that would matter`,
    same: (limit: string) => `They are the same to within ${limit}`,
    opposite: (better: string, worse: string, isLower: boolean, amount: string, p: string) =>
      `Yet the runs show ${better} to be ${isLower ? "lower" : "higher"} than ${worse}, by ${amount} (${p}), whatever the medians say`,
    oppositeOf: (methods: string, isLower: boolean) =>
      `yet the runs show ${methods} to be ${isLower ? "lower" : "higher"}, whatever the medians say`,
    certainOf: (methods: string) => `The runs show its lead over ${methods}`,
    openOf: (methods: string) => `it is not certain over ${methods}`,
    sameOf: (methods: string, limit: string) => `${methods} do the same to within ${limit}`,
    open: (runs: string, p: string) => `With ${runs} runs of each that is not certain (${p})`,
    others: (methods: string) => `The others: ${methods}`,
    untested: (runs: string) => `With ${counted(runs, "run")} of each nothing is certain`,
    repeat: (runs: string) => `repeat with ${runs} runs of each`,
    tooSmall: "so small a difference takes more than 1000 runs of each to show",
    noBetter: "More of its requests failed, which makes it no better",
  },
  same: (a: string, b: string, limit: string, shift: string) =>
    `${a} and ${b} are the same to within ${limit} (${shift})`,
  open: (a: string, b: string, shift: string) => `the data do not tell ${a} and ${b} apart (${shift})`,
  difference: (amount: string) => `difference ${amount}`,
  interval: (low: string, high: string) => `95 % interval ${low} to ${high}`,
  points: (number: string) => `${number} percentage points`,
  detectable: (amount: string, percent: string | null) =>
    `A difference of ${amount}${percent === null ? "" : ` (${percent})`} would have been found in four of five such experiments`,
  runsForMargin: (limit: string, runs: string | null) =>
    runs === null
      ? `one of ${limit} takes more than 1000 runs of each method`
      : `one of ${limit} takes ${runs} runs of each method`,
  morePairs: (count: number) => counted(count, "more pair"),
  more: (count: number) => `${count} more`,
  noLead: (all: string, isOfSelections: boolean) =>
    `Exploratory: of ${all} other comparisons (metrics, ${isOfSelections ? "selections" : "backends"}, pairs of methods; corrected together), none stands out.`,
  leads: (all: string, list: string) =>
    `Exploratory, leads for another experiment and no conclusions; of ${all} other comparisons, corrected together, these stand out: ${list}.`,
  paths: { without: "without the balancer", with: "through the balancer" },
  pace: (sizes: string, rows: { readonly fitting: number; readonly all: number } | null) =>
    `Pace: throughput × delay is the size of one request frame (${sizes})${rows === null ? "" : ` in ${rows.fitting} of ${rows.all} rows`}, so the paper's throughput, delay and jitter show how often the load generator sent requests and how the requests were shared, not how fast the network or the servers were.`,
  metricOf: (metric: string, backend: string) => `${metric} of ${backend}`,
  behaviour: {
    notChecked: (why: string) => `was not checked: ${why}`,
    noCounts: "no run counted the requests of every backend",
    oneBackend: "there is one backend only",
    leastConnection:
      "hardly any choice was made while backends had unequal numbers of open requests, or captures are missing; counts alone can't show it",
    leastLoaded: "sends requests to a least loaded backend",
    mostlyLeastLoaded: "mostly sends requests to a least loaded backend",
    notLeastLoaded: "does not send requests to a least loaded backend",
    ofChoices: (percent: string, choices: string, chance: string) =>
      `${percent} % of the ${choices} choices made while backends had unequal numbers of open requests; blind ones would do so in ${chance} %`,
    noRule: "its name states no rule",
    rotates: "rotates: every run is in step",
    nearlyRotates: (inStep: number, runs: number) =>
      `rotates nearly: ${inStep} of ${runs} runs are in step, the others are still more even than chance, as when several worker processes each rotate by themselves`,
    doesNotRotate:
      "does not rotate: the counts differ more than rotation allows; check weights, failed backends and what else used them",
    offWeights: (requests: string) =>
      requests === "0" ? "counts are as the weights say" : `at most ${requests} requests off the weights`,
    differBy: (requests: string) =>
      requests === "0" ? "counts are equal" : `counts differ by at most ${requests}`,
    oneBackendOnly: (backend: string) =>
      `keeps to one backend: every request of every run went to ${backend}, as it must with one client`,
    severalBackends: (client: string, backends: number) =>
      `does not keep to one backend: the only client, ${client}, was sent to ${backends} of them`,
    clientsStay: (clients: string) =>
      `keeps clients to their backends: each of ${clients} addresses was sent to one in every run`,
    clientsMove: (moving: string, clients: string) =>
      `does not keep clients to their backends: ${moving} of ${clients} addresses were sent to several in one run`,
    severalClients:
      "several backends were used, which fits several clients and can't be told from the counts",
  },
  untitled: "Load-balancing methods compared",
};
