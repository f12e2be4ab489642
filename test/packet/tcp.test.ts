import { describe, expect, test } from "vitest";
import type { Segment } from "../../src/engine/segments/segment.ts";
import * as TcpFlag from "../../src/engine/segments/tcp-flags.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { decodeWith, outcomeOf, payloadText, segmentOf } from "./decode-one.ts";
import { ethernet, hex, ipv4, tcp } from "./packet-bytes.ts";

/** A SYN/ACK of Linux: MSS, SACK permitted, timestamps, NOP, window scale. */
const SYN_ACK = hex(`
  0050 d431 b3a1c2d4 9f86e2a5 a012 fe88 1234 0000
  0204 05b4 0402 080a 8899aabb 11223344 01 030307`);

function inFrame(tcpBytes: Buffer): Buffer {
  return ethernet(0x0800, ipv4(6, tcpBytes));
}

function optionsOf(options: string): Segment {
  return segmentOf(inFrame(tcp("", options)));
}

describe("a TCP header", () => {
  test("is taken apart", () => {
    const segment = segmentOf(inFrame(SYN_ACK));
    expect(segment).toMatchObject({
      sourcePort: 80,
      destinationPort: 0xd431,
      sequence: 0xb3a1c2d4,
      acknowledgement: 0x9f86e2a5,
      flags: TcpFlag.SYN | TcpFlag.ACK,
      window: 0xfe88,
      payloadLength: 0,
      capturedPayloadLength: 0,
      maximumSegmentSize: 1460,
      windowScale: 7,
      hasTimestamp: true,
      timestampValue: 0x8899aabb,
      timestampEcho: 0x11223344,
      sackCount: 0,
    });
  });

  test("has every flag of its 13th byte, and none of the bits before it", () => {
    const bytes = tcp("", "", 0xff);
    bytes.writeUInt8(0x5f, 12);
    expect(segmentOf(inFrame(bytes)).flags).toBe(0xff);
  });

  test("ends where its length says, the payload behind it", () => {
    const segment = segmentOf(inFrame(tcp(Buffer.from("hello"), "01010101 01010101")));
    expect(payloadText(segment)).toBe("hello");
    expect(segment.payloadLength).toBe(5);
  });

  test("shorter than 20 bytes is malformed", () => {
    const bytes = tcp();
    bytes.writeUInt8(0x40, 12);
    expect(outcomeOf(inFrame(bytes))).toBe("malformed-tcp");
  });

  test("longer than its packet is malformed", () => {
    const bytes = tcp();
    bytes.writeUInt8(0x60, 12);
    expect(outcomeOf(inFrame(bytes))).toBe("malformed-tcp");
  });

  test("in a packet that is too small for it is malformed", () => {
    expect(outcomeOf(inFrame(tcp().subarray(0, 19)))).toBe("malformed-tcp");
    expect(outcomeOf(inFrame(tcp().subarray(0, 4)))).toBe("malformed-tcp");
    expect(outcomeOf(inFrame(tcp().subarray(0, 3)))).toBe("malformed-ip");
  });
});

describe("a snap length", () => {
  const frame = inFrame(tcp(Buffer.from("0123456789"), "0101080a 00000001 00000002"));
  const facts = { wireLength: frame.length };

  test("behind the TCP header leaves the payload's length as it was on the wire", () => {
    expect(segmentOf(frame.subarray(0, 70), facts)).toMatchObject({
      payloadLength: 10,
      capturedPayloadLength: 4,
    });
  });

  test("in the options leaves them out", () => {
    const cut = segmentOf(frame.subarray(0, 65), facts);
    expect(cut).toMatchObject({ payloadLength: 10, capturedPayloadLength: 0, hasTimestamp: false });
    expect(segmentOf(frame.subarray(0, 54), facts)).toMatchObject({ sequence: 1000, payloadLength: 10 });
  });

  test("in the fixed header leaves no segment, and says whether Wireshark would show TCP", () => {
    expect(outcomeOf(frame.subarray(0, 53), facts)).toBe("truncated-tcp-header");
    expect(outcomeOf(frame.subarray(0, 38), facts)).toBe("truncated-tcp-header");
    expect(outcomeOf(frame.subarray(0, 37), facts)).toBe("truncated-header");
  });
});

describe("TCP options", () => {
  test("may be timestamps as they nearly always are, or in any other place", () => {
    const usual = { hasTimestamp: true, timestampValue: 0xfffffffe, timestampEcho: 0x80000001 };
    expect(optionsOf("0101080a fffffffe 80000001")).toMatchObject(usual);
    expect(optionsOf("080a fffffffe 80000001 0000")).toMatchObject(usual);
    expect(optionsOf("01080a fffffffe 80000001 00")).toMatchObject(usual);
  });

  test("go on behind the usual timestamps", () => {
    const segment = optionsOf("0101080a 00000001 00000002 0101050a 00001000 00002000");
    expect(segment).toMatchObject({ hasTimestamp: true, sackCount: 1 });
    expect([segment.sackLeft[0], segment.sackRight[0]]).toEqual([0x1000, 0x2000]);
  });

  test("hold up to four SACK blocks", () => {
    const block = (left: number) => `0000${left.toString(16)}000 0000${left.toString(16)}800`;
    const segment = optionsOf(`0101 0522 ${[1, 2, 3, 4].map(block).join(" ")}`);
    expect(segment.sackCount).toBe(4);
    expect([...segment.sackLeft]).toEqual([0x1000, 0x2000, 0x3000, 0x4000]);
    expect([...segment.sackRight]).toEqual([0x1800, 0x2800, 0x3800, 0x4800]);
  });

  test("hold no window scale above 14 (RFC 7323)", () => {
    expect(optionsOf("030320 00").windowScale).toBe(14);
  });

  test("end at the end of the list", () => {
    expect(optionsOf("00 020405b4 0000 00").maximumSegmentSize).toBe(0);
  });

  test("of unknown kinds are passed over", () => {
    expect(optionsOf("1e06 00000000 0101 020405b4").maximumSegmentSize).toBe(1460);
  });

  test.each([
    ["a length of 0", "0200 05b4 020405b4"],
    ["a length of 1", "0201 05b4 020405b4"],
    ["a length beyond the header", "0101 fd0c 020405b4"],
    ["a kind without a length at the end", "01010101 010101 02"],
  ])("with %s end there, and the segment stays", (_, options) => {
    expect(optionsOf(options)).toMatchObject({ maximumSegmentSize: 0, sequence: 1000 });
  });

  test.each([
    ["maximum segment size", "0203 05 01", { maximumSegmentSize: 0 }],
    ["window scale", "0304 0707", { windowScale: -1 }],
    ["timestamps", "0808 00000001 0000 0101", { hasTimestamp: false }],
    ["SACK", "0507 0000000001 01", { sackCount: 0 }],
  ])("of another length than theirs don't count: %s", (_, options, absent) => {
    expect(optionsOf(options)).toMatchObject(absent);
  });

  test("don't outlive their segment", () => {
    const decoder = new FrameDecoder();
    decodeWith(decoder, inFrame(SYN_ACK));
    expect(decoder.segment.maximumSegmentSize).toBe(1460);
    decodeWith(decoder, inFrame(tcp("", "0101 050a 00001000 00002000")));
    expect(decoder.segment).toMatchObject({ maximumSegmentSize: 0, windowScale: -1, hasTimestamp: false });
    decodeWith(decoder, inFrame(tcp()));
    expect(decoder.segment.sackCount).toBe(0);
  });
});
