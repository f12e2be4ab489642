/**
 * Classic pcap (draft-ietf-opsawg-pcap): a file header, then records, in the byte order of the machine that
 * wrote them. Variants as in libpcap's sf-pcap.c and Wireshark's wiretap/libpcap.c.
 */
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import type { FrameBatch } from "./frame.ts";
import { type Damage, type FrameParser, MAX_FRAME_LENGTH } from "./frame-parser.ts";

/** File header. */
const FILE = { VERSION_MAJOR: 4, VERSION_MINOR: 6, LINK_TYPE: 20, LENGTH: 24 } as const;
/** Record header, the part that all variants share. */
const RECORD = { SECONDS: 0, FRACTION: 4, CAPTURED_LENGTH: 8, WIRE_LENGTH: 12, LENGTH: 16 } as const;
/** Kuznetzov's records add interface index, protocol and packet type. */
const KUZNETZOV_RECORD_LENGTH = 24;
/** Ixia's file header ends with the size of all records. */
const IXIA_FILE_LENGTH = 28;
/** Link type's upper half: length of the frame check sequence and reserved bits. */
const LINK_TYPE_MASK = 0xffff;
/** DG/UX tcpdump's version 543.0 has the two lengths in the order of versions before 2.3. */
const DG_UX_VERSION = 543;

/** What the magic number says about a file. */
export interface PcapVariant {
  readonly fileHeaderLength: number;
  readonly recordHeaderLength: number;
  /** Unit of the fraction of a second, in nanoseconds. */
  readonly fractionNs: 1 | 1000;
}

const VARIANTS = new Map<number, PcapVariant>([
  [0xa1b2c3d4, { fileHeaderLength: FILE.LENGTH, recordHeaderLength: RECORD.LENGTH, fractionNs: 1000 }],
  [0xa1b23c4d, { fileHeaderLength: FILE.LENGTH, recordHeaderLength: RECORD.LENGTH, fractionNs: 1 }],
  [
    0xa1b2cd34,
    { fileHeaderLength: FILE.LENGTH, recordHeaderLength: KUZNETZOV_RECORD_LENGTH, fractionNs: 1000 },
  ],
  [0x1c0001ac, { fileHeaderLength: IXIA_FILE_LENGTH, recordHeaderLength: RECORD.LENGTH, fractionNs: 1 }],
  [0x1c0001ab, { fileHeaderLength: IXIA_FILE_LENGTH, recordHeaderLength: RECORD.LENGTH, fractionNs: 1000 }],
]);

/** Byte order and variant of a pcap file from its first four bytes, `null` if it is none. */
export function pcapVariant(
  view: DataView,
  at: number,
): { littleEndian: boolean; variant: PcapVariant } | null {
  for (const littleEndian of [true, false]) {
    const variant = VARIANTS.get(view.getUint32(at, littleEndian));
    if (variant !== undefined) return { littleEndian, variant };
  }
  return null;
}

/** Parser of classic pcap; see `FrameParser`. */
export class PcapParser implements FrameParser {
  readonly format = "pcap";
  readonly interfaceCount = 1;
  readonly recorderDrops = null;
  readonly untimedFrames = 0;
  startNs: bigint | null = null;
  damage: Damage | null = null;

  /** 0 until the file header was read. */
  #recordHeaderLength = 0;
  #littleEndian = true;
  #fractionNs = 1000;
  #linkType = 0;
  /** Where the lengths lie in a record: swapped before version 2.3. */
  #capturedLengthOffset: number = RECORD.CAPTURED_LENGTH;
  #wireLengthOffset: number = RECORD.WIRE_LENGTH;
  /** Version 2.3 was written with both orders: the smaller length is the captured one. */
  #lengthsMaybeSwapped = false;
  /** Time of the first frame, in halves that are exact in a `number`. */
  #startSeconds = 0;
  #startFractionNs = 0;

  parse(batch: FrameBatch, start: number, end: number): number {
    let at = start;
    if (this.#recordHeaderLength === 0) at = this.#readFileHeader(batch.view, at, end);
    const headerLength = this.#recordHeaderLength;
    if (headerLength === 0 || at + headerLength > end || this.damage !== null) return at;

    const { view } = batch;
    const littleEndian = this.#littleEndian;
    const fractionNs = this.#fractionNs;
    if (this.startNs === null) {
      this.#startSeconds = view.getUint32(at + RECORD.SECONDS, littleEndian);
      this.#startFractionNs = view.getUint32(at + RECORD.FRACTION, littleEndian) * fractionNs;
    }
    const startSeconds = this.#startSeconds;
    const startFractionNs = this.#startFractionNs;
    const linkType = this.#linkType;
    const capturedLengthOffset = this.#capturedLengthOffset;
    const wireLengthOffset = this.#wireLengthOffset;
    const capacity = batch.offset.length;

    while (batch.count < capacity && at + headerLength <= end) {
      let captured = view.getUint32(at + capturedLengthOffset, littleEndian);
      let wire = view.getUint32(at + wireLengthOffset, littleEndian);
      if (captured > wire) {
        if (this.#lengthsMaybeSwapped) {
          const smaller = wire;
          wire = captured;
          captured = smaller;
        } else {
          wire = captured;
        }
      }
      if (captured > MAX_FRAME_LENGTH) {
        this.damage = { code: "damaged-block", what: `a record of ${captured} bytes` };
        break;
      }
      const frame = at + headerLength;
      if (frame + captured > end) break;
      const timeNs =
        (view.getUint32(at + RECORD.SECONDS, littleEndian) - startSeconds) * NANOSECONDS_PER_SECOND +
        (view.getUint32(at + RECORD.FRACTION, littleEndian) * fractionNs - startFractionNs);
      batch.push(frame, captured, wire, timeNs, linkType, 0);
      at = frame + captured;
    }
    if (this.startNs === null && batch.count > 0) {
      this.startNs = BigInt(startSeconds) * BigInt(NANOSECONDS_PER_SECOND) + BigInt(startFractionNs);
    }
    return at;
  }

  #readFileHeader(view: DataView, at: number, end: number): number {
    if (at + FILE.LENGTH > end) return at;
    const found = pcapVariant(view, at);
    if (found === null) {
      this.damage = { code: "damaged-block", what: "a file header without pcap's magic number" };
      return at;
    }
    const { littleEndian, variant } = found;
    if (at + variant.fileHeaderLength > end) return at;
    const major = view.getUint16(at + FILE.VERSION_MAJOR, littleEndian);
    const minor = view.getUint16(at + FILE.VERSION_MINOR, littleEndian);
    if (major === DG_UX_VERSION || (major === 2 && minor < 3)) {
      this.#capturedLengthOffset = RECORD.WIRE_LENGTH;
      this.#wireLengthOffset = RECORD.CAPTURED_LENGTH;
    }
    this.#lengthsMaybeSwapped = major === 2 && minor === 3;
    this.#littleEndian = littleEndian;
    this.#fractionNs = variant.fractionNs;
    this.#linkType = view.getUint32(at + FILE.LINK_TYPE, littleEndian) & LINK_TYPE_MASK;
    this.#recordHeaderLength = variant.recordHeaderLength;
    return at + variant.fileHeaderLength;
  }
}
