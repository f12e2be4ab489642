/** Two taps of a path with known delays and losses: what is counted, and what it is measured by. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measurePath } from "../../src/path/measure-path.ts";
import type { PathMetrics } from "../../src/path/path-metrics.ts";
import { captureOf, capturesOf, passed, steadyTraffic, type TestPacket, type TestTap } from "./two-taps.ts";

const SYNCHRONOUS = { synchronousClocks: true };
const lost = (packet: TestPacket): TestPacket => ({ ...packet, delaysNs: [] });

async function measured(
  packets: readonly TestPacket[],
  first: TestTap = {},
  second: TestTap = {},
  options = {},
): Promise<PathMetrics> {
  const [a, b] = capturesOf(packets, first, second);
  return measurePath(a, b, options);
}

/** Sent and lost there and back. */
function counts({ forward, backward }: PathMetrics): readonly number[] {
  return [forward.sent, forward.lost, backward.sent, backward.lost];
}

describe("with one clock,", () => {
  test("delays are exact to the nanosecond", async () => {
    const { forward, backward, clocks } = await measured(steadyTraffic(9), {}, {}, SYNCHRONOUS);
    // 1.0 1.1 1.1 1.0 1.1 1.1 1.0 1.1 1.1 ms: 5 changes of 0.1 ms between 9 packets.
    expect(forward.delayMs).toEqual({ min: 1, mean: 9.6 / 9, p50: 1.1, p95: 1.1, p99: 1.1, max: 1.1 });
    expect(forward.ipdvMs).toEqual({ min: 0, mean: 0.5 / 8, p50: 0.1, p95: 0.1, p99: 0.1, max: 0.1 });
    expect(forward.pdvMs).toMatchObject({ min: 0, p50: 0.1, max: 0.1 });
    expect(backward.delayMs).toMatchObject({ min: 3, max: 3.1 });
    expect(clocks).toMatchObject({
      kind: "synchronous",
      offsetMs: 0,
      driftPpm: 0,
      delayBoundMs: 0,
      smallestRoundTripMs: 4,
    });
  });

  test("a lost packet is counted in its direction, the first and the last one too", async () => {
    const gone = [0, 7, 20, 59];
    const path = await measured(
      steadyTraffic(30, (packet, index) => (gone.includes(index) ? lost(packet) : packet)),
    );
    expect(counts(path)).toEqual([30, 2, 30, 2]);
    expect(path.forward.lossPercent).toBeCloseTo((100 * 2) / 30);
  });

  test("a copy that the network makes is no packet of its own", async () => {
    const packets = steadyTraffic(20, (packet, index) =>
      index === 10 ? { ...packet, delaysNs: [1e6, 1.2e6] } : packet,
    );
    const path = await measured(packets);
    expect(counts(path)).toEqual([20, 0, 20, 0]);
    expect(path.forward.duplicated).toBe(1);
    expect(path.forward.notRecordedAtSender).toBe(0);
  });

  test("a packet overtaken by two others is reordered, by an extent of two", async () => {
    const packets = steadyTraffic(20, (packet, index) =>
      index === 10 ? { ...packet, delaysNs: [23e6] } : packet,
    );
    const { forward } = await measured(packets, {}, {}, SYNCHRONOUS);
    // Sent at 50 ms, there at 73 ms; those of 60 ms and 70 ms arrive at 61.0 ms and 71.1 ms.
    expect(forward.reordering).toEqual({ reordered: 1, meanExtent: 2, maxExtent: 2, maxLateMs: 12 });
  });

  test("losses are runs: two bursts, of three packets and of one, six apart", async () => {
    const gone = [10, 11, 12, 19].map((packet) => 2 * packet);
    const packets = steadyTraffic(30, (packet, index) => (gone.includes(index) ? lost(packet) : packet));
    const { forward, backward } = await measured(packets);
    expect(forward.lossRuns).toMatchObject({
      bursts: 2,
      meanBurst: 2,
      longestBurst: 3,
      meanGap: 6,
      shortestGap: 6,
    });
    // Of 25 packets with a received one before them two were lost; of 4 with a lost one before, two were received.
    expect(forward.lossRuns.gilbert).toEqual({ lossAfterReceived: 2 / 25, receivedAfterLoss: 0.5 });
    expect(backward.lossRuns).toMatchObject({ bursts: 0, meanBurst: null, meanGap: null });
  });

  test("RFC 3550's jitter is the differences' sixteenths", async () => {
    const { forward } = await measured(steadyTraffic(9), {}, {}, SYNCHRONOUS);
    let jitter = 0;
    for (const change of [0.1, 0, 0.1, 0.1, 0, 0.1, 0.1, 0]) jitter += (change - jitter) / 16;
    expect(forward.rfc3550JitterMs).toBeCloseTo(jitter, 12);
  });

  test("a queue that overflows shows in the delay before its losses, chance does not", async () => {
    const queue = (index: number): number => (index % 20) * 1e6;
    const full = steadyTraffic(400, (packet, index) =>
      packet.isForward
        ? { ...packet, delaysNs: (index / 2) % 20 === 19 ? [] : [1e6 + queue(index / 2)] }
        : packet,
    );
    expect((await measured(full)).forward.beforeLoss).toMatchObject({ losses: 20, cause: "queue" });
    const chance = steadyTraffic(400, (packet, index) =>
      packet.isForward
        ? { ...packet, delaysNs: (index / 2) % 19 === 7 ? [] : [1e6 + queue(index / 2)] }
        : packet,
    );
    expect((await measured(chance)).forward.beforeLoss).toMatchObject({ cause: "random" });
  });
});

