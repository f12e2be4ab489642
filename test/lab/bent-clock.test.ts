/** A tap's clock that is wrong on purpose. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { parseClocks } from "../../src/cli/lab/clock-option.ts";
import { bendClock } from "../../src/lab/bent-clock.ts";
import { captureOf, passed, steadyTraffic } from "../path/two-taps.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-clock-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function framesOf(path: string) {
  const capture = await openCapture(path);
  const frames: { timeNs: bigint; wireLength: number; bytes: string }[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch())
    for (let row = 0; row < batch.count; row++) {
      const at = batch.offset[row] ?? 0;
      frames.push({
        timeNs: (capture.startNs ?? 0n) + BigInt(batch.timeNs[row] ?? 0),
        wireLength: batch.wireLength[row] ?? 0,
        bytes: batch.bytes.subarray(at, at + (batch.capturedLength[row] ?? 0)).toString("hex"),
      });
    }
  await capture.close();
  return frames;
}

test("shows other times, and the same frames", async () => {
  const [straight, bent] = [join(folder, "straight.pcap"), join(folder, "bent.pcapng")];
  writeFileSync(straight, captureOf(passed(steadyTraffic(101))[0], { snapLength: 60 }));
  await bendClock(straight, bent, { offsetMs: -1500.5, driftPpm: 20 });
  const before = await framesOf(straight);
  const after = await framesOf(bent);
  const [first] = before;
  const shifts = before.map(({ timeNs }, index) => Number((after[index]?.timeNs ?? 0n) - timeNs));
  expect(shifts[0]).toBe(-1_500_500_000);
  // A second later the clock has gained 20 µs.
  const second = before.findIndex(({ timeNs }) => timeNs - (first?.timeNs ?? 0n) === 1_000_000_000n);
  expect(shifts[second]).toBe(-1_500_480_000);
  expect(after.map(({ timeNs: _time, ...frame }) => frame)).toEqual(
    before.map(({ timeNs: _time, ...frame }) => frame),
  );
});

test("options say by how much, of one backend or of all", () => {
  expect(parseClocks(["fa=37.2", "fb=-1500 ms"], ["fa=20"])).toEqual([
    { backend: "fa", offsetMs: 37.2, driftPpm: 20 },
    { backend: "fb", offsetMs: -1500, driftPpm: 0 },
  ]);
  expect(parseClocks([], ["-35ppm"]).map(({ driftPpm }) => driftPpm)).toEqual([-35, -35, -35]);
  expect(parseClocks([], [])).toEqual([]);
  expect(() => parseClocks(["fa=late"], [])).toThrow(/--clock-offset: "fa=late" can't be understood/);
  expect(() => parseClocks([], ["fx=1"])).toThrow(/--clock-drift/);
});
