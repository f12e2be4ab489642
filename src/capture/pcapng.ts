/**
 * pcapng (draft-ietf-opsawg-pcapng): blocks of type, length, body, length again. Sections may follow one
 * another, each with its own byte order and its own interfaces.
 */

import { MAX_FRAME_LENGTH, MAX_INTERFACE_INDEX, MAX_WIRE_LENGTH } from "../engine/frames/frame-rows.ts";
import { type Message, message } from "../words/message.ts";
import { type FrameBatch, NO_PACKET } from "./frame.ts";
import type { Damage, FrameParser } from "./frame-parser.ts";
import { type RecordingInterface, readDrops, readInterface } from "./pcapng-options.ts";

/** Section header's type, the same in both byte orders; a file begins with it. */
export const SECTION_HEADER = 0x0a0d0d0a;
/** Where a section header keeps its byte-order magic and version. */
export const SECTION = {
  BYTE_ORDER: 8,
  VERSION_MAJOR: 12,
  VERSION_MINOR: 14,
  LENGTH: 16,
  MIN_LENGTH: 28,
} as const;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

export const INTERFACE_DESCRIPTION = 1;
export const OBSOLETE_PACKET = 2;
export const SIMPLE_PACKET = 3;
const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;
const SYSTEMD_JOURNAL = 9;
const DECRYPTION_SECRETS = 10;
/** Custom blocks, which a program may copy or not. */
const CUSTOM = 0x00000bad;
const CUSTOM_NOT_COPIED = 0x40000bad;
/** Blocks that Wireshark gives a number to as to a frame: packets, and some that are none. */
const NUMBERED: ReadonlySet<number> = new Set([
  ENHANCED_PACKET,
  OBSOLETE_PACKET,
  SIMPLE_PACKET,
  SYSTEMD_JOURNAL,
  CUSTOM,
  CUSTOM_NOT_COPIED,
]);

export const BLOCK = { TYPE: 0, LENGTH: 4, MIN_LENGTH: 12, TRAILER_LENGTH: 4 } as const;
/** Enhanced packets; obsolete ones differ in a 16-bit interface only (the other 16 bits count drops). */
export const PACKET = {
  INTERFACE: 8,
  TIME_HIGH: 12,
  TIME_LOW: 16,
  CAPTURED: 20,
  WIRE: 24,
  DATA: 28,
} as const;
const SIMPLE = { WIRE: 8, DATA: 12 } as const;
/** A decryption secrets block; its type says that it holds a key log of TLS. */
const SECRETS = { TYPE: 8, LENGTH: 12, DATA: 16, TLS_KEY_LOG: 0x544c534b } as const;
const MIN_INTERFACE_LENGTH = 20;
const MIN_STATISTICS_LENGTH = 24;
/** Longest block that is believed, in bytes, as in libpcap (INITIAL_MAX_BLOCKSIZE). */
const MAX_BLOCK_LENGTH = 16 * 1024 * 1024;

/** Byte order of the section that begins at `at` (12 bytes are there), `null` if its magic is neither. */
export function sectionIsLittleEndian(view: DataView, at: number): boolean | null {
  if (view.getUint32(at + SECTION.BYTE_ORDER, true) === BYTE_ORDER_MAGIC) return true;
  if (view.getUint32(at + SECTION.BYTE_ORDER, false) === BYTE_ORDER_MAGIC) return false;
  return null;
}

/** Whether sections of this version can be read: 1.0, and 1.2, which some programs write for the same. */
export function isKnownVersion(major: number, minor: number): boolean {
  return major === 1 && (minor === 0 || minor === 2);
}

/** Whether Wireshark gives a number to blocks of this type, as to a frame. */
export function isNumbered(type: number): boolean {
  return NUMBERED.has(type);
}

/** Parser of pcapng; see `FrameParser`. */
export class PcapngParser implements FrameParser {
  readonly format = "pcapng";
  startNs: bigint | null = null;
  damage: Damage | null = null;
  interfaceCount = 0;
  untimedFrames = 0;

