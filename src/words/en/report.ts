/** The report on one run. */
import { counted, grammar } from "./grammar.ts";
import { profileSources } from "./profile-sources.ts";

/** What the sentence under the title counts. */
export interface SummaryFacts {
  readonly packets: string;
  readonly seconds: string | null;
  readonly requests: string;
  /** Of clients, without what the balancer made of them; otherwise all that the capture holds. */
  readonly areOfClients: boolean;
  /** Of clients' requests those that failed; of all requests those without an answer. */
  readonly failures: string;
  readonly warnings: number;
}

/** What the first sentence judges by. */
export interface VerdictFacts {
  readonly findings: number;
  readonly requests: string;
  /** `null`: none. */
  readonly failed: string | null;
  /** 95th percentile of the time to first byte. */
  readonly p95Ms: string | null;
}

export const report = {
  numberStyle: grammar.numberStyle,
  notMeasured: "not measured",
  title: (files: string) => `Quality of service: ${files}`,
  moreFiles: (count: string) => `and ${count} more`,
  summary: ({ packets, seconds, requests, areOfClients, failures, warnings }: SummaryFacts) =>
    `${counted(packets, "packet")}${seconds === null ? "" : ` in ${seconds} s`}, ${
      areOfClients
        ? `${counted(requests, "client request")}, ${failures} failed`
        : `${counted(requests, "HTTP request")}, ${failures} unanswered`
    }.${warnings === 0 ? "" : ` ${counted(warnings, "warning")} at the end.`}`,
  overview: {
    verdict: ({ findings, requests, failed, p95Ms }: VerdictFacts) =>
      [
        findings === 0 && failed === null ? "Nothing stands out: all " : failed === null ? "All " : "",
        failed === null
          ? `${counted(requests, "request")} were answered`
          : `${failed} of ${counted(requests, "request")} failed`,
        p95Ms === null ? "" : `, 95 % got their first byte within ${p95Ms} ms`,
        findings === 0 ? "." : `. ${counted(findings, "finding")}, the worst first:`,
      ].join(""),
    shownBy: (filter: string) => `Wireshark shows it by ${filter}`,
    moreFindings: (count: string) => `${count} more`,
    servers: "Requests by server",
    server: "Server",
    clients: "Clients",
    failed: "Failed",
    timeToLastByte: "TTLB p95",
    loss: "Loss",
    warning: (first: string, more: string | null) =>
      `Warning: ${first} ${more === null ? "--full says what to do." : `--full has ${more} more, and what to do.`}`,
    /** Servers whose connections are not plain HTTP/1 alone. */
    connections: (named: string, more: string | null) =>
      `Connections: ${named}${more === null ? "" : `; ${more} more servers`}.`,
    readOn: [
      "--full prints every table, with the papers' metrics and their categories.",
      "lbqos exchanges CAPTURE --slowest 20 finds the slowest requests.",
    ],
  },
  moreWarnings: (count: string) => `${count} more like this; --json lists them all.`,
  otherReasons: "for other reasons",
  allClients: (server: string) => `all clients → ${server}`,
  otherPairs: (count: string) => `Others (${count})`,
  pairsShown: (shown: string, all: string) =>
    `Showing the ${shown} busiest of ${all} pairs; --csv, --json and --markdown list them all.`,
  total: "Total",
  units: { seconds: "s", bytes: "bytes", perSecond: "/s" },
  headings: {
    findings: "What stands out, with its evidence",
    paper: "The paper's metrics: what Wireshark users report",
    network: "What the network and HTTP really did",
    capture: "The whole capture",
    warnings: "Warnings",
  },
  tables: {
    paper: "Throughput, packet loss, delay, jitter",
    basis: "What they are computed from",
    times: "Round-trip and response times",
    waiting: "Until connected, and until the last byte",
    answers: "Requests and their answers",
    share: "Share of requests per backend",
    receivers: "Receivers by MAC or outer address",
    loss: "Loss by place",
    traffic: "Traffic",
    connections: "Connections",
    http2: "HTTP/2",
    grpc: "gRPC by method",
    protocols: "What connections speak",
    capture: "Files and packets",
    wireshark: "TCP as Wireshark 4.0 counts it",
  },
  columns: {
    pair: "Pair",
    throughput: "Throughput",
    packetLoss: "Packet loss",
    delay: "Delay",
    jitter: "Jitter",
    index: "Index",
    frames: "HTTP frames",
    bytes: "Bytes",
    duration: "Duration",
    lostPackets: "Lost packets",
    requests: "Requests",
    signedJitter: "Signed jitter",
    from: "From",
    to: "To",
    share: "Share",
    receiver: "Receiver",
    shareOfSource: "Share of its source",
    responses: "Responses",
    unanswered: "Unanswered",
    aborted: "Aborted",
    malformed: "Malformed",
    running: "Still running",
    requestRate: "Rate",
    direction: "Direction",
    segments: "Segments recorded",
    beyondTap: "beyond tap",
    beforeTap: "before tap",
    lossPercent: "of sent",
    lossRange: "range",
    pureAcks: "pure ACKs",
    captureDrops: "Capture drops",
    resent: "Resent",
    packets: "Packets",
    wireBytes: "Bytes",
    wireThroughput: "Throughput",
    goodput: "Goodput",
    connections: "Connections",
    resets: "Resets",
    failedHandshakes: "Failed handshakes",
    zeroWindows: "Zero windows",
    longest: "max",
    waited: "Waited",
    calls: "Calls",
    failed: "Failed",
    sent: "in requests",
    received: "in responses",
    otherMethods: "other methods",
  },
  groups: {
    handshakeRtt: "Handshake RTT",
    rtt: "RTT to backend",
    timeToFirstByte: "Time to first byte",
    connectTime: "Connect time",
    timeToLastByte: "Time to last byte",
    statuses: "Status",
    lost: "Lost",
    stall: "Waits for WINDOW_UPDATE",
    pingRtt: "PING",
    messages: "Messages",
    firstMessage: "Until the first message",
    lastMessage: "Until the last message",
  },
  protocolNames: {
    http1: "HTTP/1",
    http2: "HTTP/2",
    grpc: "gRPC",
    webSocket: "WebSocket",
    tls: "TLS",
    tlsDecrypted: "TLS read",
    other: "other",
  },
  directions: { toBackend: "→ backend", fromBackend: "← backend" },
  sentences: {
    delay:
      "The paper's \"delay\" is the time between successive request frames: the load generator's pace sets it, not the network. For network and server times, see the next section.",
    signedJitter:
      "Signed jitter is the spreadsheet form without the absolute value, (last gap − first gap) / n: it reproduces old tables and measures almost nothing.",
    lossPlaces:
      "Lost beyond the tap (where this was recorded): recorded, but never reached the receiver. Lost before the tap: sent, never recorded, seen as a hole that was repaired. Pure ACKs: lost before the tap as well, as gaps in the sender's IP IDs tell; they are not among the segments. Capture drops: missed by the recorder only, the network delivered them.",
    wireshark: "These kinds overlap: never add them up.",
    noPairs: "No pair of a client and an HTTP server was found.",
    noWarnings: "None.",
  },
  ratedBy: (profile: string, source: string | null) =>
    `Rated by profile "${profile}"${source === null ? "" : `: ${source}`}. Index: mean of the rated metrics, 4 is best.`,
  throughputNotRated: "Throughput is rated only when the link's bandwidth is given (--bandwidth).",
  facts: {
    files: "Files",
    format: "Format",
    start: "First packet",
    duration: "Duration",
    packets: "Packets",
    bytes: "On the wire",
    tcpPackets: "TCP packets",
    skipped: "Skipped",
    duplicateFrames: "Recorded twice",
    recorderDrops: "Dropped by the recorder",
    connections: "Connections",
    exchanges: "HTTP exchanges",
  },
  wireshark: {
    retransmissions: "Retransmissions",
    fastRetransmissions: "Fast retransmissions",
    spuriousRetransmissions: "Spurious retransmissions",
    outOfOrder: "Out of order",
    lostSegments: "Previous segment not captured",
    ackedUnseenSegments: "ACKed unseen segment",
    duplicateAcks: "Duplicate ACKs",
    zeroWindows: "Zero windows",
  },
  reasons: {
    twoFrames: "needs at least 2 HTTP frames",
    threeFrames: "needs at least 3 HTTP frames",
    noPackets: "no packet in this direction",
    notRated: "no metric could be rated",
    noHandshake: "no complete handshake in the capture",
    noRtt: "no data with its ACK in the capture",
    noStall: "no stream waited for WINDOW_UPDATE",
    noPing: "no PING with its acknowledgement in the capture",
    noMessage: "no message in a response",
    onlyAnsweredRtt: "every ACK came with the answer, after the server's time",
    answersElsewhere: "the answers do not pass here",
    noExchange: "no request with its response in the capture",
    tooFewSamples: "too few samples",
    noSegments: "no segment in this direction",
    noAckIds: "the sender's IP IDs don't count its packets, or it sent fewer than 8 pure ACKs per connection",
    noSpan: "needs packets at two different times",
    noRequests: "no requests",
    noFrames: "no packets",
    recorderSilent: "the files do not say",
  },
  /** Of indices, the worst first. */
  categories: ["bad", "poor", "fair", "good", "excellent"],
  /** Of the mean of several indices. */
  metricsRated: (rated: number, all: number) => `${rated} of ${all}`,
  requestsFailed: (failed: number, requests: number) => `${failed} of ${requests} requests failed`,
  satisfaction: {
    poor: "poor",
    less: "less satisfying",
    satisfying: "satisfying",
    very: "very satisfying",
  },
  profileSources,
  balancer: {
    heading: "The balancer: both of its sides",
    served: "How client requests were served",
    twoAddresses: (asked: string, from: string) => `${asked}, backends asked from ${from}`,
    clientExchanges: "Client exchanges",
    matched: "Answered by a backend",
    uncertain: "Could also be another's",
    retried: "Tried at several backends",
    answeredItself: "Answered by the balancer itself",
    unfinished: "Without a complete response",
    upstreamOnly: "Backend exchanges without a client",
    added: "What the balancer added",
    addedToFirstByte: "To the first byte",
    addedToLastByte: "To the last byte",
    allBackends: "All backends",
    matchedExchanges: "Exchanges",
    explanation:
      "Added: the time at the client's side minus the time at the backend's, connecting to the backend included, earlier attempts not.",
    states: "Backends that were slow, failing or silent",
    state: "State",
    from: "From",
    to: "To",
    reason: "Reason",
    stateNames: { up: "up", slow: "slow", failing: "failing", silent: "silent" },
    reasons: { refused: "refused", unanswered: "no answer", reset: "reset", "5xx": "status 5xx" },
    moreStates: (count: string) => `${count} more times are in --json.`,
  },
  tls: {
    heading: "TLS",
    connections: "TLS connections",
    agreed: "What was agreed on",
    times: "Handshake times",
    all: "Connections",
    decrypted: "Decrypted",
    handshakes: "Handshakes",
    resumed: "Resumed",
    earlyData: "0-RTT offered",
    withoutStart: "Without start",
    lostRecords: "Records not read",
    what: "What",
    names: "How often",
    kinds: {
      versions: "Version",
      cipherSuites: "Cipher suite",
      serverNames: "Server name (SNI)",
      alpn: "Protocol inside (ALPN)",
      alerts: "Alerts",
      failedHandshakes: "Failed handshakes",
    },
    stages: {
      connectTimeMs: "TCP connect",
      serverHelloMs: "To ServerHello",
      finishedMs: "To Finished",
      firstDataMs: "To first data",
      timeToFirstByteEstimateMs: "TTFB, estimate",
    },
    explanation:
      "TCP connect: SYN to SYN/ACK. The others count from the ClientHello; Finished is that of the side that finishes last. Without keys, TLS 1.3 shows no protocol inside, and Finished is the client's first encrypted record. TTFB, estimate: of HTTP/1.1 that was not decrypted, from the last record of a request to the first of its answer.",
  },
  /** The HTML page around the report. */
  /** Labels of captions, as Word has them. */
  word: { table: "Table", figure: "Figure" },
  html: {
    contents: "Contents",
    data: "The chart's data (CSV)",
    sortBy: "Sort by",
    madeBy: "Made by lbqos from the captures and tables listed above.",
  },
};
