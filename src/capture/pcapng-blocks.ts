/** Blocks of pcapng, made to be written (draft-ietf-opsawg-pcapng §4). */
import {
  BLOCK,
  BYTE_ORDER_MAGIC,
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  PACKET,
  SECTION,
  SECTION_HEADER,
} from "./pcapng.ts";
import { eachOption, IF_TSRESOL } from "./pcapng-options.ts";

const NAME_RESOLUTION = 4;
/** Records of name resolution: an IPv4 address, an IPv6 address. */
const RECORD_IPV4 = 1;
const RECORD_IPV6 = 2;
const OPT_COMMENT = 1;
/** Times in 10⁻⁹ s. */
const NANOSECONDS = 9;
/** Longest value of an option, in bytes. */
const MAX_VALUE_BYTES = 0xffff;

/** An address as it is in packets, and what it is called. */
export interface AddressName {
  readonly address: Uint8Array;
  readonly name: string;
}

/** One frame to be written. */
export interface WrittenFrame {
  /** Nanoseconds since 1970. */
  readonly timeNs: bigint;
  readonly wireLength: number;
  readonly bytes: Uint8Array;
}

/** Blocks in one byte order. */
export class PcapngBlocks {
  readonly #littleEndian: boolean;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  /** A section of unknown length. */
  section(): Buffer {
    const unknown = Buffer.alloc(8, 0xff);
    return this.#block(SECTION_HEADER, this.#u32(BYTE_ORDER_MAGIC), this.#u16(1, 0), unknown);
  }

  /** An interface whose times are nanoseconds. @param linkType LINKTYPE_* number */
  interface(linkType: number): Buffer {
    const options = this.#options(this.#option(IF_TSRESOL, Buffer.of(NANOSECONDS)));
    return this.#block(INTERFACE_DESCRIPTION, this.#u16(linkType, 0), this.#u32(0), options);
  }

  /** What addresses are called. */
  names(names: readonly AddressName[]): Buffer {
    const records = names.map(({ address, name }) =>
      this.#option(
        address.length === 4 ? RECORD_IPV4 : RECORD_IPV6,
        Buffer.concat([address, Buffer.from(`${name}\0`)]),
      ),
    );
    return this.#block(NAME_RESOLUTION, this.#options(...records));
  }

  /** A frame of the first interface. @param comment empty: none */
  packet({ timeNs, wireLength, bytes }: WrittenFrame, comment: string): Buffer {
    const [high, low] = [Number(timeNs >> 32n), Number(timeNs & 0xffff_ffffn)];
    const head = this.#u32(0, high, low, bytes.length, wireLength);
    const options = comment === "" ? Buffer.alloc(0) : this.#options(this.#comment(comment));
    return this.#block(ENHANCED_PACKET, head, padded(bytes), options);
  }

  /** A packet block as it lies in a file, with a comment more: all that was in it comes first, untouched. */
  commented(block: Buffer, comment: string): Buffer {
    const view = new DataView(block.buffer, block.byteOffset, block.length);
    const captured = view.getUint32(PACKET.CAPTURED, this.#littleEndian);
    const optionsAt = Math.min(PACKET.DATA + captured + (-captured & 3), block.length - BLOCK.TRAILER_LENGTH);
    const before = block.subarray(BLOCK.TYPE + 8, optionsAt);
    const end = block.length - BLOCK.TRAILER_LENGTH;
    const own = block.subarray(
      optionsAt,
      eachOption(view, optionsAt, end, this.#littleEndian, () => {}),
    );
    return this.#block(
      view.getUint32(BLOCK.TYPE, this.#littleEndian),
      before,
      own,
      this.#options(this.#comment(comment)),
    );
  }

  #comment(text: string): Buffer {
    return this.#option(OPT_COMMENT, Buffer.from(text).subarray(0, MAX_VALUE_BYTES));
  }

  #option(code: number, value: Uint8Array): Buffer {
    return Buffer.concat([this.#u16(code, value.length), padded(value)]);
  }

  /** A list of options, or of records of names, with its end. */
  #options(...options: Buffer[]): Buffer {
    return Buffer.concat([...options, this.#u16(0, 0)]);
  }

  #block(type: number, ...body: Uint8Array[]): Buffer {
    const bytes = body.reduce((sum, { length }) => sum + length, 0);
    const length = this.#u32(BLOCK.MIN_LENGTH + bytes);
    return Buffer.concat([this.#u32(type), length, ...body, length]);
  }

  #u16(...values: number[]): Buffer {
    return this.#numbers(values, Uint16Array.BYTES_PER_ELEMENT);
  }

  #u32(...values: number[]): Buffer {
    return this.#numbers(values, Uint32Array.BYTES_PER_ELEMENT);
  }

  #numbers(values: readonly number[], size: number): Buffer {
    const bytes = Buffer.alloc(size * values.length);
    for (const [index, value] of values.entries())
      if (this.#littleEndian) bytes.writeUIntLE(value, size * index, size);
      else bytes.writeUIntBE(value, size * index, size);
    return bytes;
  }
}

/** The section header with its section's length left open, because something is added to it. */
export function withOpenEnd(block: Buffer): Buffer {
  const copy = Buffer.from(block);
  copy.fill(0xff, SECTION.LENGTH, SECTION.LENGTH + 8);
  return copy;
}

/** Up to a multiple of four. */
function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
