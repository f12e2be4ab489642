/** What a lab can do to its network, as root: IPv6, bare TCP, offload, and the cable that is a program of ours. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { SEGMENT_DECODED } from "../../src/packet/skip-reason.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { tracesOf } from "./machine-state.ts";

const NAME = `n${process.pid}`;
const LONG_MS = 180_000;
const BACKENDS = ["fa", "fb", "fc"] as const;
const WAYS = ["to_backend", "from_backend"] as const;
const COUNTS = z.object({ sent: z.number(), lost: z.number(), unexplained: z.number() });
const TRUTH = z.record(z.enum(BACKENDS), z.record(z.enum(WAYS), COUNTS));
const FACTS = z.object({ load: z.unknown(), droppedBySwitch: z.record(z.string(), z.number()) });

const folder = mkdtempSync(join(tmpdir(), "lbqos-network-"));
afterAll(() => {
  lbqos(["lab", "down", "--name", NAME]);
  rmSync(folder, { recursive: true, force: true });
});

function makeRun(out: string, requests: number, ...options: string[]) {
  const made = lbqos([
    ...["lab", "run", "--name", NAME, "-o", join(folder, out), "--methods", "round-robin", "--runs", "1"],
    ...["--requests", `${requests}`, "--generator", "python", "--no-report", "--quiet", "--taps", ...options],
  ]);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(tracesOf(NAME)).toEqual([]);
  const run = join(folder, out, "round-robin/01");
  const read = (file: string): unknown => JSON.parse(readFileSync(join(run, file), "utf8"));
  const { load, droppedBySwitch } = FACTS.parse(read("run.json"));
  expect(load).toMatchObject({ requests, replies: requests });
  return {
    capture: join(run, "round-robin-01.pcapng.gz"),
    truth: TRUTH.parse(read("truth.json")),
    droppedBySwitch,
  };
}

/** What the segments of a capture are like. */
async function traitsOf(path: string) {
  const traits = { versions: new Set<number>(), withTimestamp: 0, withSack: 0, longest: 0 };
  const capture = await openCapture(path);
  const decoder = new FrameDecoder();
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      if (decoder.decode(batch, row) !== SEGMENT_DECODED) continue;
      const { ipVersion, hasTimestamp, sackCount, payloadLength } = decoder.segment;
      traits.versions.add(ipVersion);
      traits.withTimestamp += hasTimestamp ? 1 : 0;
      traits.withSack += sackCount;
      traits.longest = Math.max(traits.longest, payloadLength);
    }
  }
  await capture.close();
  return traits;
}

needs(
  ...LAB_PROGRAMS,
  "ethtool",
  "nft",
  "cc",
)("the network of a lab", () => {
  needsRoot("of namespaces", () => {
    test("IPv6 with offload: the truth is what the switch dropped, packet by packet", {
      timeout: LONG_MS,
    }, async () => {
      const { capture, truth, droppedBySwitch } = makeRun(
        "offload",
        60,
        ...[
          "--ipv6",
          "--offload",
          "--uri",
          "/echo",
          "--body",
          "200000",
          "--loss-to",
          "2",
          "--loss-from",
          "1",
        ],
      );
      const counted = Object.fromEntries(
        BACKENDS.flatMap((backend) => [
          [`to-${backend}`, truth[backend].to_backend.lost],
          [`from-${backend}`, truth[backend].from_backend.lost],
        ]),
      );
      expect(counted).toEqual(droppedBySwitch);
      expect(Math.min(...Object.values(counted))).toBeGreaterThan(0);
      const traits = await traitsOf(capture);
      expect([...traits.versions]).toEqual([6]);
      expect(traits.longest).toBeGreaterThan(10_000);
      expect(traits.withTimestamp).toBeGreaterThan(0);
      expect(traits.withSack).toBeGreaterThan(0);
    });

    test("bare TCP on a cable that delays, loses in bursts and copies", { timeout: LONG_MS }, async () => {
      const { capture, truth } = makeRun(
        "cable",
        90,
        ...["--no-timestamps", "--no-sack", "--uri", "/large?n=100000", "--workers", "4"],
        ...[
          "--delay-to",
          "8",
          "--delay-from",
          "4",
          "--bursts-to",
          "3",
          "--duplicates-from",
          "4",
          "--reorder-from",
          "1",
        ],
      );
      const traits = await traitsOf(capture);
      expect({ ...traits, longest: traits.longest <= 1460 }).toEqual({
        versions: new Set([4]),
        withTimestamp: 0,
        withSack: 0,
        longest: true,
      });
      const sum = (way: (typeof WAYS)[number], what: keyof z.infer<typeof COUNTS>) =>
        BACKENDS.reduce((total, backend) => total + truth[backend][way][what], 0);
      const share = sum("to_backend", "lost") / sum("to_backend", "sent");
      expect(share).toBeGreaterThan(0.01);
      expect(share).toBeLessThan(0.06);
      expect([sum("from_backend", "lost"), sum("to_backend", "unexplained")]).toEqual([0, 0]);
      const metrics = await analyze(capture, { balancer: "192.168.56.103" });
      const shortest = metrics.pairs
        .filter(({ destination }) => /\.(109|110|113)$/.test(destination))
        .map(({ transport }) => transport.handshakeRttMs?.min ?? 0);
      expect(shortest).toHaveLength(3);
      expect(Math.min(...shortest)).toBeGreaterThan(12);
      expect(Math.min(...shortest)).toBeLessThan(20);
    });
  });
});
