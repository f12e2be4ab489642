/** pcapng files made in memory, block by block. */

/** An option: its code and its value as it lies in the file. */
export type Option = readonly [code: number, value: Buffer];

/** Fields of a block, in its section's byte order. */
export class PcapngBuilder {
  readonly littleEndian: boolean;

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
  }

  u16(...values: number[]): Buffer {
    const bytes = Buffer.alloc(2 * values.length);
    values.forEach((value, i) => {
      if (this.littleEndian) bytes.writeUInt16LE(value, 2 * i);
      else bytes.writeUInt16BE(value, 2 * i);
    });
    return bytes;
  }

  u32(...values: number[]): Buffer {
    const bytes = Buffer.alloc(4 * values.length);
    values.forEach((value, i) => {
      if (this.littleEndian) bytes.writeUInt32LE(value, 4 * i);
      else bytes.writeUInt32BE(value, 4 * i);
    });
    return bytes;
  }

  /** A 64-bit number as options hold it: eight bytes in the section's order. */
  u64(value: bigint): Buffer {
    const bytes = Buffer.alloc(8);
    const unsigned = BigInt.asUintN(64, value);
    if (this.littleEndian) bytes.writeBigUInt64LE(unsigned);
    else bytes.writeBigUInt64BE(unsigned);
    return bytes;
  }

  block(type: number, ...body: Buffer[]): Buffer {
    const content = padded(Buffer.concat(body));
    const length = this.u32(content.length + 12);
    return Buffer.concat([this.u32(type), length, content, length]);
  }

  options(options: readonly Option[]): Buffer {
    if (options.length === 0) return Buffer.alloc(0);
    const parts = options.flatMap(([code, value]) => [this.u16(code, value.length), padded(value)]);
    return Buffer.concat([...parts, this.u16(0, 0)]);
  }

  section(major = 1, minor = 0): Buffer {
    return this.block(0x0a0d0d0a, this.u32(0x1a2b3c4d), this.u16(major, minor), this.u64(-1n));
  }

  description(linkType: number, options: readonly Option[] = [], snapLength = 0): Buffer {
    return this.block(1, this.u16(linkType, 0), this.u32(snapLength), this.options(options));
  }

  /** An enhanced packet block at `ticks` of the interface's unit. */
  packet(
    interfaceId: number,
    ticks: bigint,
    data: Buffer,
    wireLength = data.length,
    options: readonly Option[] = [],
  ): Buffer {
    const fields = [interfaceId, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), data.length, wireLength];
    return this.block(6, this.u32(...fields), padded(data), this.options(options));
  }

  obsoletePacket(interfaceId: number, drops: number, ticks: bigint, data: Buffer): Buffer {
    const fields = [Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), data.length, data.length];
    return this.block(2, this.u16(interfaceId, drops), this.u32(...fields), padded(data));
  }

  simplePacket(data: Buffer, wireLength = data.length): Buffer {
    return this.block(3, this.u32(wireLength), data);
  }

  statistics(interfaceId: number, options: readonly Option[]): Buffer {
    return this.block(5, this.u32(interfaceId, 0, 0), this.options(options));
  }
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** A file of one section and one Ethernet interface in microseconds with `count` small packets. */
export function somePcapng(count: number, littleEndian = true, seconds = 1_600_000_000n): Buffer {
  const ng = new PcapngBuilder(littleEndian);
  const packets = Array.from({ length: count }, (_, i) =>
    ng.packet(0, (seconds + BigInt(i)) * 1_000_000n + BigInt(i), Buffer.alloc(1 + (i % 7), i)),
  );
  return Buffer.concat([ng.section(), ng.description(1), ...packets]);
}
