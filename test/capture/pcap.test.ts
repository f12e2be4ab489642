import { describe, expect, test } from "vitest";
import { type PcapOptions, pcapFile, pcapHeader, pcapRecord, someRecords } from "./build-pcap.ts";
import { readCapture } from "./read-frames.ts";

const DATA = Buffer.from("0102030405", "hex");

const VARIANTS: readonly (readonly [name: string, unitNs: number, options: PcapOptions])[] = [
  ["microseconds", 1000, { magic: 0xa1b2c3d4 }],
  ["nanoseconds", 1, { magic: 0xa1b23c4d }],
  ["Kuznetzov's longer records", 1000, { magic: 0xa1b2cd34, extraRecordHeader: 8 }],
  ["Ixia's hardware capture", 1, { magic: 0x1c0001ac, extraFileHeader: 4 }],
  ["Ixia's software capture", 1000, { magic: 0x1c0001ab, extraFileHeader: 4 }],
];
const BOTH_ORDERS = VARIANTS.flatMap(([name, unitNs, options]) =>
  [true, false].map((littleEndian) => ({
    name: `${name}, ${littleEndian ? "little" : "big"} endian`,
    unitNs,
    options: { ...options, littleEndian },
  })),
);

describe("classic pcap", () => {
  test.each(BOTH_ORDERS)("with $name", async ({ unitNs, options }) => {
    const { capture, frames } = await readCapture(
      pcapFile(
        [
          { seconds: 1_700_000_000, fraction: 999_999, data: DATA, wireLength: 1500 },
          { seconds: 1_700_000_002, fraction: 1, data: DATA.subarray(0, 3) },
        ],
        options,
      ),
    );
    expect(capture.startNs).toBe(1_700_000_000_000_000_000n + 999_999n * BigInt(unitNs));
    expect(frames).toEqual([
      { data: "0102030405", capturedLength: 5, wireLength: 1500, timeNs: 0, linkType: 1, interfaceIndex: 0 },
      {
        data: "010203",
        capturedLength: 3,
        wireLength: 3,
        timeNs: 2_000_000_000 - 999_998 * unitNs,
        linkType: 1,
        interfaceIndex: 0,
      },
    ]);
    expect(capture.format).toBe("pcap");
    expect(capture.warnings).toEqual([]);
    expect(capture.recorderDrops).toBeNull();
  });

  test("without a frame", async () => {
    const { capture, frames } = await readCapture(pcapHeader());
    expect(frames).toEqual([]);
    expect(capture.startNs).toBeNull();
    expect(capture.warnings).toEqual([]);
  });

  test("with a frame check sequence noted in the link type", async () => {
    const { frames } = await readCapture(pcapFile(someRecords(1), { network: 0x54000071 }));
    expect(frames.map(({ linkType }) => linkType)).toEqual([113]);
  });

  test("with times that run backwards, before the first frame", async () => {
    const { frames } = await readCapture(
      pcapFile([
        { seconds: 100, fraction: 0, data: DATA },
        { seconds: 99, fraction: 999_999, data: DATA },
      ]),
    );
    expect(frames.map(({ timeNs }) => timeNs)).toEqual([0, -1000]);
  });

  test("with seconds above 2³¹ (after 2038)", async () => {
    const { capture } = await readCapture(pcapFile([{ seconds: 0xffff_fff0, fraction: 7, data: DATA }]));
    expect(capture.startNs).toBe(4_294_967_280_000_007_000n);
  });

  test("with times that no clock gave: a warning, no error", async () => {
    const { capture, frames } = await readCapture(
      pcapFile([
        { seconds: 0, fraction: 0, data: DATA },
        { seconds: 0xffff_ffff, fraction: 0xffff_ffff, data: DATA },
      ]),
    );
    expect(frames).toHaveLength(2);
    expect(capture.warnings.map(({ code }) => code)).toEqual(["far-times"]);
  });

  test("with more bytes captured than were on the wire: the longer counts", async () => {
    const { frames } = await readCapture(pcapFile([{ seconds: 1, fraction: 0, data: DATA, wireLength: 2 }]));
    expect(frames[0]).toMatchObject({ capturedLength: 5, wireLength: 5 });
  });

  test.each([[[2, 2]], [[543, 0]]] as const)(
    "of version %j, which has the lengths the other way round",
    async (version) => {
      const swapped = { seconds: 1, fraction: 0, data: DATA, capturedLength: 60, wireLength: 5 };
      const { frames } = await readCapture(pcapFile([swapped, swapped], { version }));
      expect(frames.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual([
        [5, 60],
        [5, 60],
      ]);
    },
  );

  test("of version 2.3, which was written with both orders", async () => {
    const usual = { seconds: 1, fraction: 0, data: DATA, capturedLength: 5, wireLength: 60 };
    const swapped = { ...usual, capturedLength: 60, wireLength: 5 };
    const { frames } = await readCapture(pcapFile([usual, swapped, usual], { version: [2, 3] }));
    expect(frames.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual([
      [5, 60],
      [5, 60],
      [5, 60],
    ]);
  });

  test("with an empty frame and with the largest that is believed", async () => {
    const { frames } = await readCapture(
      pcapFile([
        { seconds: 1, fraction: 0, data: Buffer.alloc(0) },
        { seconds: 1, fraction: 0, data: Buffer.alloc(262_144, 1) },
        { seconds: 1, fraction: 0, data: DATA },
      ]),
    );
    expect(frames.map(({ capturedLength }) => capturedLength)).toEqual([0, 262_144, 5]);
  });

  test("with a record of an absurd length: what is before it, and a warning", async () => {
    const good = pcapFile(someRecords(3));
    const absurd = pcapRecord({
      seconds: 1,
      fraction: 0,
      data: DATA,
      capturedLength: 262_145,
      wireLength: 1e6,
    });
    const { capture, frames } = await readCapture(Buffer.concat([good, absurd, pcapRecord(absurdFollower)]));
    expect(frames).toHaveLength(3);
    expect(capture.warnings).toMatchObject([
      {
        code: "damaged-block",
        message: `buffer: a record of 262145 bytes at byte ${good.length}: nothing from there on can be read`,
      },
    ]);
  });
});

const absurdFollower = { seconds: 1, fraction: 0, data: DATA };
