/** Pure ACKs lost before the tap against the truth of second taps (fixtures/acks), and against the IDs as tshark reads them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import type { DirectionMetrics } from "../../src/metrics/run-metrics.ts";
import { needs } from "../real-part.ts";
import { BACKENDS, BALANCER } from "./captures.ts";

const UPLOADS = new URL("../../fixtures/acks/uploads.pcapng.gz", import.meta.url);
const COUNTS = z.object({ lost: z.number(), lost_seq: z.number() });
const TRUTH = z.record(z.enum(["fa", "fb", "fc"]), z.object({ to_backend: COUNTS, from_backend: COUNTS }));

const run = await analyze(fileURLToPath(UPLOADS), {
  balancer: BALANCER,
  backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address })),
});

function transportOf(backend: string): { toBackend: DirectionMetrics; fromBackend: DirectionMetrics } {
  const pair = run.pairs.find(({ name }) => name === backend);
  if (pair === undefined) throw new Error(`no pair ${backend}`);
  return pair.transport;
}

test("25 of 26 lost pure ACKs are counted, none that was not lost, and no segment is lost more", () => {
  const truth = TRUTH.parse(
    JSON.parse(readFileSync(new URL("../../fixtures/acks/uploads.truth.json", import.meta.url), "utf8")),
  );
  const lostAcks = (backend: "fa" | "fb" | "fc") => {
    const { lost, lost_seq: segments } = truth[backend].from_backend;
    expect(transportOf(backend).fromBackend.lostBeforeTap).toBe(segments);
    return lost - segments;
  };
  expect({ fa: lostAcks("fa"), fb: lostAcks("fb"), fc: lostAcks("fc") }).toEqual({ fa: 9, fb: 9, fc: 8 });
  const ours = (backend: string) => transportOf(backend).fromBackend.lostAcksBeforeTap;
  // The ninth was the last packet of its connection.
  expect({ fa: ours("fa"), fb: ours("fb"), fc: ours("fc") }).toEqual({ fa: 9, fb: 8, fc: 8 });
});

test("the balancer, which sends data, sends too few pure ACKs to tell", () => {
  for (const backend of Object.keys(BACKENDS)) {
    expect(transportOf(backend).toBackend.lostAcksBeforeTap).toBeNull();
  }
});

needs("tshark")("tshark", () => {
  test("reads IDs that miss as many packets", () => {
    const fields = ["ip.src", "tcp.stream", "ip.id"].flatMap((field) => ["-e", field]);
    const filter = `ip.dst == ${BALANCER} && tcp.flags.syn == 0 && ip.id != 0`;
    const output = execFileSync(
      "tshark",
      ["-n", "-r", fileURLToPath(UPLOADS), "-Y", filter, "-T", "fields", ...fields],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    const packets = output
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
    for (const [backend, address] of Object.entries(BACKENDS)) {
      const own = packets.filter(([source]) => source === address);
      let missing = 0;
      for (const stream of new Set(own.map(([, number]) => number))) {
        const ids = own.flatMap(([, number, id]) => (number === stream ? [Number(id)] : []));
        missing += Math.max(...ids) - Math.min(...ids) + 1 - new Set(ids).size;
      }
      const { lostBeforeTap, lostAcksBeforeTap } = transportOf(backend).fromBackend;
      expect(lostBeforeTap + (lostAcksBeforeTap ?? Number.NaN), backend).toBe(missing);
    }
  });
});
