/** The select room's verb: reads a capture's frames for several selections at once. */
import type { FrameBatch } from "../capture/frame.ts";
import type { SelectionReadings } from "../metrics/selection-readings.ts";
import type { FrameFilter } from "./compile-filter.ts";
import { FrameFields } from "./frame-fields.ts";
import { SelectionTally } from "./selection-tally.ts";

export class FrameSelector {
  readonly #fields = new FrameFields();
  readonly #filters: readonly FrameFilter[];
  readonly #tallies: readonly SelectionTally[];

  constructor(filters: readonly FrameFilter[]) {
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
        if (filters[index]?.shows(fields)) this.#tallies[index]?.add(fields);
      }
    }
  }

  /** What was counted, in the order of the filters. */
  readings(): readonly SelectionReadings[] {
    return this.#tallies.map((tally) => tally.readings());
  }
}
