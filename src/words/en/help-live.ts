/** `lbqos live --help`. */
export const helpLive = {
  interface: "capture on it (repeatable); any: all of them",
  replay: "in place of interfaces: a saved capture, in its own time",
  peerCommand: "a command that captures at a backend meanwhile: measures the path to it",
  command: "in place of interfaces: a command that writes a capture to its output",
  speed: "replay this many times faster, or as fast as possible: max (default: 1)",
  engine: "what captures (default: the first of these that can)",
  captureFilter: "what to capture, as for tcpdump (default: what the pairs need)",
  snapLength: "bytes kept of each frame (default: all of them)",
  buffer: "the kernel's capture buffer, as in 64MiB (default: the engine's)",
  noPromiscuous: "only frames from and to this machine",
  duration: "stop after this time: 60s, 5m, 1h30m",
  requests: "stop after this many requests were answered or given up",
  write: "record to this file; compressed where it ends in .gz",
  rotateSize: "begin a new file after this much, uncompressed: 100M",
  rotateTime: "begin a new file after this time: 5m",
  experiment: "record a run of it where it expects the capture",
  method: "the run's method, one of the experiment's",
  run: "the run's number in its method",
  level: "where the experiment has factors, the run's level of one (repeatable): load=300",
  force: "replace a recording that is there already",
  http: "serve a live page, and /metrics for Prometheus, as on 127.0.0.1:8080",
  token: "what visitors of the page must know (default: $LBQOS_TOKEN)",
  stay: "serve the page on after the capture's end, until Ctrl-C",
  every: "how often the view is refreshed (default: 1s in a terminal, else 10s)",
  quiet: "no view; nothing on standard error but errors",
  after: `Ctrl-C (or kill) ends the capture properly: what the engine still holds is recorded
and analyzed, then the same report as "lbqos analyze" is printed. A second Ctrl-C
ends at once; even then the recording is complete, as far as it was written.

Engines: dumpcap (of wireshark-common) and tcpdump record with the kernel's
timestamps; cap (the optional package) stamps frames when this process sees them, so
its jitter and its shortest times are those of the process. Capturing requires root,
or for dumpcap membership of the group wireshark. dumpcap writes pcapng, the others
pcap, whatever the recording is called.

The view stands on standard error where that is a terminal; elsewhere a plain line
is printed there every 10 seconds. Columns that don't fit are left out: first
Mbps →, RTT, TTFB p99, in flight, Mbps ←, TTFB p50, the last seconds, loss, no
answer, TTFB p95.`,
  exitStatus: `0 ended by Ctrl-C, --duration, --requests or the replay's end; 1 it
could not be captured or recorded, or no TCP packet was seen; 2 wrong usage;
130, 143, 129 ended at once by a second signal.`,
  examples: {
    replay: "a saved capture as if it happened now, twenty times as fast",
    testbed: "the study's testbed, recorded, with a live page and metrics, for a minute",
    experiment: "the third run of a method, recorded where the experiment expects it",
    rotated: "every pair on every interface, a new file every five minutes",
    peer: "delay, loss and jitter on the way to a backend and back",
    command: "a balancer elsewhere, on which lbqos is not installed",
    json: "the final figures of a replay as JSON",
  },
};
