import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { needs } from "../real-part.ts";
import { decodeWith, outcomeOf, payloadText, segmentOf } from "./decode-one.ts";
import { ethernet, hex, ipv4, ipv6, join, tcp, udp } from "./packet-bytes.ts";
import { tsharkTcpFields } from "./tshark-tcp.ts";

const MORE_FRAGMENTS = 0x2000;
const SECOND = 1e9;

const TEXT = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(3);
const TCP = tcp(Buffer.from(TEXT));

/** Which bytes of a datagram's payload a fragment carries, the last one to the end. */
type Range = readonly [start: number, end: number];

function fragmentIpv4(payload: Buffer, [start, end]: Range, protocol = 6, identification = 7): Buffer {
  const more = end < payload.length ? MORE_FRAGMENTS : 0;
  const fields = { identification, fragment: more | (start / 8) };
  return ethernet(0x0800, ipv4(protocol, payload.subarray(start, end), fields));
}

/** Only the first fragment has to say what is inside (RFC 8200 §4.5). */
function fragmentIpv6(payload: Buffer, [start, end]: Range): Buffer {
  const nextHeader = start === 0 ? 6 : 59;
  const header = join(Buffer.from([nextHeader, 0]), "0000 cafe0001");
  header.writeUInt16BE(start | (end < payload.length ? 1 : 0), 2);
  return ethernet(0x86dd, ipv6(44, join(header, payload.subarray(start, end))));
}

/** What one decoder says of frames, one after the other, a second apart. */
function outcomes(frames: readonly Buffer[], decoder = new FrameDecoder()): string[] {
  return frames.map((frame, index) => decodeWith(decoder, frame, { timeNs: index * SECOND }));
}

