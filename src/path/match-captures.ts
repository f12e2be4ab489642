/** Two taps of one path, from their captures: opens both, surveys them, matches their packets. */
import type { Capture } from "../capture/capture.ts";
import { canBeReadTwice } from "../capture/capture-source.ts";
import type { FrameBatch } from "../capture/frame.ts";
import { openCapture } from "../capture/open-capture.ts";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { type DescribedPath, describePath } from "./describe-path.ts";
import { PathMatcher } from "./path-matcher.ts";
import type { PathOptions, TapSource } from "./path-options.ts";
import { type NoPath, PathSurvey, type SurveyedPath } from "./survey.ts";

/** Frames of each capture after which the survey looks whether it knows enough; four times as many before the next look. */
const FIRST_LOOK = 16_384;

/** The path, and the clocks at every time. @throws Failure as `measurePath` of measure-path.ts */
export async function describedPath(
  first: TapSource,
  second: TapSource,
  options: PathOptions,
): Promise<DescribedPath> {
  const sources = [first, second] as const;
  refuseStandardInput(sources);
  const survey = await surveyed(sources);
  const captures = await openBoth(sources);
  try {
    const [a, b] = captures;
    const started: [FrameBatch | null, FrameBatch | null] = [await a.nextBatch(), await b.nextBatch()];
    const apartNs = (b.startNs ?? 0n) - (a.startNs ?? 0n);
    const known = options.synchronousClocks === true ? -Number(apartNs) : null;
    const matcher = new PathMatcher(survey, known);
    await matchAll(captures, started, matcher, options);
    matcher.finish();
    return describePath(matcher, survey, captures, known);
  } finally {
    for (const capture of captures) await capture.close();
  }
}

/** Looks at as much of both captures as it takes. @throws NoPathFailure where they are no taps of one path */
export async function refuseWithoutPath(first: TapSource, second: TapSource): Promise<void> {
  await surveyed([first, second]);
}

/** @throws Failure (status 2) where a tap can't be read twice */
export function refuseStandardInput(taps: readonly TapSource[]): void {
  if (!taps.every(canBeReadTwice)) throw new Failure(message("pathStandardInput"), 2);
}

async function matchAll(
  captures: readonly [Capture, Capture],
  started: [FrameBatch | null, FrameBatch | null],
  matcher: PathMatcher,
  { onProgress }: PathOptions,
): Promise<void> {
  const [first, second] = captures;
  const rows: [number, number] = [0, 0];
  let [a, b] = started;
  while (a !== null || b !== null) {
    if (a !== null && b !== null) matcher.takeInStep([a, b], rows);
    else if (a !== null) matcher.takeRest(0, a, rows);
    else if (b !== null) matcher.takeRest(1, b, rows);
    if (a !== null && rows[0] === a.count) {
      a = await first.nextBatch();
      rows[0] = 0;
    }
    if (b !== null && rows[1] === b.count) {
      b = await second.nextBatch();
      rows[1] = 0;
    }
    onProgress?.(first.bytesRead + second.bytesRead, sum(first.bytesTotal, second.bytesTotal));
  }
}

/** @throws Failure where there is no path */
async function surveyed(sources: readonly [TapSource, TapSource]): Promise<SurveyedPath> {
  const captures = await openBoth(sources);
  const survey = new PathSurvey();
  try {
    let look = FIRST_LOOK;
    let frames = 0;
    for (let isMore = true; isMore; ) {
      isMore = false;
      for (const tap of [0, 1] as const) {
        const batch = await captures[tap].nextBatch();
        if (batch === null) continue;
        isMore = true;
        frames += batch.count;
        survey.feed(tap, batch);
      }
      if (frames < 2 * look) continue;
      if (survey.isEnough) break;
      look *= 4;
    }
  } finally {
    for (const capture of captures) await capture.close();
  }
  const found = survey.result;
  if (typeof found === "string") throw new NoPathFailure(found, ...namesOf(sources));
  return found;
}

/** Two captures are no two taps of one path. */
export class NoPathFailure extends Failure {
  readonly reason: NoPath;

  constructor(reason: NoPath, first: string, second: string) {
    super(noPathMessage(reason, first, second));
    this.reason = reason;
  }
}

/** Why two taps have no path, in one line. */
export function noPathMessage(reason: NoPath, first: string | Message, second: string): Message {
  return message(noPath[reason], first, second);
}

const noPath = {
  nothingMatches: "pathNothingMatches",
  tooFewMatch: "pathTooFewMatch",
  timesDisagree: "pathTimesDisagree",
  sameRecording: "pathSameRecording",
} as const satisfies Record<NoPath, string>;

async function openBoth([first, second]: readonly [TapSource, TapSource]): Promise<[Capture, Capture]> {
  const opened = await openCapture(first);
  try {
    return [opened, await openCapture(second)];
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function namesOf(sources: readonly [TapSource, TapSource]): [string, string] {
  const [first, second] = sources.map((source, index) => {
    const one = typeof source === "string" || source instanceof Uint8Array ? source : source[0];
    return typeof one === "string" ? one : `buffer ${index + 1}`;
  });
  return [first ?? "", second ?? ""];
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
