/** `--help` of `lbqos lab`, its commands, and `lbqos run`. */
export const helpLab = {
  after: `The lab is the study's testbed on this machine: client, NGINX balancer and three
Flask servers, each in a network namespace of its own on one bridge, with no route
out. It needs root, and leaves nothing behind.`,
  hosts: "Hosts:",
  examples: {
    check: "what is missing on this machine",
    study: "the whole study, then its report",
    up: "a lab to try things in",
  },
  commands: {
    check: "show what is missing on this machine, and the command that installs it",
    up: "build the lab, for trying things",
    run: "run the study's experiments, record them, report",
    status: "show the labs on this machine",
    exec: "run a command on a host of the lab, with its exit status",
    down: "remove a lab, or what a killed one left",
  },
  statusJson: "as one JSON document",
  host: "client, lb, fa, fb, fc or sw; an address or a title works too",
  command: "the command with its arguments",
  whichLab: "which lab, where there are several",
  allLabs: "every lab on this machine",
  labName: "what the lab is called",
  method: "how the balancer shares requests",
  testbed: {
    balancer: "the program that balances the load",
    keepalive: "the balancer keeps connections to the backends",
    workers: "nginx's worker processes, or HAProxy's threads",
    clients: "hosts that send requests, each in a network of its own",
    weight: "the balancer's weight of a backend",
    lossTo: "packets lost on the way to the backends, beyond nginx's capture",
    lossFrom: "packets lost on the way back, before nginx's capture",
    limitTo: "rate of the cables to the backends, as 10M",
    limitFrom: "rate of the cables from the backends",
    delayTo: "delay on the way to the backends",
    delayFrom: "delay on the way back",
    jitterTo: "up to so much more delay to the backends, frames in order",
    jitterFrom: "up to so much more delay on the way back",
    reorderTo: "up to so much more delay, by which frames overtake each other",
    reorderFrom: "the same on the way back",
    burstsTo: "packets lost in bursts of three in the mean, to the backends",
    burstsFrom: "the same on the way back",
    duplicatesTo: "packets that reach the backends twice",
    duplicatesFrom: "the same on the way back",
    ipv6: "all hosts talk IPv6 (not with httperf)",
    noTimestamps: "TCP without timestamps",
    noSack: "TCP without selective acknowledgements",
    offload: "hosts pass several segments in one frame, as real ones do",
    tls: "TLS in front of the balancer, behind it, or both",
    http2: "HTTP/2 in front of the balancer, behind it, or both",
    grpc: "gRPC on both sides",
    tlsVersion: "version of TLS",
  },
  upAfter: (
    backends: string,
  ) => `Faults of the network and weights are of all backends; BACKEND=VALUE is of one,
${backends}. The options can be repeated. Delays, jitter, reordering, bursts and
duplicates need a C compiler: a program of lbqos is the cable then.`,
  run: {
    out: "the experiment's folder",
    methods: (methods: string) => `of ${methods}`,
    runs: "runs of each method (direct: of each backend)",
    requests: "requests of each run",
    rate: "requests per second; several (100,300,1000): each method at each",
    order: "of the runs: interleaved in blocks, or at random",
    seed: "of a random order",
    calls: "requests on each connection",
    uri: "what is requested: /, /slow?s=0.02, /large?n=100000, /chunked, /fail, /sink; {n} is the request's number (node)",
    generator: "what sends the requests",
    connections: "connections of each client at a time (wrk, ab, python)",
    body: "POST that many bytes with each request (python, node)",
    at: "what happens to a backend, and when",
    taps: "keep the backends' captures: true loss, one-way delay, IPDV",
    clockOffset: "a backend's clock is wrong by that, in the tap that is kept",
    clockDrift: "parts per million that it gains",
    noReport: "write the manifest only",
    after: `Without options this is the study: four methods, ten runs each, 1000 requests at
1000 per second. Each run is recorded on the balancer (direct runs on the Flask
server), with the generator's output and the balancer's log beside it. Runs that
are in the folder already are kept, so the same command continues after an
interruption.

With --tls, --http2 or --grpc the clients are of Node.js (--generator node), and
so are the backends where Flask can't speak what is behind; they note down every
request (backends.jsonl). The keys' log lies beside each capture, where compare
reads it. gRPC's methods: /lab.Lab/Say, Slow, Many (five messages), Fail (status
14), Flaky (Many, and every third call fails).

At the end the folder has an experiment.yaml for "lbqos compare", and the report.

Faults of the network and weights are of all backends; BACKEND=VALUE is of one,
fa, fb, fc. The options can be repeated. Delays, jitter, reordering, bursts and
duplicates need a C compiler: a program of lbqos is the cable then. Where packets
are lost or servers fail on purpose, a second tap at each backend records the
truth: truth.json beside the capture.

--at SECONDS:BACKEND:WHAT, with WHAT one of stop, start, freeze, thaw,
slow=SECONDS, fail=STATUS and normal, happens that long after the load's start.`,
    examples: {
      study: "the whole study, in less than five minutes",
      clients: "ten clients, so that ip-hash spreads",
      lossy: "2 % loss both ways, one backend slow in the middle of each run",
      grid: "two methods at three rates: tables and lines over the rate",
      offload: "uploads over IPv6 with segmentation offload, loss, delay and jitter",
      protocols: "HTTP/2 in TLS in front, twenty requests on each connection",
      dryRun: "every command that would be run",
    },
  },
  ownTestbed: {
    experiment: "manifest, or the folder that it lies in",
    runs: "runs of each method, in place of the manifest's",
    dryRun: "print what would be done, and do nothing",
    manifestIntro: "The manifest says how a run is made, in shell commands of your own:",
    after: `For each run, prepare is run to its end, the capture is started, the load is run
to its end, and after settleSeconds (1) the capture is stopped and checked:
packets that the recorder dropped, requests that did not arrive (load: requests),
a command that failed. A run that failed is made again, up to attempts (3) times.
capture is a command that writes a capture to its output, or { interface: eth0,
filter: tcp } to record here. A method's own testbed takes precedence.

Commands find in their environment LBQOS_METHOD, LBQOS_RUN, LBQOS_BACKEND (where
a method records its backends one by one), LBQOS_ADDRESS (the balancer's, or the
backend's), and LBQOS_KEYS, a file for the log of TLS keys, which the load finds
as SSLKEYLOGFILE too: it is kept beside the capture, where compare reads it.
Of a factor they find the level: LBQOS_LOAD.

Captures lie where the method's captures say. Runs that are there already are
kept, so the same command continues after an interruption.`,
    exitStatus: "0 all runs are there, 1 a run keeps failing, 2 wrong usage.",
    examples: { dryRun: "what would be done", make: "do it, then compare" },
  },
};
