/** How the runs of an experiment belong together: by themselves, or in blocks, each with one run of every method. */
import type { Experiment } from "../experiment.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import { smallestP } from "../statistics/design-limits.ts";
import { ALPHA } from "../statistics/significance.ts";

/** How runs are tested, and why so. */
export interface Design {
  readonly kind: DesignKind;
  /**
   * - `stated`: the manifest says so
   * - `interleaved`: by the captures' times, all methods had their first run, then all had their second, …
   * - `too-few-blocks`: interleaved, but tests of so few blocks could show nothing; as independent runs they err on the safe side
   * - `one-after-another`: the runs of a method lie between no other's, so that whatever changed meanwhile looks like the method
   * - `unknown`: the times don't say, as in tables
   */
  readonly reason: "stated" | "interleaved" | "too-few-blocks" | "one-after-another" | "unknown";
}

/** How runs are tested at all levels alike: as they belong together at each of them, or independently where that differs. */
export function commonDesign(designs: readonly Design[]): Design {
  const [first, ...others] = designs;
  const isOne =
    first !== undefined && others.every(({ kind, reason }) => kind === first.kind && reason === first.reason);
  return isOne ? first : { kind: "independent", reason: "unknown" };
}

/** When a run began. */
interface Begin {
  readonly method: string;
  readonly run: number;
  /** ms since 1970. */
  readonly time: number;
}

/**
 * @param contenders methods behind the balancer
 * @param blocks runs that all of them have
 */
export function designOf(experiment: Experiment, contenders: readonly string[], blocks: number): Design {
  const stated = experiment.manifest.design;
  if (stated !== undefined) return { kind: stated, reason: "stated" };
  if (contenders.length < 2) return { kind: "independent", reason: "unknown" };
  const begins = beginsOf(experiment, contenders);
  if (begins === null) return { kind: "independent", reason: "unknown" };
  if (isInterleaved(begins)) {
    const pairs = (contenders.length * (contenders.length - 1)) / 2;
    return pairs * smallestP("blocks", blocks) < ALPHA
      ? { kind: "blocks", reason: "interleaved" }
      : { kind: "independent", reason: "too-few-blocks" };
  }
  return { kind: "independent", reason: isOneAfterAnother(begins) ? "one-after-another" : "unknown" };
}

/** In order of time; `null` where a run doesn't say when it began. */
function beginsOf({ runs }: Experiment, contenders: readonly string[]): Begin[] | null {
  const own = runs.filter(({ method }) => contenders.includes(method));
  const begins = own.flatMap(({ method, run, metrics }) => {
    const { start } = metrics.capture;
    return start === null ? [] : [{ method, run, time: Date.parse(start) }];
  });
  const isWhole =
    begins.length === own.length && contenders.every((name) => own.some(({ method }) => method === name));
  return isWhole ? begins.sort((a, b) => a.time - b.time) : null;
}

/** Run 1 of every method, then run 2 of every method, … */
function isInterleaved(begins: readonly Begin[]): boolean {
  const numbers = begins.map(({ run }) => run);
  const isInOrder = numbers.every((run, index) => index === 0 || (numbers[index - 1] ?? 0) <= run);
  return isInOrder && new Set(numbers).size > 1;
}

/** All runs of one method, then all of the next. */
function isOneAfterAnother(begins: readonly Begin[]): boolean {
  const changes = begins.filter(
    ({ method }, index) => index > 0 && begins[index - 1]?.method !== method,
  ).length;
  return begins.length > 2 && changes === new Set(begins.map(({ method }) => method)).size - 1;
}
