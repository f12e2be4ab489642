import { describe, expect, test } from "vitest";
import { FrameFacts } from "../../src/engine/frame-facts.ts";
import { RecorderClock } from "../../src/engine/recorder-clock.ts";
import { recordingWarnings } from "../../src/metrics/recording-warnings.ts";

/** The facts of frames at these times in ms. */
function factsOf(timesMs: readonly number[]): FrameFacts {
  const facts = new FrameFacts();
  const clock = new RecorderClock();
  for (const timeMs of timesMs) {
    facts.frames++;
    clock.note(facts, timeMs * 1e6);
  }
  return facts;
}

const warningsOf = (timesMs: readonly number[], fileStarts: Parameters<typeof recordingWarnings>[1] = []) =>
  recordingWarnings(factsOf(timesMs), fileStarts, false);
const codes = (timesMs: readonly number[]) => warningsOf(timesMs).map(({ code }) => code);

/** `count` frames, `stepMs` apart, from a time on. */
const frames = (count: number, stepMs: number, fromMs = 0) =>
  Array.from({ length: count }, (_, index) => fromMs + index * stepMs);

describe("the order of frames", () => {
  test("nothing to say of microseconds between two capture queues", () => {
    expect(codes([0, 0.05, 0.02, 0.1, 0.08, 0.2])).toEqual([]);
  });

  test("frames that were late, and the next ones on time, are out of order", () => {
    const times = frames(60, 1);
    for (const late of [10, 30, 50]) times[late] = late - 40;
    expect(codes(times)).toEqual(["time-runs-backwards"]);
  });

  test("a single frame that was late, and the next one on time", () => {
    const times = frames(60, 1);
    times[40] = 5;
    expect(codes(times)).toEqual(["time-runs-backwards"]);
  });

  test("two queues that are read one after the other are out of order", () => {
    const times = [0, 1, 2, 3].flatMap((round) => [
      ...frames(20, 1, 20 * round),
      ...frames(20, 1, 20 * round),
    ]);
    expect(codes(times)).toEqual(["time-runs-backwards"]);
  });

  test("a clock that was set back goes on from there: 0.3 s", () => {
    const [warning, ...others] = warningsOf([...frames(305, 2), ...frames(200, 2, 305 * 2 - 300)]);
    expect(warning?.code).toBe("clock-set-back");
    expect(warning?.message).toContain("set back by 0.298 s before frame 306");
    expect(warning?.advice).not.toContain("reordercap");
    expect(others).toEqual([]);
  });

  test("a clock that was set back for good, by an hour, at the last frames", () => {
    const [warning] = warningsOf([...frames(20, 1, 3_600_000), 20, 21]);
    expect(warning?.message).toContain("set back by 3600.0 s before frame 21");
  });
});

describe("silence", () => {
  const [first, second] = [frames(500, 2), frames(500, 2, 121_000)];

  test("between two runs in one capture", () => {
    const [warning] = warningsOf([...first, ...second]);
    expect(warning?.code).toBe("silence");
    expect(warning?.message).toContain("120.0 s before frame 501");
  });

  test("between two files of one run names the second", () => {
    const [warning] = warningsOf([...first, ...second], [{ name: "b.pcap", frame: 501 }]);
    expect(warning?.code).toBe("files-apart");
    expect(warning?.source).toBe("b.pcap");
    expect(warning?.message).toContain("before b.pcap begins");
  });

  test("a clock that was set forward by 2 s", () => {
    expect(codes([...frames(300, 5), ...frames(300, 5, 3500)])).toEqual(["silence"]);
  });

  test("none where requests are rare, with the frames of each close together", () => {
    expect(codes(Array.from({ length: 40 }, (_, index) => frames(10, 0.05, 5000 * index)).flat())).toEqual(
      [],
    );
  });

  test("none before the last few frames, which close connections", () => {
    expect(codes([...first, 60_000, 60_001])).toEqual([]);
  });

  test("none of a run under way", () => {
    expect(recordingWarnings(factsOf([...first, ...second]), [], true)).toEqual([]);
  });
});

test("payloads that the snap length cut", () => {
  const facts = factsOf([0]);
  facts.cutPayloads = 3;
  expect(recordingWarnings(facts, [], false).map(({ code }) => code)).toEqual(["short-snap-length"]);
});
