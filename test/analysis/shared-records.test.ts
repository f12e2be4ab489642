/** Records in shared memory stay as they are until their buffer is released, whatever is found meanwhile. */
import { expect, test } from "vitest";
import { FrameTracker, type SharedRecords } from "../../src/analysis/track-frames.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import type { RecordBatch } from "../../src/engine/records/record-batch.ts";
import { capturePath } from "../known-truth/captures.ts";

const CAPTURE = capturePath("loss-big-to2-from2.pcapng.gz");

test.each([1, 2, 5])("%i at a time", async (max) => {
  const [sharing, taking] = [new FrameTracker(true), new FrameTracker(true)];
  const capture = await openCapture(CAPTURE);
  const expected: string[] = [];
  const read: string[] = [];
  const buffers = new Set<number>();
  const shared: SharedRecords[] = [];
  const readOne = (): void => {
    const oldest = shared.shift();
    if (oldest === undefined) throw new Error("nothing is shared");
    read.push(textOf(oldest.records));
    sharing.release(oldest.buffer);
  };
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (const tracker of [sharing, taking]) tracker.feed(batch);
    expected.push(textOf(taking.take()));
    shared.push(sharing.share());
    for (const { buffer } of shared) buffers.add(buffer);
    if (shared.length > max) readOne();
  }
  while (shared.length > 0) readOne();
  await capture.close();
  expect(expected.length).toBeGreaterThan(max + 2);
  expect(read).toEqual(expected);
  expect(buffers.size).toBeGreaterThan(max);
  expect(buffers.size).toBeLessThan(max + 3);
});

function textOf({ words, octets }: RecordBatch): string {
  return `${Array.from(words).join(" ")} ${Buffer.from(octets).toString("hex")}`;
}
