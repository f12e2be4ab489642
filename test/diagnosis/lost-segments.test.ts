import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { PairTimeline } from "../../src/engine/tally/samples/pair-timeline.ts";
import * as Connection from "../../src/engine/tcp/connection-sink.ts";
import { capturePath } from "../known-truth/captures.ts";
import { madeRun, requestsAt, usualMs } from "./made-run.ts";

const NS = 1e9;

/** 100 requests per second for 5 s; `also` says what happened below them. */
function runWith(also: (timeline: PairTimeline) => void, lateEvery = 0) {
  const requests = requestsAt(100, 5, (_, index) => ({
    firstByteMs: lateEvery > 0 && index % lateEvery === lateEvery - 1 ? 205 : usualMs(index),
  }));
  return madeRun([{ name: "A", requests, also }]);
}

/** SYNs sent first at these times, with so many repeats of each. */
function lateConnects(timeline: PairTimeline, seconds: readonly number[], repeats: number): void {
  for (const at of seconds) {
    const took = 2 ** repeats - 1;
    timeline.roundTrip(Connection.REPEATED_HANDSHAKE, took * NS, (at + took) * NS);
    timeline.lost(Connection.BEYOND_TAP, Connection.ANY, repeats, (at + took) * NS);
  }
}

describe("connections that came about late", () => {
  test("because SYNs were dropped, and nothing else was", () => {
    const run = runWith((timeline) => lateConnects(timeline, [1, 2, 2.5, 3], 2));
    expect(diagnose(run).findings).toMatchObject([
      { kind: "connectSlow", pair: "A", requests: 4, addedSeconds: 12, maxMs: 3000, beginSeconds: 1 },
    ]);
    expect(diagnose(run).findings[0]?.endSeconds).toBeCloseTo(3, 1);
  });

  test("two of them are none", () => {
    expect(diagnose(runWith((timeline) => lateConnects(timeline, [1, 2], 2))).findings).toEqual([]);
  });
});

describe("loss", () => {
  const losses = (timeline: PairTimeline) => {
    for (const at of [1, 2, 3, 4]) timeline.lost(Connection.BEFORE_TAP, Connection.HOLES, 1, at * NS);
  };

  test("with connections that waited for SYNs", () => {
    const run = runWith((timeline) => {
      losses(timeline);
      lateConnects(timeline, [1, 2], 1);
    });
    expect(diagnose(run).findings).toMatchObject([
      ...[{ kind: "loss", pair: "A", requests: 2, addedSeconds: 2, lost: 4, certainty: "certain" }],
    ]);
  });

  test("with requests that waited for a timeout", () => {
    expect(diagnose(runWith(losses, 100)).findings).toMatchObject([
      { kind: "loss", requests: 5, addedSeconds: 1, lost: 4, certainty: "likely" },
    ]);
  });

  test("is none where nobody waited, and a wait is none where nothing was lost", () => {
    expect(diagnose(runWith(losses)).findings).toEqual([]);
    expect(diagnose(runWith(() => undefined, 100)).findings).toEqual([]);
  });

  test.each(["loss-to2-from0", "loss-to0-from2"])("%s: on every cable, and nothing else", async (name) => {
    const { findings } = diagnose(await analyze(capturePath(`${name}.pcapng.gz`)));
    expect(findings.map(({ kind }) => kind)).toEqual(["loss", "loss", "loss"]);
    const servers = findings.map(({ pair }) => pair).sort();
    expect(servers).toEqual(["192.168.56.109", "192.168.56.110", "192.168.56.113"]);
  });
});
