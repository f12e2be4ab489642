import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_PACKET } from "../../src/capture/frame.ts";
import type { Segment } from "../../src/engine/segments/segment.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { LinkType } from "../../src/packet/link-type.ts";
import { batchOf, type FrameFacts, outcomeOf } from "./decode-one.ts";
import { ENCAPSULATIONS } from "./encapsulations.ts";
import { ethernet, hex, ipv4, udp } from "./packet-bytes.ts";

const LINK_TYPES = Object.values(LinkType);

/** All that a decoder says of a frame, with offsets counted from the frame's start. */
function everything(frame: Buffer, facts: FrameFacts): unknown {
  const decoder = new FrameDecoder();
  const batch = batchOf(frame, facts);
  const result = decoder.decode(batch, 0);
  if (result !== 0) return result;
  const { segment } = decoder;
  expectInside(segment, batch.offset[0] ?? 0, frame.length);
  const { bytes, view, ...values } = segment;
  return values;
}

function expectInside(segment: Segment, start: number, length: number): void {
  const addressLength = segment.ipVersion === 4 ? 4 : 16;
  expect(segment.sourceAddressOffset).toBeGreaterThanOrEqual(start);
  expect(segment.destinationAddressOffset + addressLength).toBeLessThanOrEqual(start + length);
  expect(segment.capturedPayloadLength).toBeLessThanOrEqual(segment.payloadLength);
  if (segment.capturedPayloadLength > 0) {
    expect(segment.payloadOffset + segment.capturedPayloadLength).toBeLessThanOrEqual(start + length);
  }
}

/** No exception (reading outside the frame is one, see `batchOf`), and nothing of the neighbours in the answer. */
function expectSafe(frame: Buffer, facts: FrameFacts): void {
  const answers = [0x00, 0x45, 0xff].map((neighbour) => everything(frame, { ...facts, neighbour }));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
}

describe("whatever the bytes are", () => {
  for (const linkType of LINK_TYPES) {
    test(`link type ${linkType} neither throws nor reads outside the frame`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(2_000), (bytes, more) => {
          expectSafe(Buffer.from(bytes), { linkType, wireLength: bytes.length + more });
        }),
      );
    });
  }

  test("an unknown link type is named", () => {
    const known = new Set<number>([...LINK_TYPES, NO_PACKET]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffff }),
        fc.uint8Array({ maxLength: 60 }),
        (linkType, bytes) => {
          fc.pre(!known.has(linkType));
          expect(outcomeOf(Buffer.from(bytes), { linkType })).toBe(`unknown-link-type-${linkType}`);
        },
      ),
    );
  });
});

describe("a damaged frame neither throws nor leaks", () => {
  for (const { name, linkType, frame } of ENCAPSULATIONS) {
    test(`link type ${linkType}: ${name}`, () => {
      for (let length = 0; length < frame.length; length += 1) {
        const cut = frame.subarray(0, length);
        expectSafe(cut, { linkType, wireLength: frame.length });
        expectSafe(cut, { linkType });
      }
      const damage = fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      });
      fc.assert(
        fc.property(damage, fc.nat(frame.length), (bytes, length) => {
          const damaged = Buffer.from(frame);
          for (const [offset, value] of bytes) damaged.writeUInt8(value, offset);
          expectSafe(damaged.subarray(0, length), { linkType, wireLength: frame.length });
        }),
        { numRuns: 50 },
      );
    });
  }
});

describe("lengths that lead nowhere", () => {
  test.each([0, 1, 2, 3])("an NFLOG attribute of %i bytes", (length) => {
    const frame = hex(`02 00 0000 0${length}00 0100 00000000 00000000`);
    expect(outcomeOf(frame, { linkType: LinkType.NFLOG })).toBe("malformed-link");
  });

  test("a GTP-U extension header of 0 bytes", () => {
    const gtp = hex("34ff 0050 00000001 00000085 00 10 01 85 00000000");
    expect(outcomeOf(ethernet(0x0800, ipv4(17, udp(2152, gtp))))).toBe("udp");
  });
});

test("headers without end stop somewhere", () => {
  const tags = Buffer.alloc(60_000, Buffer.from([0x81, 0x00, 0x81, 0x00]));
  expect(outcomeOf(tags)).toBe("too-many-headers");
});
