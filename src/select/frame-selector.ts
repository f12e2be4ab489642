/** The select room's verb: reads a capture's frames for several selections at once. */
import type { FrameBatch } from "../capture/frame.ts";
import type { SelectionReadings } from "../metrics/selection-readings.ts";
import type { FrameFilter } from "./compile-filter.ts";
import { FrameFields } from "./frame-fields.ts";
import { RtpStreams } from "./rtp/rtp-streams.ts";
import { SelectionTally } from "./selection-tally.ts";

export class FrameSelector {
  readonly #fields: FrameFields;
  readonly #filters: readonly FrameFilter[];
  readonly #tallies: readonly SelectionTally[];
  readonly #rtp: RtpStreams;

  /** @param rtp what finds RTP's streams */
  constructor(filters: readonly FrameFilter[], rtp: RtpStreams = new RtpStreams()) {
    this.#fields = new FrameFields(
      true,
      rtp,
      filters.reduce((asked, { protocols }) => asked | protocols, 0),
    );
    this.#rtp = rtp;
    this.#filters = filters;
    this.#tallies = filters.map(() => new SelectionTally());
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch): void {
    const fields = this.#fields;
    const filters = this.#filters;
    for (let row = 0; row < batch.count; row++) {
      fields.take(batch, row);
      for (let index = 0; index < filters.length; index++) {
        if (!filters[index]?.shows(fields)) continue;
        this.#tallies[index]?.add(fields);
        fields.rtp?.countFor(index);
      }
    }
  }

  /** What was counted, in the order of the filters. */
  readings(): readonly SelectionReadings[] {
    return this.#tallies.map((tally, index) => ({ ...tally.readings(), rtp: this.#rtp.countsOf(index) }));
  }
}
