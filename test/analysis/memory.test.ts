/** What comes of a capture that asks the program to remember more than its memory holds. */
import { expect, test, vi } from "vitest";
import { FrameTracker } from "../../src/analysis/track-frames.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { Failure } from "../../src/failure.ts";
import { frameOf } from "../engine/tcp/segment-frames.ts";
import { parseSegments } from "../engine/tcp/segment-notation.ts";

const CONNECTIONS = 20_000;
const OFFSET_OF_SOURCE = 28;

/** A memory for some thousand connections: pages of 64 KiB. */
vi.mock("../../src/analysis/shared-memory.ts", () => ({
  sharedMemory: () => new WebAssembly.Memory({ initial: 16, maximum: 100, shared: true }),
}));

/** A SYN of each of as many clients. */
function flood(): FrameBatch {
  const [syn] = parseSegments("0 > S 0");
  if (syn === undefined) throw new Error("no segment");
  const frames = Array.from({ length: CONNECTIONS }, (_, client) => {
    const frame = frameOf(syn);
    frame.writeUInt16BE(client, OFFSET_OF_SOURCE);
    return frame;
  });
  const batch = new FrameBatch(frames.length);
  batch.reset(Buffer.concat(frames));
  let offset = 0;
  for (const { length } of frames) {
    batch.push(offset, length, length, 0, 1, 0);
    offset += length;
  }
  return batch;
}

test("ends with one line that says what to do", () => {
  const tracker = new FrameTracker(false);
  expect(() => tracker.feed(flood())).toThrow(Failure);
  expect(() => tracker.feed(flood())).toThrow(/^no memory is left [^\n]*editcap[^\n]*$/);
});
