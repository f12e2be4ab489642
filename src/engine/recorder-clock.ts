/**
 * The clock that stamped the frames: the times that it covers, where it ran backwards, and where it was silent.
 *
 * A clock that was set back and frames of two capture queues look alike at the step itself. They differ afterwards: a clock
 * goes on from where it was set, frames that were late are followed by one that catches up at once.
 */
import type { FrameFacts } from "./frame-facts.ts";

/** Catching up at once means to make up for this part of the step between two frames. */
const CATCH_UP: f64 = 0.5;
/** So many frames have to follow a step before time is said to have gone on from it. */
const MIN_FRAMES_BEHIND: i32 = 3;

export class RecorderClock {
  private previousNs: f64 = -Infinity;
  /** The time from which the clock stepped back; −∞ once it was reached again. */
  private steppedFromNs: f64 = -Infinity;
  private framesBehind: i32 = 0;

  /** Takes the time of the frame that `facts` counted last. */
  note(facts: FrameFacts, timeNs: f64): void {
    if (timeNs < this.previousNs) this.stepBack(facts, this.previousNs - timeNs);
    else if (this.steppedFromNs > -Infinity) this.follow(facts, timeNs);
    this.previousNs = timeNs;
    if (timeNs < facts.earliestNs) facts.earliestNs = timeNs;
    if (timeNs <= facts.latestNs) return;
    const silenceNs = timeNs - facts.latestNs;
    facts.latestNs = timeNs;
    // The first frame ends no silence: the latest time before it is −∞.
    if (silenceNs <= facts.longestSilenceNs || silenceNs === Infinity) return;
    facts.longestSilenceNs = silenceNs;
    facts.longestSilenceFrame = facts.frames;
  }

  private stepBack(facts: FrameFacts, stepNs: f64): void {
    facts.backwards++;
    if (stepNs <= facts.largestStepNs) {
      if (stepNs > facts.secondStepNs) facts.secondStepNs = stepNs;
      return;
    }
    facts.secondStepNs = facts.largestStepNs;
    facts.largestStepNs = stepNs;
    facts.largestStepFrame = facts.frames;
    facts.stepStays = 0;
    this.steppedFromNs = this.previousNs;
    this.framesBehind = 1;
  }

  /** A frame after the largest step. */
  private follow(facts: FrameFacts, timeNs: f64): void {
    if (timeNs < this.steppedFromNs) {
      if (++this.framesBehind === MIN_FRAMES_BEHIND) facts.stepStays = 1;
      return;
    }
    this.steppedFromNs = -Infinity;
    if (timeNs - this.previousNs > CATCH_UP * facts.largestStepNs) facts.stepStays = 0;
  }
}
