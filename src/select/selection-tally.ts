import type { SelectionReadings } from "../metrics/selection-readings.ts";
import type { FrameFields } from "./frame-fields.ts";

/** Counts the frames of one selection, in the order of the capture. */
export class SelectionTally {
  #frames = 0;
  #bytes = 0;
  #firstNs = 0;
  #lastNs = 0;
  #earliestNs = Number.POSITIVE_INFINITY;
  #latestNs = Number.NEGATIVE_INFINITY;
  #lastGapNs = 0;
  #differencesNs = 0;
  #tcpFrames = 0;
  #udpFrames = 0;
  #otherIpFrames = 0;
  #lostSegments = 0;

  add(frame: FrameFields): void {
    const { timeNs, transport } = frame;
    this.#frames++;
    this.#bytes += frame.wireLength;
    if (this.#frames === 1) this.#firstNs = timeNs;
    else {
      const gapNs = timeNs - this.#lastNs;
      if (this.#frames > 2) this.#differencesNs += Math.abs(gapNs - this.#lastGapNs);
      this.#lastGapNs = gapNs;
    }
    this.#lastNs = timeNs;
    if (timeNs < this.#earliestNs) this.#earliestNs = timeNs;
    if (timeNs > this.#latestNs) this.#latestNs = timeNs;
    if (transport === "tcp") this.#tcpFrames++;
    else if (transport === "udp") this.#udpFrames++;
    else if (transport === "otherIp") this.#otherIpFrames++;
    if (frame.isAfterLoss) this.#lostSegments++;
  }

  readings(): Omit<SelectionReadings, "rtp"> {
    return {
      frames: this.#frames,
      bytes: this.#bytes,
      firstNs: this.#firstNs,
      lastNs: this.#lastNs,
      earliestNs: this.#earliestNs,
      latestNs: this.#latestNs,
      differencesNs: this.#differencesNs,
      tcpFrames: this.#tcpFrames,
      udpFrames: this.#udpFrames,
      otherIpFrames: this.#otherIpFrames,
      lostSegments: this.#lostSegments,
    };
  }
}
