/** Classic pcap files made in memory, with every field in the test's hands. */

/** One record: its time as the file keeps it, its bytes, and lengths where they are to differ from the bytes'. */
export interface PcapRecord {
  readonly seconds: number;
  readonly fraction: number;
  readonly data: Uint8Array;
  readonly capturedLength?: number;
  readonly wireLength?: number;
}

export interface PcapOptions {
  /** 0xa1b2c3d4 by default. */
  readonly magic?: number;
  readonly littleEndian?: boolean;
  /** [2, 4] by default. */
  readonly version?: readonly [major: number, minor: number];
  /** The whole 32-bit field; 1 by default. */
  readonly network?: number;
  /** Bytes that the variant adds to the file header and to each record's header. */
  readonly extraFileHeader?: number;
  readonly extraRecordHeader?: number;
}

export function pcapHeader(options: PcapOptions = {}): Buffer {
  const { magic = 0xa1b2c3d4, littleEndian = true, version = [2, 4], network = 1 } = options;
  const header = Buffer.alloc(24 + (options.extraFileHeader ?? 0), 0xee);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  view.setUint32(0, magic, littleEndian);
  view.setUint16(4, version[0], littleEndian);
  view.setUint16(6, version[1], littleEndian);
  view.setUint32(8, 0, littleEndian);
  view.setUint32(12, 0, littleEndian);
  view.setUint32(16, 262_144, littleEndian);
  view.setUint32(20, network, littleEndian);
  return header;
}

export function pcapRecord(record: PcapRecord, options: PcapOptions = {}): Buffer {
  const { littleEndian = true } = options;
  const { data, capturedLength = data.length, wireLength = data.length } = record;
  const header = Buffer.alloc(16 + (options.extraRecordHeader ?? 0), 0xee);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  view.setUint32(0, record.seconds, littleEndian);
  view.setUint32(4, record.fraction, littleEndian);
  view.setUint32(8, capturedLength, littleEndian);
  view.setUint32(12, wireLength, littleEndian);
  return Buffer.concat([header, data]);
}

export function pcapFile(records: readonly PcapRecord[], options: PcapOptions = {}): Buffer {
  return Buffer.concat([pcapHeader(options), ...records.map((record) => pcapRecord(record, options))]);
}

/** `count` records of 1 to 7 bytes, a second and a microsecond apart, the first at `seconds`. */
export function someRecords(count: number, seconds = 1_600_000_000): PcapRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    seconds: seconds + i,
    fraction: i,
    data: Buffer.alloc(1 + (i % 7), i),
  }));
}
