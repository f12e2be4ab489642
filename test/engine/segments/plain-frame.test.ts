/** Plain frames are read by a function of their own, which is to say what the decoder says, or nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlainFrame } from "../../../src/engine/segments/plain-frame.ts";
import { Segment } from "../../../src/engine/segments/segment.ts";
import { FrameDecoder } from "../../../src/packet/decode-frame.ts";
import { LinkType } from "../../../src/packet/link-type.ts";
import { batchOf, type FrameFacts } from "../../packet/decode-one.ts";
import { ENCAPSULATIONS } from "../../packet/encapsulations.ts";
import { ethernet, ipv4, tcp } from "../../packet/packet-bytes.ts";

const OPTIONS = "0204 05b4 0402 080a 8899aabb 11223344 01 030307";
const PACKET = ipv4(6, tcp("GET / HTTP/1.1\r\n\r\n", OPTIONS));
const PLAIN: readonly (readonly [name: string, linkType: number, frame: Buffer])[] = [
  ["Ethernet", LinkType.ETHERNET, ethernet(0x0800, PACKET)],
  ["Ethernet, padded", LinkType.ETHERNET, Buffer.concat([ethernet(0x0800, PACKET), Buffer.alloc(6)])],
  [
    "Linux cooked mode",
    LinkType.LINUX_SLL,
    Buffer.concat([Buffer.from("000000010006000000000000000008 00".replaceAll(" ", ""), "hex"), PACKET]),
  ],
  ["nothing", LinkType.RAW, PACKET],
  ["IPv4 options", LinkType.RAW, ipv4(6, tcp("hello"), { options: "01010101" })],
];

/** Reads a frame, of which the neighbours throw. @returns what is said of it; `null`: it is not plain */
function plainValues(frame: Buffer, facts: FrameFacts): unknown {
  const batch = batchOf(frame, facts);
  const segment = new Segment();
  segment.bytes = batch.bytes;
  segment.view = batch.view;
  const [linkType, offset, wireLength] = [batch.linkType[0], batch.offset[0], batch.wireLength[0]];
  const isPlain = readPlainFrame(segment, linkType ?? 0, offset ?? 0, frame.length, wireLength ?? 0);
  return isPlain ? valuesOf(segment) : null;
}

function decodedValues(frame: Buffer, facts: FrameFacts): unknown {
  const decoder = new FrameDecoder();
  return decoder.decode(batchOf(frame, facts), 0) === 0 ? valuesOf(decoder.segment) : null;
}

function valuesOf({ bytes, view, ...values }: Segment): unknown {
  return values;
}

function expectAgreement(frame: Buffer, facts: FrameFacts): void {
  const plain = plainValues(frame, facts);
  if (plain !== null) expect(plain).toEqual(decodedValues(frame, facts));
}

describe("a plain frame", () => {
  test.each(PLAIN)("in %s is read as the decoder reads it", (_, linkType, frame) => {
    expect(plainValues(frame, { linkType })).not.toBe(null);
    expectAgreement(frame, { linkType });
  });

  test.each(PLAIN)("in %s: cut anywhere, and damaged", (_, linkType, frame) => {
    for (let length = 0; length < frame.length; length++) {
      expectAgreement(frame.subarray(0, length), { linkType, wireLength: frame.length });
      expectAgreement(frame.subarray(0, length), { linkType });
    }
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const damaged = Buffer.from(frame);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (0x80 >> (bit & 7)), bit >> 3);
      expectAgreement(damaged, { linkType });
    }
    const damage = fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, fc.nat(frame.length), (bytes, length) => {
        const damaged = Buffer.from(frame);
        for (const [offset, value] of bytes) damaged.writeUInt8(value, offset);
        expectAgreement(damaged.subarray(0, length), { linkType, wireLength: frame.length });
      }),
    );
  });

  test("is none that the decoder does not find", () => {
    for (const { linkType, frame } of ENCAPSULATIONS) expectAgreement(frame, { linkType });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(LinkType)),
        fc.uint8Array({ maxLength: 120 }),
        (linkType, bytes) => {
          expectAgreement(Buffer.from(bytes), { linkType });
        },
      ),
    );
  });
});
