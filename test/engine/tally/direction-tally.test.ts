import { describe, expect, test } from "vitest";
import { TransportReadings } from "../../../src/engine/readings/transport-readings.ts";
import { Segment } from "../../../src/engine/segments/segment.ts";
import { DirectionTally } from "../../../src/engine/tally/direction-tally.ts";
import * as AnalysisFlag from "../../../src/engine/tcp/analysis-flags.ts";
import * as LossEvidence from "../../../src/engine/tcp/connection-sink.ts";
import * as LossPlace from "../../../src/engine/tcp/connection-sink.ts";
import type { SegmentFacts } from "../../../src/engine/tcp/segment-facts.ts";
import * as IdStep from "../../../src/engine/tcp/segment-facts.ts";
import { SegmentTally } from "../../../src/engine/tcp/segment-tally.ts";
import { measureDirection, measureTransport } from "../../../src/metrics/measure-pair.ts";

const SECOND = 1_000_000_000;
const { BEYOND_TAP, BEFORE_TAP, CAPTURE_DROP } = LossPlace;
const { ANY, IDS, HOLES, HOLES_AGAIN, UNDECIDED, IN_VAIN, PURE_ACKS } = LossEvidence;

/** 100 new bytes in 154 on the wire, unless said otherwise. */
const DATA: SegmentFacts = {
  connection: 0,
  side: 0,
  analysis: 0,
  duplicate: false,
  occupies: true,
  wireSegments: 1,
  newPayloadBytes: 100,
  seenAgainBytes: 0,
  idStep: IdStep.NONE,
};

/** Segments with so much payload and so many bytes on the wire, counted as the follower counts them. */
function tallied(facts: readonly SegmentFacts[], payloadLength: number, wireLength: number): DirectionTally {
  const segment = new Segment();
  segment.payloadLength = payloadLength;
  const segments = new SegmentTally();
  for (const each of facts) segments.add(each, segment, wireLength, 0);
  const tally = new DirectionTally();
  tally.add(segments);
  return tally;
}

function tallyOf(...segments: readonly Partial<SegmentFacts>[]): DirectionTally {
  const facts = segments.map((each) => ({ ...DATA, ...each }));
  return tallied(facts, 100, 154);
}

function metricsOf(tally: DirectionTally, spanNs = SECOND) {
  const none = { beyondTap: 0, beforeTap: 0, elsewhere: 0 };
  return measureDirection(tally.readings(), new DirectionTally().readings(), 0, spanNs, none);
}

describe("packets, bytes and rates", () => {
  test("nothing", () => {
    expect(metricsOf(new DirectionTally(), Number.NEGATIVE_INFINITY)).toMatchObject({
      packets: 0,
      lossPercent: null,
      throughputMbps: null,
      goodputMbps: null,
    });
  });

  test("throughput counts what was on the wire, goodput new payload", () => {
    const tally = tallyOf({}, {}, { newPayloadBytes: 40, seenAgainBytes: 60 });
    expect(metricsOf(tally, SECOND / 2)).toMatchObject({
      packets: 3,
      bytes: 462,
      segments: 3,
      payloadBytes: 300,
      retransmittedSegments: 1,
      retransmittedBytes: 60,
      throughputMbps: (462 * 8) / 0.5 / 1e6,
      goodputMbps: (240 * 8) / 0.5 / 1e6,
    });
  });

  test("an ACK is a packet and no segment", () => {
    const tally = tallied([{ ...DATA, occupies: false, newPayloadBytes: 0 }], 0, 54);
    expect(metricsOf(tally)).toMatchObject({
      packets: 1,
      bytes: 54,
      segments: 0,
      payloadBytes: 0,
      lossPercent: null,
    });
  });

  test("a repeated SYN is a repeated segment without a byte of payload", () => {
    const tally = tallied([{ ...DATA, newPayloadBytes: 0, seenAgainBytes: 1 }], 0, 74);
    expect(metricsOf(tally)).toMatchObject({ retransmittedSegments: 1, retransmittedBytes: 0 });
  });

  test("a frame recorded twice counts for Wireshark's readings only", () => {
    const tally = tallyOf({}, { duplicate: true, analysis: AnalysisFlag.LOST_SEGMENT });
    expect(metricsOf(tally)).toMatchObject({ packets: 1, bytes: 154, segments: 1 });
    expect(tally.readings()).toMatchObject({ frames: 2, lostSegments: 1 });
  });
});

