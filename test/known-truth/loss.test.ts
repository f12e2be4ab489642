/** Losses by place against the packet-level truth of a second tap beyond the loss (fixtures/captures/*.truth.json). */
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import { BACKENDS, BALANCER, CAPTURES, capturePath } from "./captures.ts";

const COUNTS = z.object({ sent_seq: z.number(), lost_seq: z.number() });
const TRUTH = z.record(z.enum(["fa", "fb", "fc"]), z.object({ to_backend: COUNTS, from_backend: COUNTS }));

/** Of lost segments, or one where that is more. */
const TOLERATED_SHARE = 0.05;

const captures = readdirSync(CAPTURES)
  .filter((name) => name.endsWith(".truth.json"))
  .map((name) => name.replace(".truth.json", ""));

const inexact: string[] = [];
afterAll(() => {
  const list = inexact.length === 0 ? " none" : `\n${inexact.map((line) => `  ${line}`).join("\n")}`;
  console.log(`Directions whose losses are not exact:${list}`);
});

test("captures with losses are found", () => {
  expect(captures.length).toBe(4);
});

describe.each(captures)("losses of %s", async (capture) => {
  const truth = TRUTH.parse(JSON.parse(readFileSync(new URL(`${capture}.truth.json`, CAPTURES), "utf8")));
  const run = await analyze(capturePath(`${capture}.pcapng.gz`), {
    balancer: BALANCER,
    backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address })),
  });

  test.each(["fa", "fb", "fc"] as const)("%s", (backend) => {
    const pair = run.pairs.find(({ name }) => name === backend);
    for (const [way, ours] of [
      ["to_backend", pair?.transport.toBackend],
      ["from_backend", pair?.transport.fromBackend],
    ] as const) {
      const { sent_seq: sent, lost_seq: lost } = truth[backend][way];
      const found = (ours?.lostBeyondTap ?? Number.NaN) + (ours?.lostBeforeTap ?? Number.NaN);
      const direction = `${capture} ${backend} ${way}`;
      if (found !== lost) inexact.push(`${direction}: ${found}, in truth ${lost} of ${sent}`);
      const tolerated = lost === 0 ? 0 : Math.max(1, TOLERATED_SHARE * lost);
      expect(Math.abs(found - lost), direction).toBeLessThanOrEqual(tolerated);
      expect(ours?.lostAtLeast, direction).toBeLessThanOrEqual(lost);
      expect(ours?.lostAtMost, direction).toBeGreaterThanOrEqual(lost);
      expect((ours?.segments ?? 0) + (ours?.lostBeforeTap ?? 0), direction).toBe(sent - lost + found);
      // The recorder missed nothing in the testbed, and each direction was lossy on one side of the tap only.
      expect(ours?.captureDrops, direction).toBe(0);
      expect(way === "to_backend" ? ours?.lostBeforeTap : ours?.lostBeyondTap, direction).toBe(0);
      expect(ours?.lossPercent, direction).toBeCloseTo(
        (100 * found) / ((ours?.segments ?? 0) + (ours?.lostBeforeTap ?? 0)),
        9,
      );
    }
  });
});

test("not a segment is lost where nothing was", async () => {
  const lossFree = readdirSync(CAPTURES).filter(
    (name) => name.endsWith(".pcapng.gz") && !name.startsWith("loss-"),
  );
  expect(lossFree.length).toBe(10);
  for (const name of lossFree) {
    const { pairs } = await analyze(capturePath(name));
    expect(pairs.length).toBeGreaterThan(0);
    for (const { name: pair, transport } of pairs) {
      for (const direction of [transport.toBackend, transport.fromBackend]) {
        const { lostBeyondTap, lostBeforeTap, captureDrops, lossPercent, lostAtLeast } = direction;
        const found = { lostBeyondTap, lostBeforeTap, captureDrops, lossPercent, lostAtLeast };
        const nothing = {
          lostBeyondTap: 0,
          lostBeforeTap: 0,
          captureDrops: 0,
          lossPercent: 0,
          lostAtLeast: 0,
        };
        expect(found, `${name} ${pair}`).toEqual(nothing);
      }
    }
  }
});
