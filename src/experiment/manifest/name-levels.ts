/** Levels of factors in the names of folders and files: `load-300`, `100rps`, `50 users`, `payload_10kB`. */
import type { ManifestFactor } from "./manifest.ts";

/** What a name says of the load or the payload. */
interface NameFactor extends ManifestFactor {
  /** Before the number: `load-300`, `beban 300`. */
  readonly words: string;
  /** Behind it: `300rps`; the level is then without it. */
  readonly units?: string;
}

const NAME_FACTORS: readonly NameFactor[] = [
  { name: "rate", unit: "1/s", words: "rate|rps|laju", units: "rps|req-?s|reqs|req-?per-?s(?:ec(?:ond)?)?" },
  { name: "load", words: "load|beban" },
  { name: "users", words: "users?|pengguna|vus?", units: "users?|pengguna|vus?" },
  { name: "clients", words: "clients|klien", units: "clients|klien" },
  { name: "concurrency", words: "concurrency|concurrent|connections", units: "concurrent|connections" },
];

/** A size has its unit beside it, and keeps it: `10kB`. */
const SIZE =
  /(?<![\p{L}\d])(?:(?:payload|size|ukuran|body)[-_. ]?)?(\d+(?:[.,]\d+)?(?:k|ki|m|mi)?b)(?![\p{L}\d])/iu;

const NUMBER = "(\\d+(?:\\.\\d+)?k?)";
const EDGE = "(?![\\p{L}\\d])";

/** A name's levels, and what is left of it. */
export interface NameLevels {
  readonly levels: Readonly<Record<string, string>>;
  readonly rest: string;
}

/**
 * Finds the levels that a name of a folder or file speaks of; none of them is the number of a run.
 * @param factors to look for; `null`: all that lbqos knows
 */
export function levelsInName(name: string, factors: readonly string[] | null): NameLevels {
  const levels: Record<string, string> = {};
  let rest = name;
  const take = (factor: string, pattern: RegExp) => {
    if (factors !== null && !factors.includes(factor)) return;
    const [found, level] = pattern.exec(rest) ?? [];
    if (found === undefined || level === undefined || factor in levels) return;
    levels[factor] = level.replace(",", ".");
    rest = rest.replace(found, "");
  };
  for (const { name: factor, words, units } of NAME_FACTORS) {
    if (units !== undefined)
      take(factor, new RegExp(`(?<![\\p{L}\\d])${NUMBER}[-_. ]?(?:${units})${EDGE}`, "iu"));
    take(factor, new RegExp(`(?<![\\p{L}\\d])(?:${words})[-_. =]?${NUMBER}${EDGE}`, "iu"));
  }
  take("payload", SIZE);
  return { levels, rest: rest.replace(/([-_. ])[-_. ]+/g, "$1").replace(/^[-_. ]+|[-_. ]+$/g, "") };
}

/** The unit of a factor that was found in names; absent: it has none. */
export function nameFactor(name: string): ManifestFactor {
  const unit = NAME_FACTORS.find((one) => one.name === name)?.unit;
  return { name, ...(unit !== undefined && { unit }) };
}