  #littleEndian = true;
  /** Interfaces of the current section. */
  #interfaces: RecordingInterface[] = [];
  /** Drops by interface over all sections: the last word of each. */
  readonly #drops = new Map<number, number>();
  #lastTimeNs = 0;
  #secrets = "";

  takeSecrets(): string {
    const secrets = this.#secrets;
    this.#secrets = "";
    return secrets;
  }

  get recorderDrops(): number | null {
    if (this.#drops.size === 0) return null;
    let sum = 0;
    for (const drops of this.#drops.values()) sum += drops;
    return sum;
  }

  parse(batch: FrameBatch, start: number, end: number): number {
    const { view } = batch;
    const { capacity } = batch;
    let at = start;
    while (this.damage === null && batch.count < capacity && at + BLOCK.MIN_LENGTH <= end) {
      const type = view.getUint32(at + BLOCK.TYPE, this.#littleEndian);
      if (type === SECTION_HEADER && !this.#startSection(view, at)) break;
      const littleEndian = this.#littleEndian;
      const stated = view.getUint32(at + BLOCK.LENGTH, littleEndian);
      if (stated < BLOCK.MIN_LENGTH || stated > MAX_BLOCK_LENGTH) {
        this.#stop(message("blockTooLong", stated));
        break;
      }
      // Some writers leave the padding out of the length; blocks lie on multiples of four all the same.
      const length = (stated + 3) & ~3;
      if (at + length > end) break;
      const repeated = view.getUint32(at + length - BLOCK.TRAILER_LENGTH, littleEndian);
      if (repeated !== stated) {
        this.#stop(message("blockLengthsDiffer", stated, repeated));
        break;
      }
      if (!this.#readBlock(batch, type, at, length)) break;
      at += length;
    }
    return at;
  }

  /** Reads one whole block; false if it is damaged. */
  #readBlock(batch: FrameBatch, type: number, at: number, length: number): boolean {
    const { view } = batch;
    switch (type) {
      case ENHANCED_PACKET:
        if (length < PACKET.DATA + BLOCK.TRAILER_LENGTH) return this.#stop(message("packetBlockTooShort"));
        return this.#readPacket(batch, at, length, view.getUint32(at + PACKET.INTERFACE, this.#littleEndian));
      case OBSOLETE_PACKET:
        if (length < PACKET.DATA + BLOCK.TRAILER_LENGTH) return this.#stop(message("packetBlockTooShort"));
        return this.#readPacket(batch, at, length, view.getUint16(at + PACKET.INTERFACE, this.#littleEndian));
      case SIMPLE_PACKET:
        return this.#readSimplePacket(batch, at, length);
      case SECTION_HEADER:
        return this.#readSection(view, at, length);
      case INTERFACE_DESCRIPTION: {
        if (length < MIN_INTERFACE_LENGTH) return this.#stop(message("interfaceTooShort"));
        const index = Math.min(this.interfaceCount, MAX_INTERFACE_INDEX);
        this.#interfaces.push(readInterface(view, at, length, this.#littleEndian, index));
        this.interfaceCount++;
        return true;
      }
      case INTERFACE_STATISTICS: {
        if (length < MIN_STATISTICS_LENGTH) return this.#stop(message("statisticsTooShort"));
        const counted = this.#interfaces[view.getUint32(at + PACKET.INTERFACE, this.#littleEndian)];
        const drops = readDrops(view, at, length, this.#littleEndian);
        if (counted === undefined || drops === null) return true;
        // A count that can't be right takes the interface's earlier ones with it: they are of the same counter.
        if (drops === "impossible") this.#drops.delete(counted.index);
        else this.#drops.set(counted.index, drops);
        return true;
      }
      case DECRYPTION_SECRETS:
        this.#readSecrets(batch, at, length);
        return true;
      case SYSTEMD_JOURNAL:
      case CUSTOM:
      case CUSTOM_NOT_COPIED:
        batch.push(at, 0, 0, this.#lastTimeNs, NO_PACKET, 0);
        return true;
      default:
        return true;
    }
  }

  /** Other secrets than a key log of TLS are passed over, as is one that does not fit its block. */
  #readSecrets({ bytes, view }: FrameBatch, at: number, length: number): void {
    if (length < SECRETS.DATA + BLOCK.TRAILER_LENGTH) return;
    if (view.getUint32(at + SECRETS.TYPE, this.#littleEndian) !== SECRETS.TLS_KEY_LOG) return;
    const end = at + SECRETS.DATA + view.getUint32(at + SECRETS.LENGTH, this.#littleEndian);
    if (end > at + length - BLOCK.TRAILER_LENGTH) return;
    this.#secrets += `${bytes.toString("latin1", at + SECRETS.DATA, end)}\n`;
  }

  #readPacket(batch: FrameBatch, at: number, length: number, interfaceId: number): boolean {
    const { view } = batch;
    const littleEndian = this.#littleEndian;
    const captured = view.getUint32(at + PACKET.CAPTURED, littleEndian);
    const wire = Math.min(view.getUint32(at + PACKET.WIRE, littleEndian), MAX_WIRE_LENGTH);
    if (captured > MAX_FRAME_LENGTH || PACKET.DATA + captured + BLOCK.TRAILER_LENGTH > length) {
      return this.#stop(message("packetTooLong", captured, length));
    }
    const source = this.#interfaces[interfaceId];
    if (source === undefined) return this.#stop(message("undescribedInterface", interfaceId));
    const high = view.getUint32(at + PACKET.TIME_HIGH, littleEndian);
    const low = view.getUint32(at + PACKET.TIME_LOW, littleEndian);
    this.startNs ??= source.clock.absoluteNs(high, low);
    const timeNs = source.clock.relativeNs(high, low, this.startNs);
    this.#lastTimeNs = timeNs;
    batch.push(at + PACKET.DATA, captured, Math.max(captured, wire), timeNs, source.linkType, source.index);
    return true;
  }

  /** A simple packet has no time: it takes that of the frame before. It belongs to the first interface. */
  #readSimplePacket(batch: FrameBatch, at: number, length: number): boolean {
    const room = length - SIMPLE.DATA - BLOCK.TRAILER_LENGTH;
    if (room < 0) return this.#stop(message("packetBlockTooShort"));
    const source = this.#interfaces[0];
    if (source === undefined) return this.#stop(message("packetBeforeInterface"));
    const wire = batch.view.getUint32(at + SIMPLE.WIRE, this.#littleEndian);
    const captured = Math.min(wire, source.snapLength);
    if (captured > MAX_FRAME_LENGTH || captured > room) {
      return this.#stop(message("packetTooLong", captured, length));
    }
    this.untimedFrames++;
    const counted = Math.min(wire, MAX_WIRE_LENGTH);
    batch.push(at + SIMPLE.DATA, captured, counted, this.#lastTimeNs, source.linkType, source.index);
    return true;
  }

  /** Takes over the byte order of the section that begins at `at`. */
  #startSection(view: DataView, at: number): boolean {
    const littleEndian = sectionIsLittleEndian(view, at);
    if (littleEndian === null) return this.#stop(message("sectionWithoutOrder"));
    this.#littleEndian = littleEndian;
    return true;
  }

  #readSection(view: DataView, at: number, length: number): boolean {
    if (length < SECTION.MIN_LENGTH) return this.#stop(message("sectionTooShort"));
    const major = view.getUint16(at + SECTION.VERSION_MAJOR, this.#littleEndian);
    const minor = view.getUint16(at + SECTION.VERSION_MINOR, this.#littleEndian);
    if (!isKnownVersion(major, minor)) {
      this.damage = { code: "unsupported-section", what: message("sectionVersion", `${major}.${minor}`) };
      return false;
    }
    this.#interfaces = [];
    return true;
  }

  #stop(what: Message): false {
    this.damage = { code: "damaged-block", what };
    return false;
  }
}
