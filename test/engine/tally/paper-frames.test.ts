import { describe, expect, test } from "vitest";
import { DirectionReadings } from "../../../src/engine/readings/direction-readings.ts";
import { PaperFrames } from "../../../src/engine/tally/paper-frames.ts";
import { measurePaper } from "../../../src/metrics/measure-pair.ts";
import type { PaperMetrics } from "../../../src/metrics/run-metrics.ts";

type FrameMetrics = Omit<PaperMetrics, "lostPackets" | "packetLossPercent" | "requests">;

function metricsOf(frames: PaperFrames): FrameMetrics {
  const { lostPackets, packetLossPercent, requests, ...metrics } = measurePaper(
    frames.readings(),
    new DirectionReadings(),
  );
  expect([lostPackets, packetLossPercent, requests]).toEqual([0, null, 0]);
  return metrics;
}

/** Frames of 1000 bytes at these times, in ms. */
function metricsAt(...timesMs: readonly number[]): FrameMetrics {
  const frames = new PaperFrames();
  for (const [index, timeMs] of timesMs.entries()) frames.add(index + 1, timeMs * 1e6, 1000);
  return metricsOf(frames);
}

const NOT_MEASURED = { delayMs: null, jitterMs: null, jitterSignedMs: null };

describe("the paper's metrics by hand", () => {
  test("no frame: throughput 0, nothing else measured", () => {
    expect(metricsAt()).toEqual({
      frames: 0,
      bytes: 0,
      durationMs: null,
      throughputMbps: 0,
      ...NOT_MEASURED,
    });
  });

  test("one frame: no time passes", () => {
    expect(metricsAt(5)).toEqual({
      frames: 1,
      bytes: 1000,
      durationMs: 0,
      throughputMbps: null,
      ...NOT_MEASURED,
    });
  });

  test("two frames: a delay, but no difference of delays", () => {
    // 2 · 8000 bits in 4 ms.
    expect(metricsAt(1, 5)).toEqual({
      frames: 2,
      bytes: 2000,
      durationMs: 4,
      throughputMbps: 4,
      delayMs: 4,
      jitterMs: null,
      jitterSignedMs: null,
    });
  });

  test("three frames: one difference", () => {
    // d₂ = 4, d₃ = 1.
    expect(metricsAt(1, 5, 6)).toEqual({
      frames: 3,
      bytes: 3000,
      durationMs: 5,
      throughputMbps: 4.8,
      delayMs: 2.5,
      jitterMs: 3,
      jitterSignedMs: -3,
    });
  });

  test("five frames: absolute differences add up, signed ones cancel out", () => {
    // d = 4, 1, 6, 3: |−3| + |5| + |−3| = 11 over 3; signed (3 − 4) / 3.
    const { delayMs, jitterMs, jitterSignedMs } = metricsAt(0, 4, 5, 11, 14);
    expect(delayMs).toBe(3.5);
    expect(jitterMs).toBeCloseTo(11 / 3, 12);
    expect(jitterSignedMs).toBeCloseTo(-1 / 3, 12);
  });

  test("a frame that completes several messages counts once", () => {
    const frames = new PaperFrames();
    frames.add(7, 1e6, 1000);
    frames.add(7, 1e6, 1000);
    frames.add(9, 3e6, 500);
    expect(metricsOf(frames)).toMatchObject({ frames: 2, bytes: 1500, durationMs: 2 });
  });

  test("frames at the same time: no throughput, delay 0", () => {
    expect(metricsAt(3, 3, 3)).toMatchObject({
      throughputMbps: null,
      durationMs: 0,
      delayMs: 0,
      jitterMs: 0,
    });
  });

  test("a frame recorded a little late follows at once: no negative delay, the same span", () => {
    const frames = new PaperFrames();
    for (const [index, timeMs] of [0, 10, 9, 20].entries()) frames.add(index + 1, timeMs * 1e6, 100);
    const { durationMs, delayMs, jitterMs } = metricsOf(frames);
    expect({ durationMs, delayMs, jitterMs }).toEqual({ durationMs: 20, delayMs: 20 / 3, jitterMs: 10 });
  });

  test("a clock that is set back starts anew: the step is no delay", () => {
    const frames = new PaperFrames();
    for (const [index, timeMs] of [5000, 5010, 10, 20].entries()) frames.add(index + 1, timeMs * 1e6, 100);
    expect(metricsOf(frames).durationMs).toBe(20);
  });
});
