/** A path under way: packets of both taps as they come, and what the latest of them say. Bounded, however long it goes on. */
import type { FrameBatch } from "../capture/frame.ts";
import type { LiveDirectionMetrics, LivePathFigures } from "./live-path-metrics.ts";
import { PathMatcher } from "./path-matcher.ts";
import { RecentDelays } from "./recent-delays.ts";
import { type NoPath, PathSurvey } from "./survey.ts";

/** Delays that are kept of each step. */
const ROOM_OF_STEP = { chunkPackets: 1024, mostChunks: 16 } as const;
/** Steps after which fewer packets than a survey wants have to do, and a reason is given where none match. */
const PATIENT_STEPS = 5;

/** Frames of both taps before the first look whether they are enough; twice as many before the next one. */
const FIRST_LOOK = 1024;

/** Counts of one direction at an earlier step. */
interface Counts {
  readonly sent: number;
  readonly lost: number;
}

export class PathUnderWay {
  readonly #knownOffsetNs: (() => number) | null;
  readonly #recent = [new RecentDelays(true), new RecentDelays(false)] as const;
  /** The counts of both directions at the last steps, oldest first. */
  readonly #earlier: (readonly [Counts, Counts])[] = [];
  readonly #received: [number, number] = [0, 0];
  #survey: PathSurvey | null = new PathSurvey();
  #matcher: PathMatcher | null = null;
  readonly #frames: [number, number] = [0, 0];
  #look = FIRST_LOOK;
  #steps = 0;
  #noPath: NoPath | null = null;

  /** @param knownOffsetNs second clock less first, each from its capture's first frame, where it is known; asked when there are frames */
  constructor(knownOffsetNs: (() => number) | null) {
    this.#knownOffsetNs = knownOffsetNs;
  }

  /** Whether packets are matched, so that none may be left out any more. */
  get isMatching(): boolean {
    return this.#matcher !== null;
  }

  /** Why no path was found so far; `null`: it was, or it is too early to say. */
  get noPath(): NoPath | null {
    return this.#noPath;
  }

  /** Takes rows of both batches in the order of their times. @param rows the next row of each; moved on */
  takeInStep(batches: readonly [FrameBatch, FrameBatch], rows: [number, number]): void {
    if (this.#matcher !== null) {
      this.#matcher.takeInStep(batches, rows);
      return;
    }
    this.#feed(0, batches[0], rows);
    this.#feed(1, batches[1], rows);
    if (Math.min(...this.#frames) < this.#look) return;
    this.#look *= 2;
    if (this.#survey?.isEnough === true) this.#begin();
  }

  /** Takes a batch while the other tap has nothing, as it has recorded nothing, or has ended. */
  takeAlone(tap: 0 | 1, batch: FrameBatch, rows: [number, number], hasOtherEnded: boolean): void {
    if (this.#matcher === null) this.#feed(tap, batch, rows);
    else if (hasOtherEnded) this.#matcher.takeRest(tap, batch, rows);
    else this.#matcher.takeWhileQuiet(tap, batch, rows);
  }

  /** Whether what a tap records can't be at the other one any more, which has ended. */
  isPastEnd(tap: 0 | 1): boolean {
    return this.#matcher?.isPastEnd(tap) ?? true;
  }

  /** Both taps have ended. */
  finish(): void {
    if (this.#matcher === null) this.#beginIfFound();
    this.#matcher?.noteEdges();
    this.#matcher?.finish();
  }

  /** Ends a step, of about a second, and measures. @returns `null` until packets are matched */
  step(): LivePathFigures | null {
    this.#steps++;
    if (this.#matcher === null && this.#steps >= PATIENT_STEPS && Math.min(...this.#frames) > 0)
      this.#beginIfFound();
    const matcher = this.#matcher;
    if (matcher === null) return null;
    const [there, back] = this.#recent;
    for (const way of [0, 1] as const) {
      const samples = matcher.directions[way].takeSamples();
      this.#received[way] += samples.total;
      this.#recent[way].addStep(samples);
    }
    const clocks = there.clocksWith(back, this.#knownOffsetNs?.() ?? null);
    const [forward, backward] = [this.#direction(0), this.#direction(1)];
    this.#remember();
    if (forward.received + backward.received === 0) return null;
    return {
      clocks: { ...clocks.figures, isKnown: this.#knownOffsetNs !== null },
      forward: { ...forward, ...there.delays(clocks.model) },
      backward: { ...backward, ...back.delays(clocks.model) },
    };
  }

  #direction(way: 0 | 1): Omit<LiveDirectionMetrics, "delayMs" | "meanIpdvMs"> {
    const direction = this.#matcher?.directions[way];
    const { sent = 0, lost = 0, duplicated = 0, notRecorded = 0 } = direction ?? {};
    const { sent: sentBefore = 0, lost: lostBefore = 0 } = this.#earlier[0]?.[way] ?? {};
    return {
      sent,
      received: this.#received[way],
      lost,
      lossPercent: percent(lost, sent),
      recentLossPercent: percent(lost - lostBefore, sent - sentBefore),
      duplicated,
      notRecordedAtSender: notRecorded,
    };
  }

  #remember(): void {
    const [forward, backward] = this.#matcher?.directions ?? [];
    if (forward === undefined || backward === undefined) return;
    this.#earlier.push([
      { sent: forward.sent, lost: forward.lost },
      { sent: backward.sent, lost: backward.lost },
    ]);
    if (this.#earlier.length > RecentDelays.steps) this.#earlier.shift();
  }

  #feed(tap: 0 | 1, batch: FrameBatch, rows: [number, number]): void {
    this.#survey?.feed(tap, batch);
    this.#frames[tap] += batch.count;
    rows[tap] = batch.count;
  }

  #beginIfFound(): void {
    const found = this.#survey?.result;
    this.#noPath = typeof found === "string" ? found : null;
    if (typeof found === "object") this.#begin();
  }

  #begin(): void {
    const found = this.#survey?.result;
    if (typeof found !== "object") return;
    this.#matcher = new PathMatcher(found, this.#knownOffsetNs?.() ?? null, ROOM_OF_STEP);
    this.#survey = null;
    this.#noPath = null;
  }
}

function percent(part: number, whole: number): number | null {
  return whole <= 0 ? null : (100 * part) / whole;
}
