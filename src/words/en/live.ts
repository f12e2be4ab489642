/** The live view in the terminal, and what the final report says about the capture. */
/** A header in two lines, one below the other. */
export type TwoLines = readonly [above: string, below: string];

const lines = (above: string, below: string): TwoLines => [above, below];

export const live = {
  headers: {
    pair: lines("", "Pair"),
    state: lines("", "State"),
    requestRate: lines("Requests", "/s"),
    toBackendMbps: lines("Mbps", "→"),
    fromBackendMbps: lines("Mbps", "←"),
    loss: lines("Loss", "%"),
    rtt: lines("RTT", "p50 ms"),
    firstByteP50: lines("TTFB", "p50 ms"),
    firstByteP95: lines("TTFB", "p95 ms"),
    firstByteP99: lines("TTFB", "p99 ms"),
    inFlight: lines("In", "flight"),
    unanswered: lines("No", "answer"),
  },
  lastSeconds: (seconds: number): TwoLines => ["Last", `${seconds} s`],
  states: { up: "UP", slow: "SLOW", failing: "FAILING", down: "DOWN", unknown: "–" },
  reasons: {
    refused: "connections refused",
    unanswered: "no answer",
    reset: "connections reset",
    "5xx": "5xx responses",
  },
  total: "Total",
  waiting: "waiting for the first packet",
  ended: "ended",
  noPairs: "No client has sent a request to an HTTP server yet.",
  morePairs: (count: string) => `and ${count} more`,
  moreChanges: (count: string) => `and ${count} more state changes`,
  timestamps: {
    kernel: "kernel timestamps",
    process: "process timestamps",
    recorded: "recorded timestamps",
  },
  requests: (count: string, perSecond: string | null) =>
    `${count} requests${perSecond === null ? "" : `, ${perSecond}/s`}`,
  packets: (count: string) => `${count} packets`,
  dropped: (count: string) => `${count} dropped`,
  dropsUnknown: "drops unknown",
  skipped: (count: string) => `${count} skipped`,
  run: (method: string, run: string) => `${method} run ${run}`,
  files: (name: string, count: string) => `${name} (${count} files)`,
  /** The path to a peer's tap. */
  path: {
    looking: "Path: looking for packets that both taps have",
    there: "To the peer",
    back: "From the peer",
    counts: (way: string, sent: string, lost: string, percent: string | null) =>
      `${way}: ${sent} packets, ${lost} lost${percent === null ? "" : ` (${percent} %)`}`,
    delays: (mean: string, p95: string, max: string, jitter: string | null) =>
      `last 10 s: delay ${mean} ms (p95 ${p95}, max ${max})${jitter === null ? "" : `, jitter ${jitter} ms`}`,
    clocks: (bound: string | null, drift: string | null) =>
      `Clocks: ${bound === null ? "packets go one way, so delays count from the fastest" : `delays ± ${bound} ms`}${drift === null ? "" : `, drift ${drift} ppm`}`,
    synchronous: "Clocks: synchronous, as you say",
  },
  stop: "Ctrl-C stops and prints the report",
  heading: "How it was captured",
  facts: {
    title: "Capture",
    method: "Method",
    run: "Run",
    engine: "Engine",
    timestamps: "Timestamps",
    interfaces: "Interfaces",
    duration: "Time captured",
    dropped: "Frames dropped",
    skipped: "Frames skipped",
    recording: "Recording",
    endedBy: "Ended",
    failure: "Failure",
    path: "Path to the peer",
    unknown: "unknown",
  },
  endings: {
    stop: "when it was stopped",
    duration: "after the requested time",
    requests: "after the requested number of requests",
    engine: "with its engine",
    recording: "because the recording could not continue",
  },
  interfaces: {
    title: "Interfaces",
    columns: ["Name", "State", "What it is", "Addresses"],
    states: { up: "up", down: "down" },
    kinds: {
      ethernet: "network card",
      wireless: "wireless",
      loopback: "loopback: traffic of this machine with itself",
      bridge: "bridge",
      bond: "bond of several cards",
      vlan: "VLAN",
      tunnel: "tunnel",
      virtual: "virtual",
      all: "all interfaces at once",
      unknown: "",
    },
    obstacle: "can't be captured on",
  },
};