describe("losses", () => {
  test("add up by place, and percent is of what was sent", () => {
    const tally = tallyOf(...Array.from({ length: 17 }, () => ({})));
    tally.lost(BEYOND_TAP, ANY, 3);
    tally.lost(BEYOND_TAP, ANY, -1);
    tally.lost(BEFORE_TAP, HOLES, 2);
    tally.lost(CAPTURE_DROP, ANY, 1);
    // Sent: 17 recorded, 2 lost before the tap, 1 that the recorder missed.
    expect(metricsOf(tally)).toMatchObject({
      lostBeyondTap: 2,
      lostBeforeTap: 2,
      captureDrops: 1,
      lossPercent: 20,
    });
  });

  test.each<[string, number, readonly number[]]>([
    ["few IDs to compare: by holes", 5, [IdStep.NEXT, IdStep.NEXT, IdStep.NEXT, IdStep.GAP]],
    [
      "IDs that follow each other: by IDs",
      7,
      Array.from({ length: 10 }, (_, i) => (i < 6 ? IdStep.NEXT : IdStep.GAP)),
    ],
    ["random IDs: by holes", 5, Array.from({ length: 10 }, (_, i) => (i < 5 ? IdStep.NEXT : IdStep.JUMP))],
    ["eight IDs are enough: by IDs", 7, Array.from({ length: 8 }, () => IdStep.NEXT)],
    ["seven are not: by holes", 5, Array.from({ length: 7 }, () => IdStep.NEXT)],
  ])("%s", (_, lostBeforeTap, steps) => {
    const tally = tallyOf(...steps.map((idStep) => ({ idStep })));
    tally.lost(BEFORE_TAP, IDS, 6);
    tally.lost(BEFORE_TAP, HOLES, 4);
    tally.lost(BEFORE_TAP, ANY, 1);
    expect(metricsOf(tally).lostBeforeTap).toBe(lostBeforeTap);
  });

  test("pure ACKs count beside the segments, where IDs count and enough of them were sent", () => {
    const acks = (step: number, connections: number, count = 16) => {
      const tally = tallyOf(...Array.from({ length: count }, () => ({ idStep: step, occupies: false })), {});
      tally.lost(BEFORE_TAP, PURE_ACKS, 3);
      tally.lost(BEFORE_TAP, PURE_ACKS, -1);
      const { lostAcksBeforeTap, lostBeforeTap } = measureDirection(
        tally.readings(),
        new DirectionTally().readings(),
        connections,
        SECOND,
        { beyondTap: 0, beforeTap: 0, elsewhere: 0 },
      );
      expect(lostBeforeTap).toBe(0);
      return lostAcksBeforeTap;
    };
    expect(acks(IdStep.NEXT, 1)).toBe(2);
    // 16 recorded and 2 lost: nine for each of two connections, six for each of three.
    expect(acks(IdStep.NEXT, 2)).toBe(2);
    expect(acks(IdStep.NEXT, 3)).toBeNull();
    expect(acks(IdStep.JUMP, 1)).toBeNull();
    expect(acks(IdStep.NONE, 1)).toBeNull();
  });

  test("where holes tell, repeats lost like what they repeat are expected, less those seen", () => {
    const ofHundred = (lost: number, again: number) => {
      const tally = tallyOf(...Array.from({ length: 100 - lost - again }, () => ({})));
      tally.lost(BEFORE_TAP, HOLES, lost);
      tally.lost(BEFORE_TAP, HOLES_AGAIN, again);
      return metricsOf(tally).lostBeforeTap;
    };
    // 80 arrived. Each was lost first with p = 20 / 80: 80 / (1 − p) = 106.7 were sent, 26.7 more than arrived.
    expect(ofHundred(20, 0)).toBe(27);
    // p = 18 / 80: 103.2 were sent.
    expect(ofHundred(18, 2)).toBe(23);
    expect(ofHundred(16, 4)).toBe(20);
    expect(ofHundred(14, 6)).toBe(20);
    expect(ofHundred(1, 0)).toBe(1);
    // More than half of all would have been lost: other things leave such holes.
    expect(ofHundred(33, 0)).toBe(65);
    expect(ofHundred(34, 0)).toBe(34);
  });

  test("bounds: what IDs leave open matters only where IDs count", () => {
    const lossy = (...segments: readonly Partial<SegmentFacts>[]) => {
      const tally = tallyOf(...segments);
      tally.lost(BEYOND_TAP, ANY, 5);
      tally.unsure(ANY, 2, 1);
      tally.unsure(IDS, 1, 4);
      const { lostAtLeast, lostAtMost } = metricsOf(tally);
      return [lostAtLeast, lostAtMost];
    };
    expect(lossy({})).toEqual([3, 6]);
    expect(lossy(...Array.from({ length: 8 }, () => ({ idStep: IdStep.NEXT })))).toEqual([2, 10]);
  });

  test("handshake segments that either direction may have lost", () => {
    const tally = tallyOf({}, {}, {}, {});
    tally.lost(BEYOND_TAP, ANY, 1);
    const other = new DirectionTally().readings();
    const shared = (losses: { beyondTap: number; beforeTap: number; elsewhere: number }) =>
      measureDirection(tally.readings(), other, 0, SECOND, losses);
    expect(shared({ beyondTap: 2, beforeTap: 0, elsewhere: 1 })).toMatchObject({
      lostBeyondTap: 3,
      lostBeforeTap: 0,
      lostAtLeast: 1,
      lostAtMost: 4,
    });
    expect(shared({ beyondTap: 0, beforeTap: 1, elsewhere: 2 })).toMatchObject({
      lostBeyondTap: 1,
      lostBeforeTap: 1,
      lostAtLeast: 1,
      // Two of five lost: by holes, 0.4 repeats of the one before the tap were expected to be lost, at most two.
      lostAtMost: 6,
    });
  });

  test("never below zero, however much is taken back", () => {
    const tally = tallyOf({});
    tally.lost(BEYOND_TAP, ANY, -2);
    tally.lost(BEFORE_TAP, HOLES, -2);
    expect(metricsOf(tally)).toMatchObject({
      lostBeyondTap: 0,
      lostBeforeTap: 0,
      lossPercent: 0,
      lostAtLeast: 0,
    });
  });
});