describe("packets are matched", () => {
  const traffic = steadyTraffic(40, (packet, index) =>
    index % 17 === 3 ? lost(packet) : { ...packet, timestamp: 7000 + index },
  );
  const truth = counts({
    forward: { sent: 40, lost: traffic.filter((p) => p.isForward && p.delaysNs.length === 0).length },
    backward: { sent: 40, lost: traffic.filter((p) => !p.isForward && p.delaysNs.length === 0).length },
  } as PathMetrics);

  const taps: readonly [string, TestTap, TestTap][] = [
    ["where a VLAN tag and another TTL come", { vlan: 7 }, { timeToLive: 60 }],
    ["where a snap length cuts the options", {}, { snapLength: 54 }],
    ["across a NAT", {}, { translated: { host: 99, port: 1234 } }],
    ["across a NAT with a snap length", { snapLength: 54 }, { translated: { host: 99, port: 1234 } }],
  ];
  test.each(taps)("%s", async (_name, first, second) => {
    expect(counts(await measured(traffic, first, second))).toEqual(truth);
  });

  test("over IPv6, where packets have no ID", async () => {
    const path = await measured(traffic.map((packet): TestPacket => ({ ...packet, ipVersion: 6, ipId: 0 })));
    expect(counts(path)).toEqual(truth);
    expect(path.hosts).toEqual([["2001:db8::1"], ["2001:db8::2"]]);
  });

  test("of UDP, by payload where there is no ID", async () => {
    const datagrams = traffic.map(
      (packet, index): TestPacket => ({
        ...packet,
        protocol: "udp",
        ipId: 0,
        payload: Buffer.from(`datagram ${index} of many`),
      }),
    );
    expect(counts(await measured(datagrams))).toEqual(truth);
  });

  test("of UDP not at all where nothing tells datagrams apart", async () => {
    const datagrams = traffic.map(
      (packet): TestPacket => ({ ...packet, protocol: "udp", ipId: 0, payload: Buffer.alloc(0) }),
    );
    await expect(measured(datagrams)).rejects.toThrow(/no packet of/);
  });

  test.each([
    ["", 0],
    [" whose first one says that the sender slowed down (CWR)", 0x80],
  ])("where offload makes one frame of several at one tap%s", async (_name, firstFlag) => {
    const mss = 1000;
    const handshake: TestPacket[] = [
      {
        isForward: true,
        sentNs: 0,
        delaysNs: [1e6],
        ipId: 1,
        sequence: 0,
        flags: 0x02,
        maximumSegmentSize: mss,
      },
      {
        isForward: false,
        sentNs: 2e6,
        delaysNs: [1e6],
        ipId: 900,
        sequence: 0,
        acknowledgement: 1,
        flags: 0x12,
        maximumSegmentSize: mss,
      },
    ];
    const data = Array.from({ length: 60 }, (_, index): TestPacket => {
      const isLast = index % 6 === 5;
      return {
        isForward: true,
        sentNs: 10e6 * (1 + Math.floor(index / 6)) + index,
        delaysNs: index === 20 ? [] : [1e6 + (index % 6) * 1000],
        ipId: 100 + index,
        sequence: 1 + (index - Math.floor(index / 6)) * mss + Math.floor(index / 6) * 300,
        acknowledgement: 1,
        flags: (isLast ? 0x18 : 0x10) | (index % 6 === 0 ? firstFlag : 0),
        payload: Buffer.alloc(isLast ? 300 : mss, index),
      };
    });
    const acks = Array.from(
      { length: 10 },
      (_, index): TestPacket => ({
        isForward: false,
        sentNs: 10e6 * (1 + index) + 5e6,
        delaysNs: [1e6 + index],
        ipId: 901 + index,
        sequence: 1,
        acknowledgement: 5301 + 5300 * index,
      }),
    );
    const all = [...handshake, ...data, ...acks];
    const [first, second] = passed(all);
    // The sender's tap sees the six segments of each burst as one frame.
    const merged = first.flatMap((recorded) => {
      const index = data.indexOf(recorded.packet);
      if (index < 0) return [recorded];
      if (index % 6 !== 0) return [];
      const burst = data.slice(index, index + 6);
      const payload = Buffer.concat(burst.map((packet) => packet.payload ?? Buffer.alloc(0)));
      return [{ ...recorded, packet: { ...recorded.packet, payload, flags: 0x18 | firstFlag } }];
    });
    const path = await measurePath(captureOf(merged), captureOf(second));
    expect(path.matching).toMatchObject({ splitFrames: true });
    expect(counts(path)).toEqual([61, 1, 11, 0]);
  });

  test("a long delay is right where the clocks part: each clock counts when it is read", async () => {
    const packets = steadyTraffic(60, (packet, index) =>
      index === 41 ? { ...packet, delaysNs: [500e6] } : packet,
    );
    const { backward } = await measured(packets, {}, { clock: (trueNs) => trueNs * (1 + 200e-6) });
    // Against the smallest delay, 3 ms, which no asymmetry bends. 200 ppm of 500 ms are 100 µs.
    expect(Math.abs((backward.pdvMs?.max ?? 0) - 497)).toBeLessThan(0.005);
  });

  test("and identical copies told apart by order and time", async () => {
    // A segment that is lost and repeated 300 ms later without anything that tells them apart: the repetition arrived.
    const packets = steadyTraffic(60, (packet) => ({ ...packet, ipId: 0 }));
    const original = packets[40] as TestPacket;
    packets[40] = lost(original);
    packets.push({ ...original, sentNs: original.sentNs + 300e6, delaysNs: [1e6] });
    const path = await measured(packets, {}, {}, SYNCHRONOUS);
    expect(counts(path)).toEqual([61, 1, 60, 0]);
    expect(path.forward.delayMs?.max).toBe(1.1);
  });

  test("by what their own way usually takes: a queue on the other one makes no delay believable", async () => {
    const packets = steadyTraffic(60, (packet) => ({
      ...packet,
      ipId: 0,
      delaysNs: packet.isForward ? [600e6] : [1e6],
    }));
    const original = packets[41] as TestPacket;
    packets[41] = lost(original);
    packets.push({ ...original, sentNs: original.sentNs + 1e9, delaysNs: [1e6] });
    const path = await measured(packets, {}, {}, SYNCHRONOUS);
    expect(counts(path)).toEqual([60, 0, 61, 1]);
    expect([path.forward.delayMs?.max, path.backward.delayMs?.max]).toEqual([600, 1]);
  });
});

