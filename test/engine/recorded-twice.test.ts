/** Frames recorded twice, by what the tracker knows of where a frame came from: its interface, and its link header. */
import { expect, test } from "vitest";
import { plainEngine } from "../../src/analysis/plain.ts";
import { FrameTracker } from "../../src/analysis/track-frames.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { frameOf } from "./tcp/segment-frames.ts";
import { parseSegments } from "./tcp/segment-notation.ts";

const SOURCE_MAC = 6;
const IP_ID = 18;

test.each([
  { ipId: 7, otherInterface: false, otherMac: false, isCopy: true },
  { ipId: 0, otherInterface: false, otherMac: false, afterMs: 0.001, isCopy: true },
  { ipId: 0, otherInterface: false, otherMac: false, isCopy: false },
  { ipId: 0, otherInterface: true, otherMac: false, isCopy: true },
  { ipId: 0, otherInterface: false, otherMac: true, isCopy: true },
])("%j", ({ ipId, otherInterface, otherMac, afterMs = 6, isCopy }) => {
  const [plan] = parseSegments("0 > 1:10 ack 1");
  if (plan === undefined) throw new Error("no segment");
  const first = frameOf(plan);
  first.writeUInt16BE(ipId, IP_ID);
  const second = Buffer.from(first);
  if (otherMac) second.writeUInt8(first.readUInt8(SOURCE_MAC) ^ 2, SOURCE_MAC);
  const batch = new FrameBatch();
  batch.reset(Buffer.concat([first, second]));
  batch.push(0, first.length, first.length, 0, 1, 0);
  batch.push(first.length, second.length, second.length, afterMs * 1e6, 1, otherInterface ? 1 : 0);
  for (const tracker of [new FrameTracker(false), new FrameTracker(false, plainEngine)]) {
    tracker.feed(batch);
    expect(tracker.facts.frames.duplicateFrames).toBe(isCopy ? 1 : 0);
  }
});
