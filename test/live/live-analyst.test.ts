/** Memory in which records go to the thread that analyzes. */
import { expect, test } from "vitest";
import type { AnalystCalls } from "../../src/live/analyst-calls.ts";
import { LiveAnalyst, MAX_WAITING_BYTES } from "../../src/live/live-analyst.ts";
import type { RecordChunk } from "../../src/live/record-chunk.ts";
import type { Channel } from "../../src/threads/channel.ts";

const MESSAGES = 20;

function chunkOf(length: number): RecordChunk {
  const ends = Uint32Array.of(length);
  return { bytes: new Uint8Array(length).fill(7), ends, timesNs: Float64Array.of(0), frames: 1 };
}

test("is used again for the records that follow, whatever their length", async () => {
  const memories = new Set<ArrayBufferLike>();
  const lengths: number[] = [];
  const take = async (kind: keyof AnalystCalls, order: unknown) => {
    if (kind !== "records" || !(order instanceof Uint8Array)) return;
    memories.add(order.buffer);
    lengths.push(order.length);
    expect(order.every((byte) => byte === 7)).toBe(true);
    return order.buffer;
  };
  const start = () => ({ call: take, close: async () => {} }) as unknown as Channel<AnalystCalls>;
  const analyst = new LiveAnalyst({ options: {}, requests: null }, start, MAX_WAITING_BYTES, () => {});
  for (let message = 1; message <= MESSAGES; message++) {
    analyst.take(chunkOf(1000 * message));
    await analyst.roomFor(0);
  }
  expect(lengths).toEqual(Array.from({ length: MESSAGES }, (_, index) => 1000 * (index + 1)));
  expect(memories.size).toBe(1);
});
