/** The comments of an experiment.yaml that lbqos writes; each line of it becomes one of the file's. */
import { joinedList } from "../joined-list.ts";

export const manifest = {
  head: 'An experiment of lbqos: "lbqos compare" reads this file.',
  title: "Title of the reports.",
  language: (codes: readonly string[]) => `Language of the reports: ${joinedList(codes, "or")}.`,
  balancer:
    "Address from which the balancer sends requests to the backends. Without it, pairs are discovered in the captures.",
  backends: "Backend servers, in the order of the reports. port is optional; weight is for weighted methods.",
  selections:
    "In place of pairs: frames of any protocol by Wireshark's display filters. They stand where backends would.",
  rtp: "UDP ports with RTP for selections, and the rate of their timestamps in Hz.",
  factors:
    "What is varied besides the method. Captures say theirs: { files: rr-300-*.pcapng, levels: { load: 300 } }.",
  methods: (
    algorithms: readonly string[],
  ) => `Methods, in the order of the reports, and their captures: every file that fits a pattern is one run.
Patterns: * any characters in a name, ? one of them, ** any folders. { files, run } makes several files one
run; { files, backend } says which backend direct captures are about. algorithm
(${algorithms.join(", ")}) is taken from the name where it is not given.`,
  generator: `The load generator's report of each run (httperf, ab, wrk, siege, h2load, autocannon, k6, JMeter's JTL, Locust's CSV).
{file} stands for the run's capture, beside which "lbqos run" keeps what the load printed, {folder} for its folder.`,
  results: "Results tables (CSV) whose methods join the experiment without captures.",
  load: "What the load generator was told to send in each run.",
  bandwidth: "Bandwidth of the link, for categories that rate throughput as a share of it.",
  profile: "Category profile: tiphon (throughput in % of the bandwidth), tiphon-kbps, or one of your own.",
  primary:
    "The metric that decides between methods, over all backends. Every other difference is exploratory.",
  design:
    "Whether run 1 of every method belongs together, run 2, …: blocks or independent. Absent: by the captures' times.",
  taps: `Captures that were recorded at the backends during each run: loss, one-way delay and IPDV are then measured. {capture}
stands for the run's own capture without its ending. clocks: synchronous where all taps have one clock.`,
  statistics: (tests: readonly string[]) =>
    `Tests by name, beside lbqos's own, of the metric that decides; tost needs a margin:\n${tests.join(", ")}.`,
  margin: "Differences below this don't matter: percent of the larger median; points of losses, failures.",
  testbed: `How "lbqos run" makes the runs on machines of your own: shell commands, which find the run in LBQOS_METHOD,
LBQOS_RUN, LBQOS_BACKEND and LBQOS_ADDRESS (where requests go). capture may be a command that writes a capture to
its output, as ssh balancer tcpdump -U -w - -i eth0 tcp. A method's own testbed takes precedence.`,
  notes: "Printed in the report as it stands.",
  notesExample: "Virtual machines on one host, no other traffic.",
};