describe("no match is better than a false one:", () => {
  const [a, b] = capturesOf(steadyTraffic(40));
  const [otherRun] = capturesOf(
    steadyTraffic(40, (packet) => ({ ...packet, sequence: (packet.sequence ?? 0) + 77_777, port: 41_000 })),
  );

  test("captures of different runs have nothing in common", async () => {
    await expect(measurePath(otherRun, b)).rejects.toThrow(/no packet of .* different runs/);
  });
  test("the same capture twice is no path", async () => {
    await expect(measurePath(a, a)).rejects.toThrow(/same recording/);
  });
  test("taps in the other order are measured, and named", async () => {
    const handshake: TestPacket = {
      isForward: true,
      sentNs: -5e6,
      delaysNs: [1e6],
      ipId: 4321,
      flags: 0x02,
      sequence: 999,
    };
    const [first, second] = capturesOf([handshake, ...steadyTraffic(40)]);
    const path = await measurePath(second, first);
    expect(path.warnings.map(({ code }) => code)).toEqual(["path-other-order"]);
    expect(path.forward.opened).toBe(0);
    expect(path.backward.opened).toBe(1);
  });
  test("times that were shuffled are refused", async () => {
    const [first] = passed(steadyTraffic(40));
    const shuffled = first.map((recorded, index) => ({ ...recorded, atNs: ((index * 37) % 80) * 5e9 }));
    await expect(measurePath(a, captureOf(shuffled))).rejects.toThrow(/times are not of one run/);
  });
  test("too few packets are too few", async () => {
    await expect(measured(steadyTraffic(3))).rejects.toThrow(/fewer than 8/);
  });
  test("what the other tap did not record because it was off is not lost", async () => {
    const [first, second] = passed(steadyTraffic(60));
    const path = await measurePath(captureOf(first), captureOf(second.filter(({ atNs }) => atNs < 400e6)));
    expect(path.forward.lost + path.backward.lost).toBe(0);
    expect(path.taps[0].packetsOutside).toBeGreaterThan(30);
  });
  test("connections that the other tap filters out are not lost", async () => {
    const own = steadyTraffic(40);
    const filtered = steadyTraffic(40, (packet) => ({
      ...packet,
      port: 50_000,
      sequence: (packet.sequence ?? 0) + 5,
    }));
    const [first, second] = passed([...own, ...filtered]);
    const path = await measurePath(
      captureOf(first),
      captureOf(second.filter(({ packet }) => packet.port !== 50_000)),
    );
    expect(counts(path)).toEqual([40, 0, 40, 0]);
    expect(path.taps[0].packetsNotShared).toBe(80);
  });
});

