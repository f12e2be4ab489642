/** RTP by hand: what is missing, what came twice, how unevenly it came, and what is no RTP. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import type { AnalysisOptions } from "../../../src/metrics/analysis-options.ts";
import type { RunMetrics } from "../../../src/metrics/run-metrics.ts";
import { ethernet, ipv4, udp } from "../../packet/packet-bytes.ts";
import { audio, PORT, pcapOf, rtpCapture, rtpFrame, type SentPacket } from "./rtp-packets.ts";

const RTP: AnalysisOptions = { selections: [{ filter: "rtp" }] };

function measured(packets: readonly SentPacket[], options: AnalysisOptions = RTP): Promise<RunMetrics> {
  return analyze(rtpCapture(packets), options);
}

function without(packets: readonly SentPacket[], ...indices: number[]): SentPacket[] {
  return packets.filter((_, index) => !indices.includes(index));
}

describe("losses", () => {
  test("are the numbers that are missing, over the wrap of 16 bits, and are rated", async () => {
    const run = await measured(without(audio(100, 65_500), 20, 21, 35, 36, 70));
    expect(run.rtpStreams).toMatchObject([
      { ssrc: "0x1234abcd", packets: 95, lostPackets: 5, duplicatePackets: 0, packetLossPercent: 5 },
    ]);
    expect(run.selections).toMatchObject([
      { frames: 95, rtpFrames: 95, packetLossPercent: 5, lostPackets: 5, lossFrom: "rtp" },
    ]);
    expect(run.selections?.[0]?.categories.packetLoss).toBe(3);
  });

  test("late packets are none, the first two in the wrong order either", async () => {
    const packets = audio(60);
    const [first, second] = packets.splice(0, 2);
    const [late] = packets.splice(10, 1);
    if (first === undefined || second === undefined || late === undefined) throw new Error("no packets");
    packets.splice(15, 0, { ...late, timeNs: packets[14]?.timeNs ?? 0 });
    const run = await measured([{ ...second, timeNs: 0 }, { ...first, timeNs: 100 }, ...packets]);
    expect(run.rtpStreams).toMatchObject([{ packets: 60, lostPackets: 0, duplicatePackets: 0 }]);
  });

  test("a copy hides none: the count is RFC 3550's, the percentage is not", async () => {
    const packets = without(audio(41), 20);
    const copy = packets[30];
    if (copy === undefined) throw new Error("no packet");
    const run = await measured([
      ...packets.slice(0, 31),
      { ...copy, timeNs: copy.timeNs + 5 },
      ...packets.slice(31),
    ]);
    expect(run.rtpStreams).toMatchObject([{ packets: 41, lostPackets: 0, duplicatePackets: 1 }]);
    expect(run.rtpStreams?.[0]?.packetLossPercent).toBeCloseTo(100 / 41, 12);
    expect(run.selections).toMatchObject([{ lostPackets: 1, lossFrom: "rtp" }]);
  });

  test("belong to the frame behind the gap, so that a part of a call has its own", async () => {
    const filter = "udp.port == 5004 && frame.time_relative >= 1";
    const run = await measured(without(audio(100), 10, 11, 60), { selections: [{ filter }] });
    expect(run.selections).toMatchObject([{ frames: 49, lostPackets: 1, lossFrom: "rtp" }]);
    expect(run.rtpStreams).toMatchObject([{ lostPackets: 3 }]);
  });

  test("a minute without packets is lost, numbers that begin anew are not", async () => {
    const late = audio(50).map((packet) => ({
      ...packet,
      timeNs: packet.timeNs + 101 * 1e9,
      sequence: packet.sequence + 5050,
      timestamp: packet.timestamp + 101 * 8000,
    }));
    expect((await measured([...audio(50), ...late])).rtpStreams).toMatchObject([
      { packets: 100, lostPackets: 5000, restarts: 0 },
    ]);
    const anew = audio(50, 30_000).map((packet) => ({ ...packet, timeNs: packet.timeNs + 1e9 }));
    const run = await measured([...audio(50), ...anew]);
    expect(run.rtpStreams).toMatchObject([{ packets: 100, lostPackets: 0, restarts: 1 }]);
    expect(run.warnings.map(({ code }) => code)).toContain("rtp-restarted");
  });

  test("of two senders on one port are counted apart", async () => {
    const other = audio(100, 7).map((packet) => ({ ...packet, ssrc: 77, timeNs: packet.timeNs + 3e6 }));
    const both = [...without(audio(100), 50), ...without(other, 10, 11)];
    const run = await measured(both.toSorted((a, b) => a.timeNs - b.timeNs));
    expect(run.rtpStreams).toMatchObject([
      { ssrc: "0x1234abcd", lostPackets: 1 },
      { ssrc: "0x0000004d", lostPackets: 2 },
    ]);
    expect(run.selections).toMatchObject([{ lostPackets: 3, packetLossPercent: 1.5 }]);
  });
});

describe("jitter", () => {
  test("is RFC 3550's: J + (|D| − J) / 16, 0 where packets keep time", async () => {
    expect((await measured(audio(50))).rtpStreams).toMatchObject([
      { clockRateHz: 8000, meanJitterMs: 0, maxJitterMs: 0 },
    ]);
    // One packet 16 ms late: D is 16 ms, then −16 ms: J is 1, then 1 + 15/16.
    const late = audio(50).map((packet, index) =>
      index === 30 ? { ...packet, timeNs: packet.timeNs + 16e6 } : packet,
    );
    expect((await measured(late)).rtpStreams?.[0]?.maxJitterMs).toBeCloseTo(1 + 15 / 16, 12);
  });

  test("needs the clock of a payload type that both ends agreed on", async () => {
    const packets = audio(50).map((packet) => ({
      ...packet,
      payloadType: 111,
      timestamp: packet.timestamp * 6,
    }));
    expect((await measured(packets)).rtpStreams).toMatchObject([
      { payloadTypes: [111], clockRateHz: null, meanJitterMs: null, maxJitterMs: null, lostPackets: 0 },
    ]);
    const told = { ...RTP, rtp: [{ port: PORT, clockRateHz: 48_000 }] };
    expect((await measured(packets, told)).rtpStreams).toMatchObject([
      { clockRateHz: 48_000, recognizedBy: "port", meanJitterMs: 0 },
    ]);
  });
});

describe("what is RTP", () => {
  test("is a stream long enough, unless the user says so", async () => {
    expect((await measured(audio(15))).rtpStreams).toBeUndefined();
    expect((await measured(audio(15))).selections).toMatchObject([{ frames: 0 }]);
    const told = { ...RTP, rtp: [{ port: PORT }] };
    expect((await measured(audio(15), told)).selections).toMatchObject([{ frames: 15, lossFrom: "rtp" }]);
  });

  test.each<[string, (packet: SentPacket, index: number) => Partial<SentPacket>]>([
    ["numbers that do not move", () => ({ sequence: 1000 })],
    ["numbers that jump about", (_, index) => ({ sequence: index * 7919 })],
    ["timestamps that do not move", () => ({ timestamp: 5 })],
    ["timestamps that keep another time", (_, index) => ({ timestamp: index * 100_000 })],
    ["a sender for each packet", (_, index) => ({ ssrc: index * 3 + 1 })],
    ["a sender without a number", () => ({ ssrc: 0 })],
    ["a type that nobody assigned", () => ({ payloadType: 50 })],
    ["a type of RTCP", () => ({ payloadType: 72 })],
    ["a port of the system", () => ({ port: 53 })],
  ])("is not: %s", async (_, change) => {
    const packets = audio(300).map((packet, index) => ({ ...packet, ...change(packet, index) }));
    const run = await measured(packets, { selections: [{ filter: "rtp" }, { filter: "udp" }] });
    expect(run.rtpStreams).toBeUndefined();
    expect(run.selections).toMatchObject([
      { frames: 0 },
      { frames: 300, lossFrom: null, packetLossPercent: null },
    ]);
  });

  test("is not random bytes, of which many are kept apart from few", async () => {
    let state = 1;
    const byte = () => {
      state = (state * 1_664_525 + 1_013_904_223) >>> 0;
      return state >>> 24;
    };
    const frames = Array.from({ length: 3000 }, (_, index): [number, Buffer] => {
      const payload = Buffer.from(Array.from({ length: 60 }, byte));
      return [index * 10_000_000, ethernet(0x0800, ipv4(17, udp(PORT, payload, 40_000)))];
    });
    const media = audio(1400).map((packet): [number, Buffer] => [packet.timeNs + 7, rtpFrame(packet)]);
    const mixed = [...frames, ...media].toSorted(([a], [b]) => a - b);
    const run = await analyze(pcapOf(mixed), RTP);
    expect(run.rtpStreams).toMatchObject([{ packets: 1400, lostPackets: 0 }]);
    expect(run.selections).toMatchObject([{ frames: 1400 }]);
  });

  test("headers that are cut, or longer than their datagram, are not read", async () => {
    for (const header of [
      "80",
      "8000 03e8 0000c350 1234ab",
      "8f00 03e8 0000c350 1234abcd",
      "9000 03e8 0000c350 1234abcd beef 0040",
    ]) {
      const frame = ethernet(
        0x0800,
        ipv4(17, udp(PORT, Buffer.from(header.replaceAll(" ", ""), "hex"), 40_000)),
      );
      const run = await analyze(pcapOf([[0, frame]]), { ...RTP, rtp: [{ port: PORT }] });
      expect(run.rtpStreams).toBeUndefined();
    }
  });
});

test("the protocols of a capture name RTP only where there is some", async () => {
  const groups = { by: ["protocol"], perKind: 20, onlyWithoutPairs: false } as const;
  const filters = async (packets: readonly SentPacket[]) =>
    (await measured(packets, { groups })).selections?.map(({ filter }) => filter);
  expect(await filters(audio(60))).toEqual(["", "udp", "rtp"]);
  expect(await filters(audio(5))).toEqual(["", "udp"]);
});
