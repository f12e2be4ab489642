import { describe, expect, test } from "vitest";
import { NO_PACKET } from "../../src/capture/frame.ts";
import { PcapngBuilder, somePcapng } from "./build-pcapng.ts";
import { readCapture } from "./read-frames.ts";

const DATA = Buffer.from("0102030405", "hex");
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const SECOND = 1_000_000_000n;

describe.each([
  ["little endian", true],
  ["big endian", false],
] as const)("pcapng, %s", (_, littleEndian) => {
  const ng = new PcapngBuilder(littleEndian);

  test("with packets in enhanced, obsolete and simple blocks", async () => {
    const { capture, frames } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.description(1),
        ng.description(113),
        ng.packet(1, 1_700_000_000_000_001n, DATA, 1500),
        ng.obsoletePacket(0, 3, 1_700_000_000_000_003n, DATA),
        ng.simplePacket(DATA),
      ]),
    );
    expect(capture.startNs).toBe(1_700_000_000_000_001_000n);
    const frame = { data: "0102030405", capturedLength: 5, wireLength: 5, timeNs: 0 };
    expect(frames).toEqual([
      { ...frame, wireLength: 1500, linkType: 113, interfaceIndex: 1 },
      { ...frame, timeNs: 2000, linkType: 1, interfaceIndex: 0 },
      { ...frame, timeNs: 2000, linkType: 1, interfaceIndex: 0 },
    ]);
    expect(capture.format).toBe("pcapng");
    expect(capture.warnings.map(({ code }) => code)).toEqual(["untimed-frames"]);
  });

  test("with each interface's own unit and offset of time", async () => {
    const at = 1_700_000_000n;
    const { capture, frames } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.description(1, [[IF_TSRESOL, Buffer.of(9)]]),
        ng.description(1, [[IF_TSRESOL, Buffer.of(0x80 | 20)]]),
        ng.description(1, [
          [IF_TSRESOL, Buffer.of(3)],
          [IF_TSOFFSET, ng.u64(at - 5n)],
        ]),
        ng.description(1, [[IF_TSRESOL, Buffer.of(12)]]),
        ng.packet(0, at * SECOND + 123_456_789n, DATA),
        // 1 unit of 2⁻²⁰ s is 953.67 ns: rounded down
        ng.packet(1, (at << 20n) + 1n, DATA),
        ng.packet(2, 7_001n, DATA),
        // 10⁻¹² s: within 2⁶⁴ only until July 1970
        ng.packet(3, 1_999n, DATA),
      ]),
    );
    const start = at * SECOND + 123_456_789n;
    expect(capture.startNs).toBe(start);
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([
      0,
      953 - 123_456_789,
      2_001_000_000 - 123_456_789,
      Number(1n - start),
    ]);
  });

  test("with blocks that are none of its business", async () => {
    const { capture, frames } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.block(4, ng.u16(0, 0)),
        ng.description(1),
        ng.block(10, ng.u32(32_473), DATA),
        ng.packet(0, 1n, DATA, 5, [[1, Buffer.from("a comment")]]),
        ng.block(0x7777_7777),
        ng.packet(0, 2n, DATA),
      ]),
    );
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, 1000]);
    expect(capture.warnings).toEqual([]);
  });

  test("with custom and journal blocks: no packets, but numbered as in Wireshark", async () => {
    const { capture, frames } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.description(1),
        ng.packet(0, 1n, DATA),
        ng.block(0x0bad, ng.u32(32_473), DATA),
        ng.block(0x4000_0bad, ng.u32(32_473), DATA),
        ng.block(9, DATA),
        ng.packet(0, 2n, DATA),
      ]),
    );
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, 0, 0, 0, 1000]);
    expect(frames.map(({ linkType }) => linkType)).toEqual([1, NO_PACKET, NO_PACKET, NO_PACKET, 1]);
    expect(capture.warnings).toEqual([]);
  });

  test("with the drops that the recorder counted: the last word of each interface, summed", async () => {
    const drops = (count: bigint) => [5, ng.u64(count)] as const;
    const { capture } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.description(1),
        ng.description(1),
        ng.description(1),
        ng.description(1),
        ng.statistics(0, [drops(10n)]),
        ng.packet(0, 1n, DATA),
        ng.statistics(0, [drops(17n)]),
        // interface 1: by the interface and by the system
        ng.statistics(1, [[4, ng.u64(999n)], drops(100n), [7, ng.u64(23n)]]),
        // interface 2: passed the filter, less delivered
        ng.statistics(2, [
          [6, ng.u64(5_000n)],
          [8, ng.u64(4_000n)],
        ]),
        // interface 3 doesn't know
        ng.statistics(3, [drops(-1n)]),
      ]),
    );
    expect(capture.recorderDrops).toBe(17 + 123 + 1_000);
  });

  test.each([
    ["below zero in 32 bits", [[5, 0xffff_f6cen]]],
    [
      "below zero in 32 bits, beside what was received",
      [
        [4, 169n],
        [5, 0xffff_f6cen],
        [7, 0n],
      ],
    ],
    [
      "the system's below zero",
      [
        [5, 0n],
        [7, 0xffff_ffffn],
      ],
    ],
    ["below zero in 64 bits", [[5, 0xffff_ffff_ffff_f6cen]]],
    [
      "more delivered than accepted",
      [
        [6, 10n],
        [8, 11n],
      ],
    ],
  ] as const)("with drops that can't be: %s", async (_, counts) => {
    const { capture } = await readCapture(
      Buffer.concat([
        ng.section(),
        ng.description(1),
        ng.statistics(0, [[5, ng.u64(0n)]]),
        ng.statistics(
          0,
          counts.map(([code, count]) => [code, ng.u64(count)] as const),
        ),
      ]),
    );
    expect(capture.recorderDrops).toBeNull();
  });

  test("with more drops than reached dumpcap, which counts them apart", async () => {
    const statistics = ng.statistics(0, [
      [4, ng.u64(169n)],
      [5, ng.u64(25_052n)],
    ]);
    const { capture } = await readCapture(Buffer.concat([ng.section(), ng.description(1), statistics]));
    expect(capture.recorderDrops).toBe(25_052);
  });

  test("with statistics that say nothing about drops", async () => {
    const statistics = ng.statistics(0, [[4, ng.u64(99n)]]);
    const { capture } = await readCapture(Buffer.concat([ng.section(), ng.description(1), statistics]));
    expect(capture.recorderDrops).toBeNull();
  });

  test("with a simple packet cut at the interface's snap length", async () => {
    const { frames } = await readCapture(
      Buffer.concat([ng.section(), ng.description(1, [], 3), ng.simplePacket(DATA.subarray(0, 3), 5)]),
    );
    expect(frames).toMatchObject([{ data: "010203", capturedLength: 3, wireLength: 5, timeNs: 0 }]);
  });

  test("with more bytes captured than were on the wire: the longer counts", async () => {
    const { frames } = await readCapture(
      Buffer.concat([ng.section(), ng.description(1), ng.packet(0, 1n, DATA, 2)]),
    );
    expect(frames).toMatchObject([{ capturedLength: 5, wireLength: 5 }]);
  });

  test("with block lengths that leave out the padding", async () => {
    const padded = ng.packet(0, 1n, DATA);
    const lean = Buffer.concat([
      padded.subarray(0, 4),
      ng.u32(padded.length - 3),
      padded.subarray(8, -4),
      ng.u32(padded.length - 3),
    ]);
    const { capture, frames } = await readCapture(
      Buffer.concat([ng.section(), ng.description(1), lean, padded]),
    );
    expect(frames).toHaveLength(2);
    expect(capture.warnings).toEqual([]);
  });

  test.each([
    [
      "whose lengths differ",
      Buffer.concat([ng.packet(0, 1n, DATA).subarray(0, -4), ng.u32(7)]),
      "two lengths differ",
    ],
    [
      "that is shorter than a block can be",
      Buffer.concat([ng.u32(6, 8), Buffer.alloc(24)]),
      "a block of 8 bytes",
    ],
    [
      "that is absurdly long",
      Buffer.concat([ng.u32(6, 17_000_000), Buffer.alloc(24)]),
      "a block of 17000000 bytes",
    ],
    ["too short for a packet's header", ng.block(6, ng.u32(0, 0)), "too short for its header"],
    [
      "too short for its packet",
      ng.block(6, ng.u32(0, 0, 0, 9, 9), DATA),
      "a packet of 9 bytes in a block of 40",
    ],
    ["of an interface never described", ng.packet(1, 1n, DATA), "a packet of interface 1"],
    ["too short for a description", ng.block(1, ng.u16(1, 0)), "an interface description that is too short"],
    ["too short for statistics", ng.block(5, ng.u32(0)), "interface statistics that are too short"],
    ["too short for a simple packet", ng.block(3), "too short for its header"],
    ["too short for its simple packet", ng.block(3, ng.u32(9), DATA), "a packet of 9 bytes in a block of 24"],
    ["without a byte-order magic", ng.block(0x0a0d0d0a, Buffer.alloc(16)), "without a byte-order magic"],
    [
      "too short for a section header",
      ng.block(0x0a0d0d0a, ng.u32(0x1a2b3c4d)),
      "a section header that is too short",
    ],
  ])("with a damaged block %s: what is before it, and a warning", async (_name, block, what) => {
    const good = somePcapng(3, littleEndian);
    const { capture, frames } = await readCapture(Buffer.concat([good, block, ng.packet(0, 1n, DATA)]));
    expect(frames).toHaveLength(3);
    expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-block"]);
    expect(capture.warnings[0]?.message).toContain(what);
    expect(capture.warnings[0]?.message).toContain(`at byte ${good.length}`);
  });

  test("with a packet before the first interface", async () => {
    const { capture, frames } = await readCapture(Buffer.concat([ng.section(), ng.simplePacket(DATA)]));
    expect(frames).toEqual([]);
    expect(capture.warnings.map(({ code }) => code)).toEqual(["damaged-block"]);
  });

  test("with a later section of an unknown version", async () => {
    const good = somePcapng(2, littleEndian);
    const { capture, frames } = await readCapture(
      Buffer.concat([good, ng.section(2, 0), ng.description(1), ng.packet(0, 1n, DATA)]),
    );
    expect(frames).toHaveLength(2);
    expect(capture.warnings).toMatchObject([
      {
        code: "unsupported-section",
        message: `buffer: a section of pcapng version 2.0 at byte ${good.length}: nothing from there on can be read`,
      },
    ]);
  });
});

