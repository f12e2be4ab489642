/** Rules on what stands in a file, where the room rules look at its imports: arithmetic on counts, and texts. */
import { type Rule, roomOf } from "./room-rules.ts";
import type { Literal, SourceFacts } from "./source-facts.ts";

/** Rooms that show what was measured. */
const SHOWING_ROOMS: readonly string[] = ["report", "monitor", "cli"];

/** A number with a unit is no count. */
const MEASURED = /(Ms|Seconds|Mbps|Percent|PerSecond)$/;
/** Members of the metrics' types that are places in an order or along an axis. */
const PLACES: readonly string[] = ["index", "place", "start", "end", "from", "port"];

/** Two words of a language, one after the other. */
const WORDS = /[A-Za-z]{2,},? [A-Za-z]{2,}/;
/** What a user types: the same in every language. */
const COMMAND = /^(sudo |cp |zcat )?(lbqos|-r|fixtures)\b/;

/** Where texts are, and the engine, which says nothing. */
const TEXT_ROOMS: readonly string[] = ["words", "engine"];

/** Places outside words with words in them: a file, or a folder with its slash. Each is there for its reason only. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  "markup, styles and scripts, into which texts come from words": [
    ...["report/html/", "monitor/page/", "monitor/server/monitor-content.ts"],
    "report/charts/chart-fonts.ts",
  ],
  "answers of the HTTP server to programs, in English as HTTP is": [
    ...["monitor/server/access.ts", "monitor/server/serve-monitor.ts"],
  ],
  "what Prometheus and Grafana show, in English as theirs is": ["monitor/prometheus/", "monitor/grafana/"],
  "commands and configuration that the lab writes, with comments in them": [
    ...["lab/check-lab.ts", "lab/flask-app.ts", "lab/impairments.ts", "lab/nginx-configuration.ts"],
    ...["lab/plan-lab.ts", "lab/plan-run.ts", "lab/shell-text.ts", "lab/lab.ts", "lab/study-plan.ts"],
    ...["lab/run-study.ts", "lab/lab-status.ts", "lab/lab-event.ts"],
    ...["cli/lab/run-lab-check.ts", "cli/lab/run-lab-run.ts", "cli/lab/run-lab-up.ts"],
  ],
  "manifests as examples and as the lab writes them": [
    ...[
      "experiment/manifest/format-manifest.ts",
      "lab/study-manifest.ts",
      "cli/testbed/testbed-arguments.ts",
    ],
    "experiment/tables/results-columns.ts",
  ],
  "commands to install or to type, and filters": [
    ...["capture/engines/cap.ts", "capture/engines/dumpcap.ts", "capture/engines/tcpdump.ts"],
    ...["capture/engines/capture-filter.ts", "capture/stream-bytes.ts"],
  ],
  "how files of other programs begin": ["capture/file-kind.ts"],
  "why an interface can't be captured from: one sentence of `interfaces --json`, in English only": [
    ...["capture/engines/capture-permission.ts", "capture/engines/list-interfaces.ts"],
  ],
  "names of threads in errors of lbqos's own": ["threads/start-thread.ts"],
};

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
      if (TEXT_ROOMS.includes(roomOf(path)) || isExcepted(path)) return [];
      return textsIn(source).map(({ text, line }) => ({
        place: `${path}:${line}`,
        what: `says "${text.trim()}"`,
      }));
    },
  },
];

/** All places that `EXCEPTIONS` names. */
export const EXCEPTED: readonly string[] = Object.values(EXCEPTIONS).flat();

/** Texts of a file that look like a language's and are no names of bugs. */
export function textsIn({ literals }: SourceFacts): Literal[] {
  return literals.filter(({ text, isBug }) => WORDS.test(text) && !isBug && !COMMAND.test(text.trim()));
}

function isExcepted(path: string): boolean {
  return EXCEPTED.some((place) => path === place || (place.endsWith("/") && path.startsWith(place)));
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
