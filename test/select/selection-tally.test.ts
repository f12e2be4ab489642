/** The four metrics of a selection, by hand. */
import { describe, expect, test } from "vitest";
import { FrameBatch } from "../../src/capture/frame.ts";
import { measureSelection, selectionMetrics } from "../../src/metrics/measure-selection.ts";
import type { SelectionReadings } from "../../src/metrics/selection-readings.ts";
import { compileFilter, EVERY_FRAME } from "../../src/select/compile-filter.ts";
import { FrameSelector } from "../../src/select/frame-selector.ts";
import { ethernet, ipv4, join, udp } from "../packet/packet-bytes.ts";

/** A TCP segment without payload's sum of ports and numbers, 20 bytes of header. */
function segment(sequence: number, length: number, flags = 0x10): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(49_152, 0);
  header.writeUInt16BE(80, 2);
  header.writeUInt32BE(sequence, 4);
  header.writeUInt32BE(1, 8);
  header.writeUInt16BE(0x5000 | flags, 12);
  header.writeUInt16BE(8192, 14);
  return ethernet(0x0800, ipv4(6, join(header, Buffer.alloc(length))));
}

function datagram(length: number): Buffer {
  return ethernet(0x0800, ipv4(17, udp(5004, Buffer.alloc(length))));
}

/** What is counted of frames at times in ms. */
function readingsOf(
  frames: readonly (readonly [timeMs: number, frame: Buffer])[],
  filter = "",
): SelectionReadings {
  const bytes = Buffer.concat(frames.map(([, frame]) => frame));
  const batch = new FrameBatch();
  batch.reset(bytes);
  let offset = 0;
  for (const [timeMs, frame] of frames) {
    batch.push(offset, frame.length, frame.length, timeMs * 1e6, 1, 0);
    offset += frame.length;
  }
  const selector = new FrameSelector([filter === "" ? EVERY_FRAME : compileFilter(filter)]);
  selector.feed(batch);
  const [readings] = selector.readings();
  if (readings === undefined) throw new Error("no readings");
  return readings;
}

describe("the figures of a selection", () => {
  test("gaps of 10, 30 and 20 ms; one hole in TCP's numbers", () => {
    const readings = readingsOf([
      [0, segment(1000, 100)],
      [10, segment(1100, 100)],
      // 1200 … 1299 never came.
      [40, segment(1300, 100)],
      [60, segment(1400, 100)],
    ]);
    const bytes = 4 * (14 + 20 + 20 + 100);
    expect(measureSelection(readings)).toEqual({
      frames: 4,
      bytes,
      durationMs: 60,
      throughputMbps: expect.closeTo((8 * bytes) / 60e-3 / 1e6, 12),
      delayMs: 20,
      jitterMs: (20 + 10) / 2,
      packetLossPercent: 20,
      lostPackets: 1,
      lossFrom: "tcp",
      tcpFrames: 4,
      udpFrames: 0,
      otherIpFrames: 0,
      rtpFrames: 0,
    });
  });

  test("UDP's loss is not measured, and not rated", () => {
    const readings = readingsOf([
      [0, datagram(100)],
      [20, datagram(100)],
      [40, datagram(100)],
    ]);
    const measured = selectionMetrics({ filter: "udp" }, readings, { profile: "tiphon-kbps" });
    expect(measured).toMatchObject({ lossFrom: null, packetLossPercent: null, lostPackets: null });
    expect(measured.categories).toMatchObject({
      packetLoss: null,
      delay: 4,
      jitter: 4,
      throughput: 0,
      ratedMetrics: 3,
    });
  });

  test("TCP's loss does not stand for a selection that is UDP as well", () => {
    expect(
      measureSelection(
        readingsOf([
          [0, segment(1, 1)],
          [1, datagram(9)],
        ]),
      ).lossFrom,
    ).toBe(null);
  });

  test("a loss by the count of what was sent", () => {
    const readings = readingsOf([
      [0, datagram(1)],
      [1, datagram(1)],
      [2, datagram(1)],
    ]);
    expect(measureSelection(readings, 4)).toMatchObject({
      packetLossPercent: 25,
      lostPackets: 1,
      lossFrom: "sent",
    });
    expect(measureSelection(readings, 2)).toMatchObject({ packetLossPercent: null, lossFrom: null });
  });

  test("too few frames, or a clock that was set back, give no figures", () => {
    expect(measureSelection(readingsOf([]))).toMatchObject({
      frames: 0,
      durationMs: null,
      throughputMbps: null,
    });
    expect(measureSelection(readingsOf([[5, datagram(1)]]))).toMatchObject({ frames: 1, delayMs: null });
    const backwards = readingsOf([
      [50, datagram(1)],
      [0, datagram(1)],
      [20, datagram(1)],
    ]);
    expect(measureSelection(backwards)).toMatchObject({ durationMs: 50, delayMs: null, jitterMs: null });
  });

  test("the filter alone says which frames count", () => {
    const frames = [
      [0, segment(1, 1)],
      [1, datagram(9)],
      [3, datagram(9)],
    ] as const;
    expect(readingsOf(frames, "udp.dstport == 5004")).toMatchObject({
      frames: 2,
      udpFrames: 2,
      tcpFrames: 0,
    });
    expect(readingsOf(frames, "!udp")).toMatchObject({ frames: 1, udpFrames: 0, tcpFrames: 1 });
  });
});