describe("what nothing decides", () => {
  const hundred = () => tallyOf(...Array.from({ length: 100 }, () => ({})));
  const none = { beyondTap: 0, beforeTap: 0, elsewhere: 0 };
  const lossesOf = (own: DirectionTally, other: DirectionTally) =>
    measureDirection(own.readings(), other.readings(), 0, SECOND, none);

  test("a segment, or its ACK: by the losses that are known of both directions", () => {
    const own = hundred();
    own.lost(BEYOND_TAP, ANY, 3);
    own.lost(BEYOND_TAP, UNDECIDED, 8);
    const other = hundred();
    other.lost(BEYOND_TAP, ANY, 1);
    expect(lossesOf(own, other)).toMatchObject({ lostBeyondTap: 9, lostAtLeast: 3, lostAtMost: 11 });
  });

  test("where nothing was lost in this direction, they were ACKs", () => {
    const own = hundred();
    own.lost(BEYOND_TAP, UNDECIDED, 8);
    const other = hundred();
    other.lost(BEYOND_TAP, ANY, 1);
    expect(lossesOf(own, other)).toMatchObject({ lostBeyondTap: 0, lostAtLeast: 0, lostAtMost: 8 });
  });

  test("where nothing is known to be lost, they count", () => {
    const own = hundred();
    own.lost(BEYOND_TAP, UNDECIDED, 2);
    expect(lossesOf(own, hundred())).toMatchObject({ lostBeyondTap: 2, lostAtLeast: 0, lostAtMost: 2 });
  });

  test("before the tap, where holes tell", () => {
    const own = hundred();
    own.lost(BEFORE_TAP, HOLES, 10);
    own.lost(BEFORE_TAP, UNDECIDED, 2);
    // Of the 10, a tenth had a repeat that was lost, too.
    expect(lossesOf(own, hundred())).toMatchObject({ lostBeforeTap: 13 });
  });

  test("of segments sent again in vain as many are lost as of others", () => {
    const own = hundred();
    own.lost(BEYOND_TAP, ANY, 8);
    own.lost(BEYOND_TAP, IN_VAIN, 20);
    expect(lossesOf(own, hundred())).toMatchObject({ lostBeyondTap: 10 });
  });
});

describe("a SYN, or its SYN/ACK and one of the two after it", () => {
  // Of 8: with 2 % lost there and 10 % back, 0.02 / (0.02 + 2 * 0.1²) = one half.
  test.each([
    [2, 10, { to: 6, from: 18 }],
    [0, 10, { to: 0, from: 26 }],
    [10, 0, { to: 18, from: 0 }],
    [0, 0, { to: 8, from: 0 }],
  ])("by the losses that are known: %s and %s of 100", (lostThere, lostBack, { to, from }) => {
    const hundred = (lost: number) => {
      const tally = tallyOf(...Array.from({ length: 100 }, () => ({})));
      tally.lost(BEYOND_TAP, ANY, lost);
      return tally.readings();
    };
    const transport = new TransportReadings();
    transport.toBackend = hundred(lostThere);
    transport.fromBackend = hundred(lostBack);
    transport.lossesOfOneOrTwo = 8;
    const { toBackend, fromBackend } = measureTransport(transport);
    expect(toBackend.lostBeyondTap).toBe(to);
    expect(fromBackend.lostBeyondTap + fromBackend.lostBeforeTap).toBe(from);
  });
});

describe("IDs in disorder", () => {
  const steps = (...idSteps: number[]) => tallyOf(...idSteps.map((idStep) => ({ idStep })));
  const { NEXT, GAP, BACK, JUMP } = IdStep;

  test("a packet that fills a gap agrees with it: they count", () => {
    expect(steps(NEXT, GAP, BACK, GAP, BACK, GAP, BACK, GAP, BACK).idsCount()).toBe(true);
  });

  test("gaps that nothing fills don't", () => {
    expect(steps(NEXT, GAP, GAP, NEXT, GAP, JUMP, NEXT, GAP, JUMP).idsCount()).toBe(false);
  });
});