test("whatever is lost and however long packets take, both directions add up, and delays are right within the bound", async () => {
  const packet = fc.record({
    isForward: fc.boolean(),
    gapNs: fc.integer({ min: 1000, max: 5_000_000 }),
    delayNs: fc.integer({ min: 20_000, max: 30_000_000 }),
    isLost: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(packet, { minLength: 60, maxLength: 150 }),
      fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }),
      fc.integer({ min: -80, max: 80 }),
      async (drawn, offsetNs, ppm) => {
        let sentNs = 0;
        const packets = drawn.map(({ isForward, gapNs, delayNs, isLost }, index): TestPacket => {
          sentNs += gapNs;
          return {
            isForward,
            sentNs,
            delaysNs: isLost && index % 4 === 0 ? [] : [delayNs],
            ipId: index + 1,
            sequence: index,
          };
        });
        const ways = [true, false].map((way) => packets.filter(({ isForward }) => isForward === way));
        const arrived = ways.map((way) => way.filter(({ delaysNs }) => delaysNs.length > 0));
        fc.pre(arrived.every((way) => way.length >= 10));
        const clock = (ns: number): number => ns + offsetNs + (ns * ppm) / 1e6;
        const path = await measured(packets, {}, { clock });
        for (const [index, direction] of [path.forward, path.backward].entries()) {
          expect(direction.received + direction.lost).toBe(direction.sent);
          expect([direction.sent, direction.received]).toEqual([ways[index]?.length, arrived[index]?.length]);
          const trueMax = Math.max(...(arrived[index] ?? []).map(({ delaysNs }) => delaysNs[0] ?? 0)) / 1e6;
          expect(Math.abs((direction.delayMs?.max ?? 0) - trueMax)).toBeLessThanOrEqual(
            (path.clocks.delayBoundMs ?? 0) + 1e-4,
          );
        }
      },
    ),
    { numRuns: 60, seed: 23 },
  );
});
