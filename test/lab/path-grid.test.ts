/**
 * Two taps against their truth, as root: loss × queue × direction × clock error × snap length, without and with segmentation
 * offload. One run of the lab has three backends with a fault each; their taps are then bent and cut.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { bendClock } from "../../src/lab/bent-clock.ts";
import { readTap } from "../../src/lab/tapped-segments.ts";
import { parseIpAddress } from "../../src/packet/ip-address.ts";
import { distributionOf } from "../../src/path/delay-distribution.ts";
import { measurePath } from "../../src/path/measure-path.ts";
import type { DelayDistribution, PathMetrics } from "../../src/path/path-metrics.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { cutCapture } from "../path/cut-capture.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { tracesOf } from "./machine-state.ts";

const NAME = `g${process.pid}`;
const LONG_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), "lbqos-grid-"));
afterAll(() => {
  lbqos(["lab", "down", "--name", NAME]);
  rmSync(folder, { recursive: true, force: true });
});

const COUNTS = z.object({ sent: z.number(), lost: z.number() });
const TRUTH = z.record(z.string(), z.object({ to_backend: COUNTS, from_backend: COUNTS }));

const BALANCER = "192.168.56.103";
/** Each backend's name, address, file, and what goes wrong on its way. */
const BACKENDS = [
  ["fa", "192.168.56.109", "flask-a", "3 % lost to it"],
  ["fb", "192.168.56.113", "flask-b", "2 % lost from it, and a queue to it"],
  ["fc", "192.168.56.110", "flask-c", "a queue from it"],
] as const;
const FAULTS = ["--loss-to", "fa=3", "--loss-from", "fb=2", "--limit-to", "fb=2M", "--limit-from", "fc=12M"];
const CLOCKS = [
  { offsetMs: 0, driftPpm: 0 },
  { offsetMs: 37.2, driftPpm: 20 },
  { offsetMs: -1500, driftPpm: -35 },
] as const;
/** Bytes of each frame: whole headers, and headers without TCP's options. */
const SNAP_LENGTHS = [128, 60] as const;
/** Times in files are whole nanoseconds. */
const RESOLUTION_MS = 3e-6;

function makeRun(out: string, ...options: string[]): string {
  const made = lbqos([
    ...["lab", "run", "--name", NAME, "-o", join(folder, out), "--methods", "round-robin", "--runs", "1"],
    ...["--requests", "120", "--generator", "python", "--uri", "/large?n=30000", "--no-report", "--quiet"],
    ...["--taps", ...FAULTS, ...options],
  ]);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(tracesOf(NAME)).toEqual([]);
  return join(folder, out, "round-robin/01");
}

function truthOf(run: string, backend: string): readonly number[] {
  const truth = TRUTH.parse(JSON.parse(readFileSync(join(run, "truth.json"), "utf8")))[backend];
  return [
    truth?.to_backend.sent,
    truth?.to_backend.lost,
    truth?.from_backend.sent,
    truth?.from_backend.lost,
  ].map((one) => one ?? Number.NaN);
}

function countsOf({ forward, backward }: PathMetrics): readonly number[] {
  return [forward.sent, forward.lost, backward.sent, backward.lost];
}

/** The delays of packets that a tap of the sender and one of the receiver have, by one clock: nothing here is lbqos's matching. */
async function trueDelays(lb: string, tap: string, address: string) {
  const ends = [parseIpAddress(BALANCER), parseIpAddress(address)] as const;
  const [near, far] = [await readTap(lb, ...ends, 0), await readTap(tap, ...ends, 0)];
  const between = (sent: typeof near.toBackend, arrived: typeof near.toBackend) => {
    const keyOf = ({ shared, sequence, length, ipId }: (typeof sent)[number]) =>
      `${shared} ${sequence} ${length} ${ipId}`;
    // What looks the same (a SYN/ACK said twice has no IP ID) arrives in the order in which it was sent.
    const waiting = new Map<string, number[]>();
    for (const frame of sent) waiting.set(keyOf(frame), [...(waiting.get(keyOf(frame)) ?? []), frame.timeNs]);
    const delays = arrived
      .toSorted((a, b) => a.timeNs - b.timeNs)
      .flatMap((frame) => {
        const sentNs = waiting.get(keyOf(frame))?.shift();
        return sentNs === undefined ? [] : [(frame.timeNs - sentNs) / 1e6];
      });
    const changes = delays.slice(1).map((delay, index) => Math.abs(delay - (delays[index] ?? 0)));
    return {
      // Of two that are the same to the last bit, and one lost, nothing tells which arrived.
      isCertain: !arrived.some((frame) => (waiting.get(keyOf(frame))?.length ?? 0) > 0),
      delayMs: distributionOf(Float64Array.from(delays)),
      ipdvMs: distributionOf(Float64Array.from(changes)),
    };
  };
  return {
    forward: between(near.toBackend, far.toBackend),
    backward: between(far.fromBackend, near.fromBackend),
  };
}

