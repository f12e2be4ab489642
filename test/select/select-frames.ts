/** What lbqos counts of a capture's frames for each filter. */
import { openCapture } from "../../src/capture/open-capture.ts";
import type { SelectionReadings } from "../../src/metrics/selection-readings.ts";
import { compileFilter, EVERY_FRAME } from "../../src/select/compile-filter.ts";
import { FrameSelector } from "../../src/select/frame-selector.ts";

/** @param filters an empty one: every frame */
export async function selectFrames(
  source: string | Uint8Array,
  filters: readonly string[],
): Promise<readonly SelectionReadings[]> {
  const selector = new FrameSelector(
    filters.map((filter) => (filter === "" ? EVERY_FRAME : compileFilter(filter))),
  );
  const capture = await openCapture(source);
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    selector.feed(batch);
  }
  await capture.close();
  return selector.readings();
}
