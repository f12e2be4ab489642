/** Doubts about how a capture was recorded, as warnings with advice. */
import type { FileStart } from "../capture/capture.ts";
import type { FrameFacts } from "../engine/frame-facts.ts";
import { MAX_CONNECTIONS } from "../engine/tcp/track-connections.ts";
import { type Warning, warningOf } from "../failure.ts";
import { isoTime, NANOSECONDS_PER_MILLISECOND, NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";

/** A step back of this length is a clock that was set, whatever follows: no recorder holds frames back for so long. */
const CLOCK_STEP_NS = 1_000_000_000;
/** A shorter step is one where it is at least this long, far longer than any other, and time went on from it. */
const SHORT_CLOCK_STEP_NS = 50_000_000;
const FAR_LONGER = 10;

/** Two capture queues swap frames within microseconds all the time; that disturbs nothing. */
const WORTH_A_WARNING_NS = 1_000_000;

/** A silence is told where it is at least this long, and so many times longer than the mean time between other frames. */
const SILENCE_NS = 1_000_000_000;
const SILENCE_TIMES_MEAN = 100;
/** So many frames have to stand on either side of it: before, a client may take its time, and in the end nothing comes. */
const FRAMES_AROUND_SILENCE = 10;

/** The facts that recordings are doubted by. */
export type RecordingFacts = Pick<
  FrameFacts,
  | "frames"
  | "earliestNs"
  | "latestNs"
  | "backwards"
  | "largestStepNs"
  | "largestStepFrame"
  | "secondStepNs"
  | "stepStays"
  | "longestSilenceNs"
  | "longestSilenceFrame"
  | "cutPayloads"
  | "oversizedFrames"
  | "firstOversizedFrame"
  | "forgottenConnections"
>;

/** Frames of TCP that had fewer bytes on the wire, by the capture, than their IP length says. */
export interface ShortFrames {
  readonly frames: number;
  readonly firstFrame: number;
  /** How many of them are segments whose payload was cut by it. */
  readonly cutSegments: number;
}

const NO_SHORT_FRAMES: ShortFrames = { frames: 0, firstFrame: 0, cutSegments: 0 };

/**
 * @param fileStarts where further files of the run begin
 * @param isUnderWay a run under way may fall silent: nobody asked yet
 */
export function recordingWarnings(
  facts: RecordingFacts,
  fileStarts: readonly FileStart[],
  isUnderWay: boolean,
  short: ShortFrames = NO_SHORT_FRAMES,
): Warning[] {
  const silence = isUnderWay ? [] : silenceWarnings(facts, fileStarts);
  return [
    ...orderWarnings(facts),
    ...silence,
    ...cutWarnings(facts, short),
    ...offloadWarnings(facts),
    ...limitWarnings(facts),
  ];
}

/** The capture's start as a date; where it has none, a warning says why. @param startNs of its earliest frame, since 1970 */
export function datedStart(startNs: bigint | null): { start: string | null; warnings: readonly Warning[] } {
  const start = startNs === null ? null : isoTime(startNs);
  if (startNs === null || start !== null) return { start, warnings: [] };
  const warning = warningOf("no-date", message("noDate"), message("noDateAdvice"));
  return { start, warnings: [warning] };
}

function limitWarnings({ forgottenConnections }: RecordingFacts): Warning[] {
  if (forgottenConnections === 0) return [];
  const text = message("connectionsForgotten", forgottenConnections, MAX_CONNECTIONS);
  return [warningOf("too-many-connections", text, message("connectionsForgottenAdvice"))];
}

function orderWarnings(facts: RecordingFacts): Warning[] {
  const { backwards, largestStepNs, largestStepFrame } = facts;
  if (wasClockSetBack(facts)) {
    const set = message("clockSetBack", largestStepNs / NANOSECONDS_PER_SECOND, largestStepFrame);
    return [warningOf("clock-set-back", set, message("clockSetBackAdvice"))];
  }
  if (largestStepNs <= WORTH_A_WARNING_NS) return [];
  const runs = message("timeRunsBackwards", backwards, largestStepNs / NANOSECONDS_PER_MILLISECOND);
  return [warningOf("time-runs-backwards", runs, message("timeRunsBackwardsAdvice"))];
}

function wasClockSetBack({ largestStepNs, secondStepNs, stepStays }: RecordingFacts): boolean {
  if (largestStepNs > CLOCK_STEP_NS) return true;
  const standsOut = largestStepNs >= SHORT_CLOCK_STEP_NS && largestStepNs >= FAR_LONGER * secondStepNs;
  return standsOut && stepStays !== 0;
}

function silenceWarnings(facts: RecordingFacts, fileStarts: readonly FileStart[]): Warning[] {
  const { frames, earliestNs, latestNs, longestSilenceNs, longestSilenceFrame } = facts;
  const before = longestSilenceFrame - 1;
  if (longestSilenceNs < SILENCE_NS || Math.min(before, frames - before) < FRAMES_AROUND_SILENCE) return [];
  const meanNs = (latestNs - earliestNs - longestSilenceNs) / (frames - 2);
  if (longestSilenceNs < SILENCE_TIMES_MEAN * meanNs) return [];
  const seconds = longestSilenceNs / NANOSECONDS_PER_SECOND;
  const file = fileStarts.find(({ frame }) => frame === longestSilenceFrame);
  if (file !== undefined) {
    const apart = message("filesApart", file.name, seconds);
    return [warningOf("files-apart", apart, message("filesApartAdvice"), file.name)];
  }
  const silence = message("silence", seconds, longestSilenceFrame);
  return [warningOf("silence", silence, message("silenceAdvice", longestSilenceFrame))];
}

function cutWarnings({ cutPayloads }: RecordingFacts, short: ShortFrames): Warning[] {
  const warnings: Warning[] = [];
  const bySnapLength = cutPayloads - short.cutSegments;
  if (bySnapLength > 0) {
    const cut = message("shortSnapLength", bySnapLength);
    warnings.push(warningOf("short-snap-length", cut, message("recordWholeFrames")));
  }
  if (short.frames > 0) {
    const cut = message("shortFrames", short.frames, short.firstFrame);
    warnings.push(warningOf("short-frames", cut, message("shortFramesAdvice")));
  }
  return warnings;
}

function offloadWarnings({ oversizedFrames, firstOversizedFrame }: RecordingFacts): Warning[] {
  if (oversizedFrames === 0) return [];
  const large = message("segmentationOffload", oversizedFrames, firstOversizedFrame);
  return [warningOf("segmentation-offload", large, message("segmentationOffloadAdvice"))];
}