function isNear(found: number | undefined, truth: number | undefined, by: number): boolean {
  return found !== undefined && truth !== undefined && Math.abs(found - truth) <= by;
}

function areNear(found: DelayDistribution | null, truth: DelayDistribution | null, by: number): boolean {
  return (["p50", "p95", "max"] as const).every((name) => isNear(found?.[name], truth?.[name], by));
}

needs(
  ...LAB_PROGRAMS,
  "nft",
  "cc",
)("two taps in the lab", () => {
  needsRoot("of namespaces", () => {
    test("counts equal the truth; offset, drift and delays are right within the printed bound", {
      timeout: LONG_MS,
    }, async () => {
      const run = makeRun("grid");
      const lb = join(run, "round-robin-01.pcapng.gz");
      const rows: object[] = [];
      const expected: object[] = [];
      for (const [name, address, file, fault] of BACKENDS) {
        const tap = join(run, `round-robin-01.${file}.pcapng`);
        const truth = await trueDelays(lb, tap, address);
        for (const clock of CLOCKS)
          for (const snap of SNAP_LENGTHS) {
            const [bent, cut] = [join(folder, "bent.pcapng"), join(folder, "cut.pcap")];
            await bendClock(tap, bent, clock);
            writeFileSync(cut, await cutCapture(bent, snap));
            const path = await measurePath(lb, cut);
            const { offsetMs, offsetBoundMs, driftPpm, driftBoundPpm, delayBoundMs } = path.clocks;
            const bound = (delayBoundMs ?? 0) + RESOLUTION_MS;
            const head = `${fault}; clock ${clock.offsetMs} ms, ${clock.driftPpm} ppm; ${snap} bytes`;
            rows.push({
              head,
              counts: countsOf(path),
              offset: isNear(offsetMs, clock.offsetMs, (offsetBoundMs ?? 0) + RESOLUTION_MS),
              isOffsetTold: (offsetBoundMs ?? 1) < 0.5,
              drift: isNear(driftPpm, clock.driftPpm, driftBoundPpm ?? 0),
              delays: [path.forward, path.backward].map(({ delayMs }, way) => {
                const { isCertain, delayMs: trueMs } = way === 0 ? truth.forward : truth.backward;
                return !isCertain || areNear(delayMs, trueMs, bound);
              }),
              ipdv: [path.forward, path.backward].map(({ ipdvMs }, way) => {
                const { isCertain, ipdvMs: trueMs } = way === 0 ? truth.forward : truth.backward;
                const mean = trueMs?.mean;
                return !isCertain || isNear(ipdvMs?.mean, mean, 0.01 * (mean ?? 0));
              }),
            });
            expected.push({
              head,
              counts: truthOf(run, name),
              offset: true,
              isOffsetTold: true,
              drift: true,
              delays: [true, true],
              ipdv: [true, true],
            });
          }
      }
      expect(rows).toEqual(expected);
      expect(rows).toHaveLength(18);
    });

    test("offload, and a clock that the lab bends: counts and offset are right, and compare has them", {
      timeout: LONG_MS,
    }, () => {
      const run = makeRun("offload", "--offload", "--clock-offset", "fa=37.2", "--clock-drift", "fa=20");
      const lb = join(run, "round-robin-01.pcapng.gz");
      const measured = BACKENDS.map(async ([, , file]) =>
        measurePath(lb, join(run, `round-robin-01.${file}.pcapng`)),
      );
      return Promise.all(measured).then((paths) => {
        expect(paths.map(countsOf)).toEqual(BACKENDS.map(([name]) => truthOf(run, name)));
        const [first] = paths;
        expect(isNear(first?.clocks.offsetMs, 37.2, (first?.clocks.offsetBoundMs ?? 0) + RESOLUTION_MS)).toBe(
          true,
        );
        const { status, stdout } = lbqos(["compare", join(folder, "offload"), "--format", "json", "--quiet"]);
        expect(status).toBe(0);
        const { truths } = z
          .object({ truths: z.array(z.object({ backend: z.string() })) })
          .parse(JSON.parse(stdout));
        expect(truths.map(({ backend }) => backend)).toEqual(["Flask A", "Flask B", "Flask C"]);
      });
    });
  });
});
