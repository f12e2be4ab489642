/** `--help` of lbqos and its commands. The commands in the examples stand with their arguments; here is what they do. */
import { joinedList } from "../joined-list.ts";

export const help = {
  description: "Measure the quality of service of load-balanced web servers from packet captures.",
  version: "print the version",
  helpCommand: "show what a command does",
  helpOption: "show this help",
  language: (codes: readonly string[]) =>
    `language of messages and reports: ${joinedList(codes, "or")} (default: LBQOS_LANG, or en)`,
  /** The parts of every help. */
  titles: {
    usage: "Usage:",
    arguments: "Arguments:",
    options: "Options:",
    commands: "Commands:",
    examples: "Examples:",
    exitStatus: "Exit status:",
  },
  choices: (choices: string) => `choices: ${choices}`,
  default: (value: string) => `default: ${value}`,
  commands: {
    analyze: "measure saved captures: one run, in one file or several",
    path: "match packets of two taps or more: one-way delay, loss, jitter, clocks",
    open: "analyze captures in a browser: the page, with some loaded",
    exchanges: "find HTTP exchanges: the slowest, those that failed, groups of them",
    compare: "compare methods over runs: tables, charts, statistics, a report",
    init: "write the experiment.yaml that a folder of captures suggests",
    audit: "find impossible values in a table of results or an experiment",
    live: "capture, or replay a capture, and measure while it runs",
    interfaces: "list the interfaces to capture on",
    grafana: "print dashboards and rules for what live measures",
    run: "make an experiment's runs on a testbed of your own",
    worker: "analyze captures that compare --queue puts into a queue",
    lab: "build the study's testbed on this machine, and run its experiments",
  },
  /** Options that several commands have. */
  shared: {
    quiet: "nothing on standard error but errors",
    full: "print every table, not just the first screen",
    json: "print everything as one JSON document",
    csv: "print one CSV record per pair",
    markdown: "print the report as Markdown",
    balancer: "address that the backends are asked from (repeatable: its other ones)",
    backend: "a backend, with a name for the report (repeatable)",
    tap: "part exchanges' times into network there, server, network back, by this capture from farther on their way, as a backend's (repeatable)",
    keys: "decrypt TLS with this key log (SSLKEYLOGFILE)",
    filter: "a pair as Wireshark's display filter (repeatable)",
    profile: (names: string, standard: string) =>
      `thresholds of the categories: ${names}, or a YAML or JSON file of your own (default: ${standard})`,
    bandwidth: "the link's, to rate throughput against: 100M, 1Gbit/s",
    charts: (formats: string) => `of ${formats}, or none`,
    width: (names: string) => `of the charts, in cm or one of ${names}`,
    dpi: "dots per inch of PNG charts",
    noTitles: "draw no titles and notes: a paper has captions of its own",
    jobs: "captures analyzed at the same time (default: one per processor)",
    noCache: "analyze every capture again, and keep no results",
    dryRun: "print every command, and do nothing",
    failIf: 'exit with 3 where this holds: "unansweredPercent > 1" (repeatable)',
    junit: "write what --fail-if finds as JUnit XML",
  },
  analyze: {
    captures: "pcap or pcapng, also .gz or .zst; several files are one run; - is standard input",
    exchanges: "write every HTTP exchange to a .csv, .jsonl, .har or .parquet file; - is standard output",
    out: "write report, charts and figures into this folder",
    filter: "frames, or a pair, as Wireshark's display filter (repeatable)",
    displayFilter: "the same as --filter, under tshark's name",
    readFile: "a capture, under tshark's name (repeatable)",
    by: "measure the busiest of a kind, whatever their protocol",
    rtp: "UDP port with RTP, for losses and jitter by RFC 3550: 5004, or with its clock rate, 5004=90000 (repeatable)",
    sent: "frames that were sent, for a loss by count: 30000, or NAME=30000 (repeatable)",
    threads: "threads to analyze with (default: 2 for large captures)",
    after: `A backend is NAME=ADDRESS, NAME=ADDRESS:PORT or NAME=[IPV6]:PORT; without a name
its address is its name. Without --balancer and --backend, every client and HTTP
server of the capture makes a pair, busiest first.

A filter selects frames as Wireshark's display filter does, of any protocol, and may
have a name: "Video=udp.port==5004". Fields, protocols and operators are those of
docs/filters.md; what else stands in it is refused. ip.src==A && ip.dst==B && http
measures the requests and answers of that pair, too.`,
    exitStatus:
      "0 analyzed, 1 the capture can't be read or nothing in it could be\nanalyzed, 2 wrong usage, 3 a condition of --fail-if holds.",
    examples: {
      everyPair: "every pair of a capture",
      named: "the paper's testbed, backends by name",
      filter: "one pair, by the filter from Wireshark",
      frames: "all frames of one server, of any protocol",
      markdown: "in Indonesian, as Markdown, with throughput rated against the bandwidth",
      firstExchanges: "the first exchanges, from standard input to standard output",
      report: "an HTML report with a picture over time",
      exchanges: "every exchange into a file for a spreadsheet",
      failIf: "in a pipeline: fail where a server left requests unanswered or took too long",
    },
  },
  exchanges: {
    server: "of this backend: its name, address, or address:port (repeatable)",
    client: "of this client: its address, or address:port (repeatable)",
    from: "begun at or after this time",
    to: "begun at or before this time",
    status: "with this status: 503, 5xx, 500-599, or none (repeatable)",
    state: "that ended so: complete, unanswered, aborted, … (repeatable)",
    method: "with this request method (repeatable)",
    path: "with this target; * stands for anything (repeatable)",
    minMs: "that took at least so many ms until the last byte",
    slowest: (count: number) => `the slowest so many (default in a table: ${count})`,
    groupBy: "count and time them by what they have in common",
    csv: "print every one as CSV",
    jsonl: "print every one as a line of JSON",
    har: "print every one as an HTTP Archive, without bodies",
    markdown: "print the table as Markdown",
    annotate: "also write the capture as pcapng with names of backends and comments on frames",
    after: `A time is a time of day in UTC (16:05:15, with decimals if need be), or seconds since
the capture's first frame, as in Wireshark. All conditions must hold; of an option
that is repeated, one value must fit. Times run from the request's last byte.`,
    exitStatus:
      "0 printed, also where nothing fits, 1 the capture can't be read or nothing\nin it could be analyzed, 2 wrong usage.",
    examples: {
      slowest: "the 20 slowest",
      failed: "failures of two seconds, as CSV",
      groups: "second by second, of one backend",
      taps: "where the time of each went, by captures of the backends",
      annotate: "a capture in which Wireshark shows the slowest and what was found",
    },
  },
  path: {
    captures:
      "one capture per tap, in the order in which requests pass them; or the balancer's, then each backend's",
    clocks: "estimated from both directions, or synchronous (PTP, one machine)",
    hostTimes: "part each exchange's time into network there, host, network back",
    csv: "print one CSV record per direction",
    out: "write report, charts and figures into this folder",
    after: `Each packet is matched with itself by what does not change on the way, so both taps
must have recorded the same run. Their clocks may differ: offset and drift are
estimated, with a bound. The first capture is analyzed too, for the papers' figures.`,
    exitStatus: "0 measured, 1 the captures can't be read or are no taps of one path,\n2 wrong usage.",
    examples: {
      two: "the way from the balancer to a backend and back",
      star: "to two backends, with an HTML report",
      synchronous: "taps with one clock, as JSON",
    },
  },
  compare: {
    experiment: "manifest, folder of captures, or results table",
    out: "write report, tables and charts into this folder",
    format: "what to print",
    profile: (names: string) => `in place of the manifest's category profile: ${names}, or a file`,
    bandwidth: "in place of the manifest's: 100M, 1Gbit/s",
    after: `EXPERIMENT is an experiment.yaml (lbqos init writes one), a folder with one, a
folder of captures by method (round-robin/01.pcapng, least-connection-run3.pcap.gz,
…), or a table of results as CSV (method,backend,run,throughput_mbps,…).

With --out, the folder gets report.html (one page that needs no network),
report.md, report.tex, report.docx (Word), summary.tex (one page),
results.xlsx (Excel), comparison.json, runs.csv, tables/ as Markdown, LaTeX and
CSV, and charts/ as PNG, SVG and PDF, each with its data as CSV.

Results are kept in $XDG_CACHE_HOME/lbqos (~/.cache/lbqos) by the content of the
captures, and charts by their data, so a second run is quick and a changed capture
is noticed; what was not used for 60 days is deleted. --no-cache neither reads nor
writes them.`,
    exitStatus:
      "0 compared, 1 nothing could be compared, or a capture could not be\nread and was left out, 2 wrong usage, 3 a condition of --fail-if holds.",
    examples: {
      shipped: "the example captures, with everything written into a folder",
      published: "the published tables of a study",
      folder: "a folder without a manifest, in Indonesian, as Markdown",
      figures: "figures for one column of a thesis, as PDF only",
      failIf: "in a pipeline: fail where a run has errors, with a report for the CI server",
    },
  },
  init: {
    folder: "folder of captures; experiment.yaml is written into it",
    force: "overwrite an experiment.yaml that is there already",
    jobs: "captures examined at the same time (default: one per processor)",
    noCache: "examine every capture again, and keep no results",
    after: `Methods and runs are taken from the names of folders and files
(round-robin/01.pcapng, least-connection-run3.pcap.gz, direct-flask-a-2.pcap), the
balancer and its backends from the traffic. What can't be known is left in the file
as a comment to fill in.`,
    exitStatus: "0 written, 1 nothing to write it from, or it is there already,\n2 wrong usage.",
    examples: {
      folder: "a manifest for a folder of captures",
      again: "again, in Indonesian, over the first one",
    },
  },
  audit: {
    results: "results table, manifest, or folder of captures",
    means: "a table of printed means (repeatable)",
    requests: "a table of requests per backend (repeatable)",
    format: "what to print",
    after: `Looks for what is impossible: throughput × delay against the size of a request
frame, jitter too small for its definition, shifted columns, means that don't follow
from their rows, requests that don't add up, the same capture twice. An experiment
is checked with its tables and captures.`,
    exitStatus: "0 nothing found, 1 something found, or it can't be read, 2 wrong\nusage.",
    examples: {
      published: "a study's table with its printed means and requests",
      json: "captures, as findings for a program",
    },
  },
  interfaces: {
    after: `Interfaces that are up come first. "any" is all of them at once (Linux); frames
that pass several of them are recorded several times, and counted once.`,
    exitStatus: "0 listed, 2 wrong usage.",
  },
  grafana: {
    dashboard: "the dashboard of a balancer's servers, as JSON (default)",
    balancers: "the dashboard of many balancers, as JSON; needs the recording rules",
    alerts: "the alert rules as YAML, for Prometheus",
    recording: "the recording rules as YAML: what many balancers do, added up",
    out: "write files into this folder; all of them, where none is chosen",
    after: `Import the dashboards in Grafana (Dashboards, New, Import), or put them in a
folder that Grafana is provisioned from; name the rules in prometheus.yml under
rule_files. All work on what Prometheus scrapes from "lbqos live --http".`,
    exitStatus: "0 printed or written, 1 the folder can't be written, 2 wrong usage.",
    examples: {
      dashboard: 'the dashboard; with "> lbqos-dashboard.json" as a file to import',
      alerts: "the alert rules for Prometheus",
      all: "all of them as files",
    },
  },
};
