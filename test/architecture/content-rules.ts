/** Rules on what stands in a file, where the room rules look at its imports: arithmetic on counts, and texts. */
import { type Rule, roomOf } from "./room-rules.ts";
import type { Literal, SourceFacts } from "./source-facts.ts";

/** Rooms that show what was measured. */
const SHOWING_ROOMS: readonly string[] = ["report", "monitor", "page", "cli"];

/** A number with a unit is no count. */
const MEASURED = /(Ms|Seconds|Mbps|Percent|PerSecond)$/;
/** Members of the metrics' types that are places in an order or along an axis. */
const PLACES: readonly string[] = ["index", "place", "start", "end", "from", "port"];

/** Two words of a language, one after the other (`switch is`, `need a token`, `failed: retry`), or what follows a name (`'s host`). */
const WORDS = /[A-Za-z]{2,}('s)?[,;:]? \(?(an? )?[A-Za-z]{2,}|'s [a-z]{2,}/;
/** What a user types: the same in every language. */
const COMMAND = /^(sudo |cp |zcat )?(lbqos|-r|fixtures)\b/;

/** Where texts are, and the engine, which says nothing. */
const TEXT_ROOMS: readonly string[] = ["words", "engine"];

/** Texts outside words that are rightly there: only those that look like `texts`, so that no sentence slips in among them. */
interface TextException {
  readonly reason: string;
  /** Files, or folders with their slash. */
  readonly places: readonly string[];
  readonly texts: RegExp;
}

const EXCEPTIONS: readonly TextException[] = [
  {
    reason: "markup, styles and scripts, into which texts come from words",
    places: [
      ...["report/html/", "monitor/page/", "monitor/server/monitor-content.ts"],
      "monitor/server/serve-captures.ts",
      ...["page/shell.ts", "page/style.ts", "page/files/picture-file.ts"],
    ],
    texts: /[<>{};]|^[a-z-]+: |\d/,
  },
  {
    reason: "a content security policy, and a media query",
    places: ["page/shell.ts", "page/theme.ts"],
    texts: /^((worker|img)-src blob:|\(prefers-color-scheme: dark\))$/,
  },
  {
    reason: "the font of a Word file",
    places: ["report/word/word-styles.ts"],
    texts: /^Times New Roman$/,
  },
  {
    reason: "labels of the key schedule of TLS",
    places: ["tls/key-schedule.ts", "tls/record-cipher.ts"],
    texts: /^(key expansion|traffic upd| ?write key)$/,
  },
  {
    reason: "what Prometheus and Grafana show, in English as theirs is",
    places: ["monitor/prometheus/", "monitor/grafana/"],
    texts: /./,
  },
  {
    reason: "headers of HTTP",
    places: ["monitor/server/serve-monitor.ts", "lab/load-generator.ts"],
    texts: /^(Bearer realm="lbqos"|GET, HEAD|; Path=\/; HttpOnly; SameSite=Strict|Connection: close)$/,
  },
  {
    reason: "programs to be run, by lbqos or by the user",
    places: [
      ...["lab/check-lab.ts", "lab/shell-text.ts", "capture/stream-bytes.ts"],
      "capture/engines/orphan-guard.ts",
      ...["cli/lab/run-lab-check.ts", "cli/lab/run-lab-run.ts"],
      ...["capture/engines/cap.ts", "capture/engines/dumpcap.ts", "capture/engines/tcpdump.ts"],
    ],
    texts:
      /^(: |\n| client | \| )?(sudo apt-get install|ip link|ip netns|ip tuntap|gcc|nft|tc qdisc|modprobe|kill|xargs|curl|tcpdump|read -r) /,
  },
  {
    reason: "the rest of nft's commands",
    places: ["lab/impairments.ts"],
    texts: /^(add (table|chain|rule) bridge|meta l4proto|counter drop| \{ type filter)/,
  },
  {
    reason: "filters of tcpdump, pcap-filter(7)",
    places: ["capture/engines/capture-filter.ts"],
    texts: /^ ?\(*(ether\[|tcp or|tcp and|and port|port )/,
  },
  {
    reason: "display filters of Wireshark, wireshark-filter(4)",
    places: ["metrics/exchanges/frame-filter.ts"],
    texts: /^(frame\.number|tcp\.stream) in \{$/,
  },
  {
    reason: "commands of lbqos, as the journal names its owner",
    places: ["lab/lab.ts", "lab/run-study.ts", "cli/lab/run-lab-up.ts"],
    texts: /^lab (up|run|down)$/,
  },
  {
    reason: "values of types, which words translate and --json shows",
    places: ["lab/check-lab.ts", "lab/lab-status.ts"],
    texts: /^(not tried|in use|left over)$/,
  },
  {
    reason: "programs of the lab in Python and C, and what the cable says when it is ready",
    places: [
      "lab/flask-app.ts",
      "lab/load-program.ts",
      "lab/node-load-program.ts",
      "lab/server-program.ts",
      "lab/cable-program.ts",
    ],
    texts: /\n|^The cable is there\.$/,
  },
  {
    reason: "nginx's configuration",
    places: ["lab/nginx-configuration.ts"],
    texts: /[;{]$|^ +log_format |ssl_protocols TLSv$/,
  },
  {
    reason: "HAProxy's configuration",
    places: ["lab/haproxy-configuration.ts"],
    texts:
      /^ *(balance|hash-type|log|mode|timeout|http-reuse|option|server|nbthread|maxconn|listen|exec|ssl|ssl-min-ver|backlog|v6only|weight|verify) |ssl-max-ver /,
  },
  {
    reason: "manifests as examples, and names of columns",
    places: [
      ...["experiment/manifest/format-manifest.ts", "cli/testbed/testbed-arguments.ts"],
      "experiment/tables/results-columns.ts",
    ],
    texts: /^(\[?\{ | {2}testbed:\n|method, backend, run, )/,
  },
  {
    reason: "how files of other programs begin",
    places: ["capture/file-kind.ts"],
    texts: /^(TRSNIFF data|version https:|<!doctype html)/,
  },
  { reason: "names of fonts", places: ["report/charts/chart-fonts.ts"], texts: /sans-serif$/ },
  {
    reason: "names of threads in errors of lbqos's own",
    places: ["threads/start-thread.ts", "page/worker/start-worker.ts"],
    texts: /^(this thread|the page's worker)$/,
  },
];

export const CONTENT_RULES: readonly Rule[] = [
  {
    name: "counts-are-computed-in-metrics",
    reason:
      "shares, losses and sums have one formula, in metrics: report, monitor and cli show, they don't divide",
    breaches: ({ path, operations }, sources) => {
      if (!SHOWING_ROOMS.includes(roomOf(path))) return [];
      const counts = countsIn(sources);
      return operations.flatMap(({ operands, isConversion, line }) => {
        const count = operands.find((name) => counts.has(name));
        return count === undefined || isConversion
          ? []
          : [{ place: `${path}:${line}`, what: `computes with ${count}` }];
      });
    },
  },
  {
    name: "texts-stand-in-words",
    reason: "a language is one folder, and a text that it lacks a compile error",
    breaches: (source) => {
      const { path } = source;
      if (TEXT_ROOMS.includes(roomOf(path))) return [];
      return textsIn(source).flatMap(({ text, line }) =>
        EXCEPTIONS.some((one) => isExcepted(path, text, one))
          ? []
          : [{ place: `${path}:${line}`, what: `says "${text.trim()}"` }],
      );
    },
  },
];

/** Places of exceptions that except nothing any more, with their reasons. */
export function needlessExceptions(sources: readonly SourceFacts[]): string[] {
  return EXCEPTIONS.flatMap((one) =>
    one.places
      .filter((place) => !sources.some((source) => hasExcepted(source, { ...one, places: [place] })))
      .map((place) => `${place}: ${one.reason}`),
  );
}

function hasExcepted(source: SourceFacts, one: TextException): boolean {
  return textsIn(source).some(({ text }) => isExcepted(source.path, text, one));
}

/** Texts of a file that look like a language's and are no names of bugs. */
function textsIn({ literals }: SourceFacts): Literal[] {
  return literals.filter(({ text, isBug }) => WORDS.test(text) && !isBug && !COMMAND.test(text.trim()));
}

function isExcepted(path: string, text: string, { places, texts }: TextException): boolean {
  return (
    places.some((place) => path === place || (place.endsWith("/") && path.startsWith(place))) &&
    texts.test(text)
  );
}

const COUNTS = new WeakMap<ReadonlyMap<string, SourceFacts>, ReadonlySet<string>>();

/** What the types of metrics count. */
function countsIn(sources: ReadonlyMap<string, SourceFacts>): ReadonlySet<string> {
  const known = COUNTS.get(sources);
  if (known !== undefined) return known;
  const members = [...sources.values()].flatMap(({ path, numbers }) =>
    roomOf(path) === "metrics" ? numbers : [],
  );
  const counts = new Set(members.filter((name) => !MEASURED.test(name) && !PLACES.includes(name)));
  COUNTS.set(sources, counts);
  return counts;
}
