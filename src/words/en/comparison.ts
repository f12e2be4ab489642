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
  /** Of a summary, which has no room for them. */
  warningsInReport: (warnings: number) =>
    `The whole report has ${counted(warnings, "warning")}: read ${warnings === 1 ? "it" : "them"} before you quote a figure.`,
  headings: {
    levels: (factor: string) => `Methods over ${factor}`,
    findings: "Findings",
    summary: "Methods compared",
    categories: "Categories",
    baseline: "Without and with the balancer",
    shares: "Share of requests",
    statistics: "Tests between methods",
    errors: "Errors, and what went wrong",
    runs: "Run by run",
    overTime: "Over the time of a run",
    definitions: "Methods and definitions",
  },
  tables: {
    overLevels: (metric: string, factor: string) => `${metric}, by method and ${factor}`,
    group: {
      pace: "The load generator's pace",
      network: "The network",
      server: "The server",
      generator: "The load generator's own figures",
    },
    answers: "What became of the requests",
    byBackend: "The paper's metrics by method and backend",
    categories: "Categories and index of the means",
    baseline: "Without and with the balancer, over all backends",
    baselineByBackend: "Without and with the balancer, backend by backend",
    shares: "Share of all requests",
    shareOf: (method: string) => `${method}: requests per backend`,
    primary: "What decides: the primary metric",
    exploratory: "Exploratory: all other metrics, over all backends",
    overall: {
      "kruskal-wallis": "Do the methods differ at all? (Kruskal–Wallis)",
      friedman: "Do the methods differ at all? (Friedman)",
    },
    runsOf: (method: string, backend: string) => `${method}, ${backend}`,
    definitions: "What each metric means",
    sources: "Where each run comes from",
  },
  verdictTable: {
    title: (metric: string) => `What decides: ${metric}`,
    group: "Of the runs",
    min: "Min",
    median: "Median",
    max: "Max",
    failed: "Failed",
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
    shift: "Shift A − B",
    verdict: "Result",
    category: "category",
    unit: "Unit",
    definition: "Definition",
    captures: "Captures, or table and line",
    retried: "Retried",
  },
  troubledRun: (method: string, run: number, findings: string) => `${method}, run ${run}: ${findings}`,
  allBackends: "all backends",
  mean: "Mean",
  all: "All runs",
  behaviours: {
    "as-named": "yes",
    nearly: "nearly",
    "not-as-named": "no",
    "not-checkable": "not checked",
  },
  verdicts: {
    differs: "differs",
    small: "differs, too little to matter",
    same: "the same",
    open: "not told apart",
  },
  sentences: {
    intervals:
      "Means over the runs with their 95 % confidence interval in brackets (Student's t; of what can't be negative, on the scale of logarithms); without brackets there are fewer than three runs, or all have one value.",
    overBackends: {
      clients:
        "Each run counts once. Times and failures are those of all its requests, as clients sent them to the balancer; what the network lost and its round trips, those of all requests to the backends. Throughput, goodput and requests are summed over the backends; packet loss, delay and jitter are means over the backends, weighted with their requests.",
      backends:
        "Each run counts once. Times, failures, losses and round trips are those of all its requests, as the balancer sent them to the backends. Throughput, goodput and requests are summed over the backends; packet loss, delay and jitter are means over the backends, weighted with their requests.",
      means:
        "Each run counts once. Throughput, goodput and requests are summed over the backends; everything else is the mean of the backends' own figures, weighted with their requests where these are known. A mean of medians is no median: how long slow requests took shows in captures only.",
    },
    pace: "These show how often the load generator sent requests and how the requests were shared, not how fast the network or the servers were.",
    generator:
      "What the load generator says, from where clients wait: connecting and the balancer included, and its own lateness. Compare it with the times from the captures above.",
    network: "What happened between balancer and backend.",
    server: {
      clients: "How requests were answered, as clients of the balancer saw it.",
      backends: "How the backends answered the requests, as seen from the balancer.",
      means: "How the backends answered the requests, as seen from the balancer.",
    },
    baseline:
      "The difference is the shift of the runs with the balancer against those without (Hodges and Lehmann) with its 95 % interval; the ratio is that of the means.",
    jain: "Jain's fairness index: 1 when every backend got its due share, 1/n when one of n got everything.",
    primary: (metric: string) =>
      `The primary metric, ${metric}, was chosen before anything was measured, and alone decides: its pairs of methods are corrected for one another (Holm), so with methods that don't differ at most one report in twenty concludes that some do.`,
    design: {
      blocks: "The runs are blocks, as the manifest says: run 1 is held against run 1, run 2 against run 2.",
      independent: "The runs are independent, as the manifest says.",
      interleaved:
        "The runs were interleaved, so they are blocks: run 1 is held against run 1, run 2 against run 2. What drifts from block to block does not count.",
      "too-few-blocks":
        "The runs were interleaved, but so few blocks could show nothing; they are taken as independent, which errs on the safe side.",
      "one-after-another":
        "All runs of one method were made, then all of the next: whatever else changed meanwhile looks like a difference between methods.",
      unknown: "The runs are taken as independent.",
    },
    margin: (percent: string, points: string) =>
      `Differences below ${percent} % (of losses and failures, ${points} percentage points) don't matter.`,
    tests:
      "The shift is A − B (Hodges and Lehmann) with its 95 % interval. Exploratory comparisons, those of single backends included (comparison.json has them), are corrected together; what differs there is a lead for another experiment.",
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
    trueLossToBackendPercent:
      "Packets that the run's tap recorded and the backend's did not, of those sent to the backend (RFC 7680), pure ACKs too. Over several backends: their mean, weighted with requests, as for all figures of two taps.",
    trueLossFromBackendPercent: "The same in the direction from the backend.",
    oneWayDelayToBackendMs:
      "From the run's tap to the backend's, packet by packet (RFC 7679); mean of the run. Wrong by the clocks' bound, unless they are synchronous.",
    oneWayDelayFromBackendMs:
      "The same in the direction from the backend: as much too long as the other is too short.",
    ipdvToBackendMs:
      "Mean difference, without sign, of the one-way delays of successive packets to the backend (RFC 3393), whatever the clocks.",
    ipdvFromBackendMs: "The same in the direction from the backend.",
    handshakeRttP50Ms: "SYN → SYN/ACK as seen at the tap; median of the run.",
    rttP50Ms:
      "Data to the backend → its ACK, if that carries no data; without retransmitted ranges (Karn's rule, RFC 6298); median of the run.",
    timeToFirstByteMeanMs:
      "Last byte of the request → first byte of the final response; mean of the run: all waiting, shared out.",
    timeToFirstByteP50Ms: "Last byte of the request → first byte of the final response; median of the run.",
    timeToFirstByteP95Ms:
      "Last byte of the request → first byte of the final response; 95 % of the run's exchanges were at least as fast.",
    timeToFirstByteP99Ms:
      "Last byte of the request → first byte of the final response; 99 % of the run's exchanges were at least as fast.",
    timeToFirstByteMaxMs:
      "Last byte of the request → first byte of the final response; the slowest of the run. Not tested: it grows with the number of requests.",
    timeToLastByteP50Ms: "Last byte of the request → last byte of the response; median of the run.",
    unansweredPercent: "Requests without a response, of all requests.",
    failedPercent: "Requests without a whole answer, or with status 5xx, of all requests.",
    availabilityPercent:
      "Of a method, the seconds in which at most 5 % of the requests failed or waited 3 s or more for the first byte, of those from the first to the last request; the requests are the clients' where no balancer is named and their side was captured, else those to the backends, retries among them. Of a backend, the time in which it was not out of service.",
    failoverSeconds:
      "From a backend's first failure (RFC 6414's failover event, as the tap sees it) until the balancer left it alone; the longest outage of the run. Outages in which it never did have none.",
    recoverySeconds:
      "From a backend's first failure until it served again; the longest outage of the run. Outages that outlast the capture have none.",
    generatorRequestsPerSecond: "Requests per second that the load generator reached, as it prints them.",
    generatorResponseMeanMs:
      "Mean response time as the load generator prints it: of httperf from the request to the last byte, of ab and wrk the whole request.",
    generatorResponseP50Ms: "Median of the same; tools that print none have none.",
    generatorResponseP95Ms: "95 % of its requests were at least as fast.",
    generatorResponseP99Ms: "99 % of its requests were at least as fast.",
    generatorFailedPercent: "Requests that the load generator counts as failed, of all of its requests.",
  },
  /** Tests that the manifest asks for by name. */
  named: {
    title: (metric: string) => `Tests by name: ${metric}`,
    test: "Test",
    about: "About",
    statistic: "Statistic",
    freedom: "df",
    estimate: "Difference or median",
    runs: "Runs needed",
    all: "all",
    tooManyRuns: "more than 1000",
    beside: (metric: string) =>
      `These are of ${metric}, over all backends; a run is one value. They stand beside the tests above, which alone decide.`,
    names: {
      "shapiro-wilk": "Shapiro–Wilk",
      "brown-forsythe": "Brown–Forsythe",
      anova: "ANOVA",
      "welch-anova": "Welch's ANOVA",
      tukey: "Tukey's HSD",
      "games-howell": "Games–Howell",
      "paired-t": "Paired t",
      wilcoxon: "Wilcoxon signed rank",
      tost: "Equivalence (TOST)",
      bootstrap: "Median, bootstrap",
      power: "Power",
    },
    when: {
      "shapiro-wilk":
        "whether the runs of a method may come from a normal distribution; p below 0.05 says no. With few runs it sees gross departures only.",
      "brown-forsythe":
        "whether the methods vary equally (Levene's test with medians); p below 0.05 says no, and then Welch's ANOVA and Games–Howell apply in place of ANOVA and Tukey.",
      anova: "whether any means differ; for normal values of equal spread, and independent runs.",
      "welch-anova": "the same for unequal spreads.",
      tukey:
        "all pairs of means, adjusted together; for normal values of equal spread, and independent runs. The interval is of 95 % for all pairs at once.",
      "games-howell": "the same for unequal spreads.",
      "paired-t":
        "run 1 against run 1, run 2 against run 2; for runs made in blocks whose differences are normal. Corrected by Holm.",
      wilcoxon:
        "the same where differences are not normal, but symmetric about their middle. Corrected by Holm.",
      tost: "p below 0.05: the means differ by less than the manifest's margin. Two one-sided Welch t tests; the interval is of 90 %. Corrected by Holm.",
      bootstrap:
        "the median of the runs with its 95 % interval (bias-corrected and accelerated, 2000 resamples, seed 1), without an assumption on the distribution; of fewer than ten runs it is too narrow.",
      power:
        "runs of each method with which a t test finds the difference that was seen in four of five experiments (noncentral t, two-sided, 5 %, one pair). It says nothing about this experiment.",
    },
  },
  truth: {
    title:
      "Loss, delay and jitter as papers compute them, and as two taps measured them (means of the runs with taps)",
    groups: {
      papers: "As papers compute it",
      toBackend: "In truth, to the backend",
      fromBackend: "In truth, from the backend",
    },
    papers: { lossPercent: "Packet loss", delayMs: "Delay", jitterMs: "Jitter" },
    figures: { lossPercent: "Packets lost", delayMs: "One-way delay", jitterMs: "IPDV" },
  },
  reasons: {
    noRun: "in any run",
    oneSide: "the captures show one side of the balancer",
    notInRun: "in this run",
    zeroBase: "the mean without the balancer is 0",
    noRequests: "no requests",
    noTraffic: "it received nothing in any run",
  },
};
