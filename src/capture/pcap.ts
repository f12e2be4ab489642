/**
 * Classic pcap (draft-ietf-opsawg-pcap): a file header, then records, in the byte order of the machine that
 * wrote them. Variants as in libpcap's sf-pcap.c and Wireshark's wiretap/libpcap.c.
 */

import { MAX_FRAME_LENGTH } from "../engine/frames/frame-rows.ts";
import { CAPTURED_LENGTH, PcapRecords, WIRE_LENGTH } from "../engine/frames/pcap-records.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { message } from "../words/message.ts";
import type { FrameBatch } from "./frame.ts";
import type { Damage, FrameParser } from "./frame-parser.ts";

/** File header. */
const FILE = { VERSION_MAJOR: 4, VERSION_MINOR: 6, LINK_TYPE: 20, LENGTH: 24 } as const;
const RECORD_LENGTH = 16;
/** Kuznetzov's records add interface index, protocol and packet type. */
const KUZNETZOV_RECORD_LENGTH = 24;
/** Ixia's file header ends with the size of all records. */
const IXIA_FILE_LENGTH = 28;
/** Link type's upper half: length of the frame check sequence and reserved bits. */
const LINK_TYPE_MASK = 0xffff;
/** DG/UX tcpdump's version 543.0 has the two lengths in the order of versions before 2.3. */
const DG_UX_VERSION = 543;

/** The properties that a pcap file's magic number gives. */
export interface PcapVariant {
  readonly fileHeaderLength: number;
  readonly recordHeaderLength: number;
  /** Unit of the fraction of a second, in nanoseconds. */
  readonly fractionNs: 1 | 1000;
}

const VARIANTS = new Map<number, PcapVariant>([
  [0xa1b2c3d4, { fileHeaderLength: FILE.LENGTH, recordHeaderLength: RECORD_LENGTH, fractionNs: 1000 }],
  [0xa1b23c4d, { fileHeaderLength: FILE.LENGTH, recordHeaderLength: RECORD_LENGTH, fractionNs: 1 }],
  [
    0xa1b2cd34,
    { fileHeaderLength: FILE.LENGTH, recordHeaderLength: KUZNETZOV_RECORD_LENGTH, fractionNs: 1000 },
  ],
  [0x1c0001ac, { fileHeaderLength: IXIA_FILE_LENGTH, recordHeaderLength: RECORD_LENGTH, fractionNs: 1 }],
  [0x1c0001ab, { fileHeaderLength: IXIA_FILE_LENGTH, recordHeaderLength: RECORD_LENGTH, fractionNs: 1000 }],
]);

/** Byte order and variant of a pcap file from its first four bytes, `null` if it is not one. */
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

  readonly #records = new PcapRecords();
  #hasHeader = false;

  /** Its files have none. */
  takeSecrets(): string {
    return "";
  }

  parse(batch: FrameBatch, start: number, end: number): number {
    const records = this.#records;
    const { view } = batch;
    let at = start;
    if (!this.#hasHeader) at = this.#readFileHeader(view, at, end);
    if (!this.#hasHeader || this.damage !== null) return at;

    if (this.startNs === null && at + records.headerLength <= end) records.startAt(view, at);
    at = batch.readRecords(records, at, end);
    if (this.startNs === null && batch.count > 0) {
      this.startNs =
        BigInt(records.startSeconds) * BigInt(NANOSECONDS_PER_SECOND) + BigInt(records.startFractionNs);
    }
    if (batch.count < batch.capacity && at + records.headerLength <= end) this.#checkLength(view, at);
    return at;
  }

  /** A record that was not read: too long to be one, or not complete yet. */
  #checkLength(view: DataView, at: number): void {
    const captured = this.#records.capturedLengthAt(view, at);
    if (captured <= MAX_FRAME_LENGTH) return;
    this.damage = { code: "damaged-block", what: message("recordTooLong", captured) };
  }

  #readFileHeader(view: DataView, at: number, end: number): number {
    if (at + FILE.LENGTH > end) return at;
    const found = pcapVariant(view, at);
    if (found === null) {
      this.damage = { code: "damaged-block", what: message("headerWithoutMagic") };
      return at;
    }
    const { littleEndian, variant } = found;
    if (at + variant.fileHeaderLength > end) return at;
    const records = this.#records;
    const major = view.getUint16(at + FILE.VERSION_MAJOR, littleEndian);
    const minor = view.getUint16(at + FILE.VERSION_MINOR, littleEndian);
    if (major === DG_UX_VERSION || (major === 2 && minor < 3)) {
      records.capturedLengthOffset = WIRE_LENGTH;
      records.wireLengthOffset = CAPTURED_LENGTH;
    }
    records.lengthsMaybeSwapped = major === 2 && minor === 3;
    records.littleEndian = littleEndian;
    records.fractionNs = variant.fractionNs;
    records.linkType = view.getUint32(at + FILE.LINK_TYPE, littleEndian) & LINK_TYPE_MASK;
    records.headerLength = variant.recordHeaderLength;
    this.#hasHeader = true;
    return at + variant.fileHeaderLength;
  }
}
