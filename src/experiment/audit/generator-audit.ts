/** What the load generator says of itself against what it was told, and against Little's law. */
import { type Warning, warningOf } from "../../failure.ts";
import { listText, numberText, textOf } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import type { AnalyzedRun, Experiment } from "../experiment.ts";
import type { GeneratorReport } from "../generators/generator-report.ts";
import { levelsText } from "../levels.ts";

/** A generator that reaches less than this of the rate that it was told is late. */
const ON_TIME = 0.95;
/** Reports are rounded; more than this above the connections is no rounding. */
const ROUNDING = 1.1;
const MS_PER_SECOND = 1000;

interface Reported {
  readonly run: AnalyzedRun;
  readonly report: GeneratorReport;
}

/** One warning of all runs that were late, with the lowest rate of theirs; and one of each run whose figures can't be. */
export function generatorWarnings({ runs, manifest }: Experiment): Warning[] {
  const reported = runs.flatMap((run): Reported[] =>
    run.generator === undefined ? [] : [{ run, report: run.generator }],
  );
  const wanted = manifest.load.requestsPerSecond;
  return [...late(reported, wanted), ...impossible(reported)];
}

function late(reported: readonly Reported[], wanted: number | null): Warning[] {
  const rateOf = ({ report }: Reported) => report.requestsPerSecond ?? Number.POSITIVE_INFINITY;
  const slow = wanted === null ? [] : reported.filter((one) => rateOf(one) < ON_TIME * wanted);
  if (slow.length === 0) return [];
  const reached = Math.min(...slow.map(rateOf));
  const told = textOf((language) => listText(slow.map(nameOf), language));
  const number = (value: number) => textOf((language) => numberText(value, language));
  const words = message("generatorLate", told, number(reached), number(wanted ?? 0));
  return [warningOf("generator-late", words, message("generatorLateAdvice"))];
}

/** Requests under way = rate × time: no more than there are connections. */
function impossible(reported: readonly Reported[]): Warning[] {
  return reported.flatMap(({ run, report }) => {
    const { requestsPerSecond: rate, connections, responseMs } = report;
    if (rate === null || connections === null || responseMs.mean === null) return [];
    const busy = (rate * responseMs.mean) / MS_PER_SECOND;
    if (busy <= ROUNDING * connections) return [];
    const number = (value: number) => textOf((language) => numberText(value, language));
    const words = message("littlesLaw", nameOf({ run, report }), number(busy), number(connections));
    return [warningOf("littles-law", words, message("littlesLawAdvice"))];
  });
}

function nameOf({ run: { method, levels, run } }: Reported): string {
  return levels === undefined ? `${method} ${run}` : `${method}, ${levelsText(levels)}: ${run}`;
}
