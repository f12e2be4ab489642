import { describe, expect, test } from "vitest";
import { outcomeOf, payloadText, segmentOf } from "./decode-one.ts";
import { ethernet, hex, ipv4, ipv6, join, tcp } from "./packet-bytes.ts";

/** 192.168.56.103 → 192.168.56.109, "GET" as payload, as a network card recorded it. */
const IPV4_PACKET = hex(`
  4500 002b 1c46 4000 4006 2c64 c0a83867 c0a8386d
  8f52 1f90 0000000a 0000000b 5018 01f6 f24b 0000 474554`);

/** fe80::1 → fe80::2, hop limit 255. */
const IPV6_PACKET = hex(`
  6000 0000 0017 06ff fe800000000000000000000000000001 fe800000000000000000000000000002
  8f52 1f90 0000000a 0000000b 5018 01f6 f24b 0000 474554`);

const TCP = tcp(Buffer.from("hello"));

describe("an IPv4 header", () => {
  test("is taken apart", () => {
    const frame = ethernet(0x0800, IPV4_PACKET);
    const segment = segmentOf(frame);
    const { bytes, sourceAddressOffset, destinationAddressOffset } = segment;
    expect(segment).toMatchObject({
      ipVersion: 4,
      ipId: 0x1c46,
      ipLength: 43,
      timeToLive: 64,
      payloadLength: 3,
    });
    expect(bytes.subarray(sourceAddressOffset, sourceAddressOffset + 4)).toEqual(hex("c0a83867"));
    expect(bytes.subarray(destinationAddressOffset, destinationAddressOffset + 4)).toEqual(hex("c0a8386d"));
    expect(payloadText(segment)).toBe("GET");
  });

  test("with a wrong checksum is as good as any other", () => {
    const packet = Buffer.from(IPV4_PACKET);
    packet.writeUInt16BE(0, 10);
    expect(segmentOf(ethernet(0x0800, packet)).payloadLength).toBe(3);
  });

  test("cuts off Ethernet's padding", () => {
    const frame = join(ethernet(0x0800, ipv4(6, tcp())), "00".repeat(6));
    expect(frame.length).toBe(60);
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 0, capturedPayloadLength: 0 });
  });

  test("with a total length of 0 (segmentation offload) reaches to the frame's end", () => {
    const payload = Buffer.alloc(70_000, 0x61);
    const frame = ethernet(0x0800, ipv4(6, tcp(payload), { totalLength: 0 }));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 70_000, ipLength: 70_040 });
    const cut = segmentOf(frame.subarray(0, 96), { wireLength: frame.length });
    expect(cut).toMatchObject({ payloadLength: 70_000, capturedPayloadLength: 42 });
  });

  test("with a total length beyond the frame is believed if its checksum is right", () => {
    const packet = ipv4(6, TCP, { totalLength: 1500 });
    expect(segmentOf(ethernet(0x0800, packet))).toMatchObject({
      payloadLength: 1460,
      capturedPayloadLength: 5,
    });
    packet.writeUInt16BE(0xdead, 10);
    expect(segmentOf(ethernet(0x0800, packet))).toMatchObject({ payloadLength: 5, ipLength: 45 });
  });

  test.each([
    ["a header length below 20", (packet: Buffer) => packet.writeUInt8(0x44, 0)],
    ["a header length beyond the packet", (packet: Buffer) => packet.writeUInt8(0x4f, 0)],
    ["a total length below the header's", (packet: Buffer) => packet.writeUInt16BE(19, 2)],
    ["another version", (packet: Buffer) => packet.writeUInt8(0x55, 0)],
  ])("with %s is malformed", (_, damage) => {
    const packet = ipv4(6, TCP);
    damage(packet);
    expect(outcomeOf(ethernet(0x0800, packet))).toBe("malformed-ip");
  });

  test("cut by the snap length says so", () => {
    const frame = ethernet(0x0800, ipv4(6, TCP));
    expect(outcomeOf(frame.subarray(0, 33), { wireLength: frame.length })).toBe("truncated-header");
    expect(outcomeOf(frame.subarray(0, 14), { wireLength: frame.length })).toBe("truncated-header");
    expect(outcomeOf(frame.subarray(0, 10), { wireLength: frame.length })).toBe("truncated-header");
    expect(outcomeOf(frame.subarray(0, 10), { wireLength: 14 })).toBe("truncated-header");
  });

  test("in a frame too short for it is malformed, and so is a frame too short for Ethernet", () => {
    const frame = ethernet(0x0800, ipv4(6, TCP));
    expect(outcomeOf(frame.subarray(0, 33))).toBe("malformed-ip");
    expect(outcomeOf(frame.subarray(0, 13))).toBe("malformed-link");
    expect(outcomeOf(frame.subarray(0, 0))).toBe("malformed-link");
  });
});

describe("an IPv6 header", () => {
  test("is taken apart", () => {
    const segment = segmentOf(ethernet(0x86dd, IPV6_PACKET));
    const { bytes, sourceAddressOffset, destinationAddressOffset } = segment;
    expect(segment).toMatchObject({
      ipVersion: 6,
      ipId: -1,
      ipLength: 63,
      timeToLive: 255,
      payloadLength: 3,
    });
    expect(bytes.subarray(sourceAddressOffset, sourceAddressOffset + 16)).toEqual(
      IPV6_PACKET.subarray(8, 24),
    );
    expect(bytes.subarray(destinationAddressOffset, destinationAddressOffset + 16)).toEqual(
      IPV6_PACKET.subarray(24, 40),
    );
    expect(payloadText(segment)).toBe("GET");
  });

  test("cuts off Ethernet's padding", () => {
    const frame = join(ethernet(0x86dd, ipv6(6, TCP)), "00".repeat(4));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 5, capturedPayloadLength: 5 });
  });

  test("with a payload length of 0 (jumbogram, offload) reaches to the frame's end", () => {
    const frame = ethernet(0x86dd, ipv6(6, tcp(Buffer.alloc(80_000)), 0));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 80_000, ipLength: 80_060 });
  });

  test("with a payload length beyond the frame is believed", () => {
    const frame = ethernet(0x86dd, ipv6(6, TCP, 1000));
    expect(segmentOf(frame)).toMatchObject({ payloadLength: 980, capturedPayloadLength: 5 });
  });

  test.each([
    ["hop-by-hop options", 0, "06 01 00 00 00000000 00000000 00000000"],
    ["a routing header", 43, "06 02 04 00 00000000 00000000 00000000 00000000 00000000"],
    ["destination options", 60, "06 00 01 04 00000000"],
    ["an authentication header", 51, "06 01 0000 00000001 00000001"],
  ])("may be followed by %s", (_, nextHeader, extension) => {
    const segment = segmentOf(ethernet(0x86dd, ipv6(nextHeader, join(extension, TCP))));
    expect(payloadText(segment)).toBe("hello");
    expect(segment.payloadLength).toBe(5);
  });

  test("cut in an extension header says so", () => {
    const frame = ethernet(0x86dd, ipv6(0, join("06 00 0502 0000 0100", TCP)));
    expect(outcomeOf(frame.subarray(0, 60), { wireLength: frame.length })).toBe("truncated-header");
    expect(outcomeOf(ethernet(0x86dd, ipv6(0, hex("0600"))))).toBe("malformed-ip");
  });
});
