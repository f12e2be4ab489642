/**
 * The paper's metrics over the frames of one direction in which an HTTP message is completed: what Wireshark shows for
 * `ip.src == SRC && ip.dst == DST && http`. N frames at t₁ … t_N with lengths L₁ … L_N on the wire.
 *
 * - throughput = 8·ΣLᵢ / (t_N − t₁)
 * - delay = mean of dᵢ = tᵢ − tᵢ₋₁ (i = 2 … N): the time between successive frames, which the load generator sets
 * - jitter = mean of |dᵢ − dᵢ₋₁| (i = 3 … N)
 * - signed jitter = Σ(dᵢ − dᵢ₋₁)/(N − 2) = (d_N − d₂)/(N − 2): the spreadsheet form without the absolute value
 */
import { megabitsPerSecond, millisecondsFromNanoseconds } from "../units.ts";

/** The figures of `PaperMetrics` that come from the frames alone. */
export interface PaperFigures {
  readonly frames: number;
  readonly bytes: number;
  readonly durationMs: number | null;
  readonly throughputMbps: number | null;
  readonly delayMs: number | null;
  readonly jitterMs: number | null;
  readonly jitterSignedMs: number | null;
}

/** Time that runs back by more than this is a clock that was set, not two capture queues. */
const CLOCK_STEP_NS = 1_000_000_000;

export class PaperFrames {
  #frames = 0;
  #bytes = 0;
  /** Σdᵢ = t_N − t₁. */
  #spanNs = 0;
  /** Latest tᵢ. */
  #lastNs = 0;
  /** d₂ and the last dᵢ. */
  #firstDelayNs = 0;
  #lastDelayNs = 0;
  /** Σ|dᵢ − dᵢ₋₁|. */
  #differencesNs = 0;
  #lastFrame = 0;

  /**
   * A message was completed in this frame; a frame that completes several counts once.
   * @param frame its number in the capture
   * @param wireLength its length on the wire in bytes
   */
  add(frame: number, timeNs: number, wireLength: number): void {
    if (frame === this.#lastFrame) return;
    this.#lastFrame = frame;
    this.#frames++;
    this.#bytes += wireLength;
    if (this.#frames > 1) {
      const delay = this.#sinceLast(timeNs);
      this.#spanNs += delay;
      if (this.#frames === 2) this.#firstDelayNs = delay;
      else this.#differencesNs += Math.abs(delay - this.#lastDelayNs);
      this.#lastDelayNs = delay;
    }
    if (this.#frames === 1 || timeNs > this.#lastNs || this.#lastNs - timeNs > CLOCK_STEP_NS)
      this.#lastNs = timeNs;
  }

  /** Never negative: a frame recorded a little late follows at once, and a clock that was set back starts anew. */
  #sinceLast(timeNs: number): number {
    return Math.max(0, timeNs - this.#lastNs);
  }

  figures(): PaperFigures {
    const n = this.#frames;
    const span = this.#spanNs;
    const ms = millisecondsFromNanoseconds;
    return {
      frames: n,
      bytes: this.#bytes,
      durationMs: n === 0 ? null : ms(span),
      throughputMbps: n === 0 ? 0 : span > 0 ? megabitsPerSecond(this.#bytes, span) : null,
      delayMs: n < 2 ? null : ms(span) / (n - 1),
      jitterMs: n < 3 ? null : ms(this.#differencesNs) / (n - 2),
      jitterSignedMs: n < 3 ? null : ms(this.#lastDelayNs - this.#firstDelayNs) / (n - 2),
    };
  }
}
