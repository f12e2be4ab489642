import { describe, expect, test } from "vitest";
import { recordingWarnings } from "../../src/metrics/recording-warnings.ts";

const codes = (...args: Parameters<typeof recordingWarnings>) =>
  recordingWarnings(...args).map(({ code }) => code);

describe("how the capture was recorded", () => {
  test("nothing to say of microseconds between two capture queues", () => {
    expect(codes(12, 30_000, 7, 0)).toEqual([]);
  });

  test("frames out of order by more than a millisecond", () => {
    expect(codes(12, 5_000_000, 7, 0)).toEqual(["time-runs-backwards"]);
  });

  test("a clock that was set back names the frame", () => {
    const [warning] = recordingWarnings(1, 3_600_000_000_000, 4711, 0);
    expect(warning?.code).toBe("clock-set-back");
    expect(warning?.message).toContain("3600.0 s before frame 4711");
  });

  test("payloads that the snap length cut", () => {
    expect(codes(0, 0, 0, 3)).toEqual(["short-snap-length"]);
  });
});
