/**
 * The paper's metrics over the frames of one direction in which an HTTP message is completed: what Wireshark shows for
 * `ip.src == SRC && ip.dst == DST && http`. N frames at t₁ … t_N with lengths L₁ … L_N on the wire.
 *
 * - throughput = 8·ΣLᵢ / (t_N − t₁)
 * - delay = mean of dᵢ = tᵢ − tᵢ₋₁ (i = 2 … N): the time between successive frames, which the load generator sets
 * - jitter = mean of |dᵢ − dᵢ₋₁| (i = 3 … N)
 * - signed jitter = Σ(dᵢ − dᵢ₋₁)/(N − 2) = (d_N − d₂)/(N − 2): the spreadsheet form without the absolute value
 */
import { PaperReadings } from "../readings/paper-readings.ts";

/** Time that runs back by more than this is a clock that was set, not two capture queues. */
const CLOCK_STEP_NS: f64 = 1_000_000_000;

export class PaperFrames {
  private readonly counted: PaperReadings = new PaperReadings();
  /** Latest tᵢ. */
  private lastNs: f64 = 0;
  /** Number of the latest frame, in the capture. */
  private lastFrame: i32 = 0;
  /** d₂, and the latest dᵢ. */
  private firstDelayNs: f64 = 0;
  private lastDelayNs: f64 = 0;

  /** Takes the counts of others. */
  copyFrom(other: PaperFrames): void {
    this.counted.copyFrom(other.counted);
    this.lastNs = other.lastNs;
    this.lastFrame = other.lastFrame;
    this.firstDelayNs = other.firstDelayNs;
    this.lastDelayNs = other.lastDelayNs;
  }

  /** A request was completed. */
  addRequest(): void {
    this.counted.requests++;
  }

  /**
   * A message was completed in this frame; a frame that completes several counts once.
   * @param frame its number in the capture
   * @param wireLength its length on the wire in bytes
   */
  add(frame: i32, timeNs: f64, wireLength: i32): void {
    if (frame === this.lastFrame) return;
    this.lastFrame = frame;
    const counted = this.counted;
    counted.frames++;
    counted.bytes += wireLength;
    if (counted.frames > 1) {
      // Never negative: a frame recorded a little late follows at once, and a clock that was set back starts anew.
      const delay: f64 = Math.max(0, timeNs - this.lastNs);
      counted.spanNs += delay;
      if (counted.frames === 2) this.firstDelayNs = delay;
      else counted.differencesNs += Math.abs(delay - this.lastDelayNs);
      this.lastDelayNs = delay;
    }
    if (counted.frames === 1 || timeNs > this.lastNs || this.lastNs - timeNs > CLOCK_STEP_NS)
      this.lastNs = timeNs;
  }

  readings(): PaperReadings {
    this.counted.signedDifferenceNs = this.lastDelayNs - this.firstDelayNs;
    return this.counted;
  }
}