describe("fragments of an IP datagram", () => {
  const inOrder: Range[] = [
    [0, 40],
    [40, 80],
    [80, TCP.length],
  ];

  test("give the segment with the frame that completes them", () => {
    const decoder = new FrameDecoder();
    const frames = inOrder.map((range) => fragmentIpv4(TCP, range));
    expect(outcomes(frames, decoder)).toEqual(["ip-fragment", "ip-fragment", "segment"]);
    expect(payloadText(decoder.segment)).toBe(TEXT);
    expect(decoder.segment).toMatchObject({ payloadLength: TEXT.length, ipLength: 20 + TCP.length, ipId: 7 });
    expect(decoder.incompleteDatagrams).toBe(0);
  });

  test("may come in any order", () => {
    const decoder = new FrameDecoder();
    const frames = [2, 0, 1].map((index) => fragmentIpv4(TCP, inOrder[index] ?? [0, 0]));
    expect(outcomes(frames, decoder)).toEqual(["ip-fragment", "ip-fragment", "segment"]);
    expect(payloadText(decoder.segment)).toBe(TEXT);
  });

  test("are put together in IPv6 too", () => {
    const decoder = new FrameDecoder();
    const frames = inOrder.map((range) => fragmentIpv6(TCP, range));
    expect(outcomes(frames, decoder)).toEqual(["ip-fragment", "ip-fragment", "segment"]);
    expect(payloadText(decoder.segment)).toBe(TEXT);
    const { segment } = decoder;
    expect(segment).toMatchObject({ ipVersion: 6, ipLength: 40 + TCP.length, timeToLive: 64 });
    const { bytes, sourceAddressOffset, destinationAddressOffset } = segment;
    expect(Buffer.from(bytes.subarray(sourceAddressOffset, destinationAddressOffset)).toString("hex")).toBe(
      "20010db8000000000000000000000001",
    );
  });

  test("have their addresses where the segment says", () => {
    const decoder = new FrameDecoder();
    outcomes(
      inOrder.map((range) => fragmentIpv4(TCP, range)),
      decoder,
    );
    const { bytes, sourceAddressOffset, destinationAddressOffset } = decoder.segment;
    expect(bytes.subarray(sourceAddressOffset, sourceAddressOffset + 4)).toEqual(hex("c0000201"));
    expect(bytes.subarray(destinationAddressOffset, destinationAddressOffset + 4)).toEqual(hex("c6336402"));
  });

  test("seen twice count once", () => {
    const [first, second, third] = inOrder.map((range) => fragmentIpv4(TCP, range));
    if (!first || !second || !third) throw new Error("three fragments are needed");
    expect(outcomes([first, first, second, second, third])).toEqual([
      "ip-fragment",
      "ip-fragment",
      "ip-fragment",
      "ip-fragment",
      "segment",
    ]);
  });

  test("seen twice don't stand in for one that is missing", () => {
    const [first, second, third] = inOrder.map((range) => fragmentIpv4(TCP, range));
    if (!first || !second || !third) throw new Error("three fragments are needed");
    expect(outcomes([first, first, third, third, second])).toEqual([
      "ip-fragment",
      "ip-fragment",
      "ip-fragment",
      "ip-fragment",
      "segment",
    ]);
  });

  test("that contradict each other: the first one stays", () => {
    const decoder = new FrameDecoder();
    const other = tcp(Buffer.from(TEXT.toUpperCase()));
    const frames = [
      fragmentIpv4(TCP, [0, 40]),
      fragmentIpv4(other, [0, 80]),
      fragmentIpv4(TCP, [80, TCP.length]),
    ];
    expect(outcomes(frames, decoder)).toEqual(["ip-fragment", "ip-fragment", "segment"]);
    expect(payloadText(decoder.segment)).toBe(
      TEXT.slice(0, 20) + TEXT.slice(20, 60).toUpperCase() + TEXT.slice(60),
    );
  });

  test("of two datagrams don't mix: not those of another identification, protocol or address", () => {
    const first = fragmentIpv4(TCP, [0, 80]);
    const others = [
      fragmentIpv4(TCP, [80, TCP.length], 6, 8),
      fragmentIpv4(TCP, [80, TCP.length], 17, 7),
      fragmentIpv6(TCP, [80, TCP.length]),
    ];
    const decoder = new FrameDecoder();
    expect(outcomes([first, ...others], decoder)).toEqual(Array(4).fill("ip-fragment"));
    expect(decoder.incompleteDatagrams).toBe(4);
    expect(outcomes([fragmentIpv4(TCP, [80, TCP.length])], decoder)).toEqual(["segment"]);
  });

  test("may carry a tunnel", () => {
    const tunnel = udp(4789, join("08000000 00006400", ethernet(0x0800, ipv4(6, TCP))));
    const frames = [fragmentIpv4(tunnel, [0, 96], 17), fragmentIpv4(tunnel, [96, tunnel.length], 17)];
    const decoder = new FrameDecoder();
    expect(outcomes(frames, decoder)).toEqual(["ip-fragment", "segment"]);
    expect(payloadText(decoder.segment)).toBe(TEXT);
  });

  test("that come too late are part of another datagram", () => {
    const decoder = new FrameDecoder();
    decodeWith(decoder, fragmentIpv4(TCP, [0, 80]), { timeNs: 0 });
    const late = fragmentIpv4(TCP, [80, TCP.length]);
    expect(decodeWith(decoder, late, { timeNs: 61 * SECOND })).toBe("ip-fragment");
    expect(decoder.incompleteDatagrams).toBe(2);
    const again = fragmentIpv4(TCP, [0, 80]);
    expect(decodeWith(decoder, again, { timeNs: 62 * SECOND })).toBe("segment");
    expect(decoder.incompleteDatagrams).toBe(1);
  });

  test("beyond 65,535 bytes, or beyond the last one, are malformed", () => {
    const ping = ethernet(0x0800, ipv4(6, Buffer.alloc(100), { fragment: 0x1fff }));
    expect(outcomes([ping])).toEqual(["malformed-ip"]);
    const beyond = ethernet(
      0x0800,
      ipv4(6, Buffer.alloc(8), { identification: 7, fragment: MORE_FRAGMENTS | 100 }),
    );
    expect(outcomes([fragmentIpv4(TCP, [80, TCP.length]), beyond])).toEqual(["ip-fragment", "malformed-ip"]);
  });

  test("cut by the snap length can't be joined; the first says whether Wireshark would show TCP", () => {
    const first = fragmentIpv4(TCP, [0, 80]);
    const cut = { wireLength: first.length };
    expect(outcomeOf(first.subarray(0, 90), cut)).toBe("truncated-tcp-fragment");
    expect(outcomeOf(first.subarray(0, 36), cut)).toBe("truncated-header");
    const second = fragmentIpv4(TCP, [80, TCP.length]);
    expect(outcomeOf(second.subarray(0, 50), { wireLength: second.length })).toBe("ip-fragment");
    const firstIpv6 = fragmentIpv6(TCP, [0, 80]);
    expect(outcomeOf(firstIpv6.subarray(0, 90), { wireLength: firstIpv6.length })).toBe("ip-fragment");
  });

  test.each([
    ["in number", 1_100, { fragment: MORE_FRAGMENTS }],
    ["in bytes", 300, { fragment: MORE_FRAGMENTS | 0x1f00 }],
    ["in number, malformed as well", 1_100, { fragment: 0x1fff }],
  ])("that never become complete are bounded %s: the oldest is given up", (_, count, fields) => {
    const decoder = new FrameDecoder();
    const waiting = [fragmentIpv4(TCP, [0, 80], 6, 50_000)];
    for (let identification = 0; identification < count; identification += 1) {
      waiting.push(ethernet(0x0800, ipv4(6, Buffer.alloc(64), { identification, ...fields })));
    }
    waiting.push(fragmentIpv4(TCP, [0, 80], 6, 50_001));
    for (const frame of waiting) decodeWith(decoder, frame);
    expect(decoder.incompleteDatagrams).toBe(waiting.length);
    expect(decodeWith(decoder, fragmentIpv4(TCP, [80, TCP.length], 6, 50_001))).toBe("segment");
    expect(decodeWith(decoder, fragmentIpv4(TCP, [80, TCP.length], 6, 50_000))).toBe("ip-fragment");
  });

  test("that do become complete leave room for others", () => {
    const decoder = new FrameDecoder();
    const first = fragmentIpv4(TCP, [0, 80], 6, 50_000);
    decodeWith(decoder, first);
    for (let identification = 0; identification < 3_000; identification += 1) {
      const pair = [
        fragmentIpv4(TCP, [0, 80], 6, identification),
        fragmentIpv4(TCP, [80, TCP.length], 6, identification),
      ];
      expect(pair.map((frame) => decodeWith(decoder, frame))).toEqual(["ip-fragment", "segment"]);
    }
    expect(decodeWith(decoder, fragmentIpv4(TCP, [80, TCP.length], 6, 50_000))).toBe("segment");
  });

  test("give what was sent, however it was cut and mixed", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 600 }),
        fc.array(fc.integer({ min: 1, max: 77 }), { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        (payload, cuts, order, isIpv4) => {
          const whole = tcp(Buffer.from(payload));
          const inside = cuts.map((cut) => cut * 8).filter((cut) => cut < whole.length);
          const borders = [...new Set([0, ...inside, whole.length])].sort((left, right) => left - right);
          const ranges = borders.slice(1).map((end, index): Range => [borders[index] ?? 0, end]);
          if (ranges.length === 1) return;
          const shuffled = ranges
            .map((range) => ({ range, key: order.next().value }))
            .sort((left, right) => left.key - right.key)
            .map(({ range }) => (isIpv4 ? fragmentIpv4(whole, range) : fragmentIpv6(whole, range)));
          const decoder = new FrameDecoder();
          const expected = [...Array(shuffled.length - 1).fill("ip-fragment"), "segment"];
          expect(outcomes(shuffled, decoder)).toEqual(expected);
          const { bytes, payloadOffset, payloadLength } = decoder.segment;
          expect(bytes.subarray(payloadOffset, payloadOffset + payloadLength)).toEqual(Buffer.from(payload));
          const unfragmented = segmentOf(ethernet(0x0800, ipv4(6, whole)));
          expect(decoder.segment.payloadLength).toBe(unfragmented.payloadLength);
        },
      ),
    );
  });

  needs("tshark")("in tshark", () => {
    test("give TCP in the same frames", () => {
      const frames = [
        ...[0, 1, 2].map((index) => fragmentIpv4(TCP, inOrder[index] ?? [0, 0], 6, 1)),
        ...[2, 0, 1].map((index) => fragmentIpv4(TCP, inOrder[index] ?? [0, 0], 6, 2)),
        ...[1, 2, 0].map((index) => fragmentIpv6(TCP, inOrder[index] ?? [0, 0])),
        fragmentIpv4(TCP, [0, 80], 6, 3),
        fragmentIpv4(TCP, [80, TCP.length], 6, 4),
      ];
      const ours = outcomes(frames).flatMap((outcome, index) => (outcome === "segment" ? [index] : []));
      const recorded = frames.map((bytes) => ({ linkType: 1, bytes, wireLength: bytes.length }));
      const theirs = tsharkTcpFields(recorded, ["tcp.len"]);
      expect(ours).toEqual([2, 5, 8]);
      expect([...theirs]).toEqual(ours.map((index) => [index, [String(TEXT.length)]]));
    });
  });
});
