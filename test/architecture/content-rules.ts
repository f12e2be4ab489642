/** Rules on what stands in a file, where the room rules look at its imports: arithmetic on counts, and texts. */
import { type Rule, roomOf } from "./room-rules.ts";
import type { SourceFacts } from "./source-facts.ts";

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

/** Files with texts in one language outside words, by path or folder, and why. */
const EXCEPTIONS: readonly { readonly places: readonly string[]; readonly why: string }[] = [];

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
    breaches: ({ path, literals }) =>
      roomOf(path) === "words" || roomOf(path) === "engine" || isExcepted(path)
        ? []
        : literals.flatMap(({ text, isBug, line }) =>
            WORDS.test(text) && !isBug && !COMMAND.test(text.trim())
              ? [{ place: `${path}:${line}`, what: `says "${text.trim()}"` }]
              : [],
          ),
  },
];

function isExcepted(path: string): boolean {
  return EXCEPTIONS.some(({ places }) =>
    places.some((place) => path === place || path.startsWith(`${place}/`)),
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
