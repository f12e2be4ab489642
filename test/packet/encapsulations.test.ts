import { describe, expect, test } from "vitest";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { decodeWith, outcomeOf, payloadText, segmentOf } from "./decode-one.ts";
import { ENCAPSULATED_PAYLOAD, ENCAPSULATIONS } from "./encapsulations.ts";
import { ethernet, ipv4, ipv6, join, tcp, udp } from "./packet-bytes.ts";

describe("a frame", () => {
  for (const { name, linkType, frame, outcome } of ENCAPSULATIONS) {
    test(`of link type ${linkType}: ${name} → ${outcome}`, () => {
      expect(outcomeOf(frame, { linkType })).toBe(outcome);
      if (outcome !== "segment") return;
      const segment = segmentOf(frame, { linkType });
      expect(payloadText(segment)).toBe(ENCAPSULATED_PAYLOAD);
      expect([segment.sourcePort, segment.destinationPort]).toEqual([49_152, 80]);
    });
  }

  test("leaves nothing behind for the next one", () => {
    const decoder = new FrameDecoder();
    const twice = [...ENCAPSULATIONS, ...ENCAPSULATIONS.toReversed()];
    for (const { name, linkType, frame, outcome } of twice) {
      expect([name, decodeWith(decoder, frame, { linkType })]).toEqual([name, outcome]);
    }
  });
});

describe("a packet that doesn't say its length ends with what it travels in", () => {
  const segment = tcp(Buffer.from("hello"));
  const trailer = "00".repeat(9);

  test("PPPoE", () => {
    const packet = ipv4(6, segment, { totalLength: 0 });
    const length = (packet.length + 2).toString(16).padStart(4, "0");
    const frame = ethernet(0x8864, join("1100 0001", length, "0021", packet, trailer));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 5, capturedPayloadLength: 5 });
  });

  test("UDP", () => {
    const tunnel = udp(4789, join("08000000 00006400", ethernet(0x86dd, ipv6(6, segment, 0))));
    const frame = ethernet(0x0800, ipv4(17, join(tunnel, trailer)));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 5, capturedPayloadLength: 5 });
  });

  test("802.3", () => {
    const llc = join("aaaa03 000000 0800", ipv4(6, segment, { totalLength: 0 }));
    const frame = join(ethernet(llc.length, llc), trailer);
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 5, capturedPayloadLength: 5 });
  });
});