describe("pcapng of several sections", () => {
  const little = new PcapngBuilder(true);
  const big = new PcapngBuilder(false);

  test("each with its own byte order and interfaces; interfaces are numbered through", async () => {
    const { capture, frames } = await readCapture(
      Buffer.concat([
        little.section(),
        little.description(1),
        little.description(101),
        little.packet(1, 1_000_000n, DATA),
        big.section(1, 2),
        big.description(113, [[IF_TSRESOL, Buffer.of(9)]]),
        big.packet(0, 1_000_000_500n, DATA),
        big.statistics(0, [[5, big.u64(4n)]]),
        little.section(),
        little.description(276),
        little.packet(0, 1_000_001n, DATA),
        little.statistics(0, [[5, little.u64(5n)]]),
      ]),
    );
    expect(frames.map(({ timeNs, linkType, interfaceIndex }) => [timeNs, linkType, interfaceIndex])).toEqual([
      [0, 101, 1],
      [500, 113, 2],
      [1000, 276, 3],
    ]);
    expect(capture.recorderDrops).toBe(9);
    expect(capture.warnings).toEqual([]);
  });

  test("whose interfaces do not reach into the next", async () => {
    const { capture, frames } = await readCapture(
      Buffer.concat([somePcapng(1), big.section(), big.packet(0, 1n, DATA)]),
    );
    expect(frames).toHaveLength(1);
    expect(capture.warnings[0]?.message).toContain(
      "a packet of interface 0, which the file doesn't describe",
    );
  });
});
