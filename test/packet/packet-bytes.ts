/**
 * Packets written as bytes, for tests: each function puts one header before what it carries. Addresses are those of
 * documentation networks (RFC 5737, RFC 3849, RFC 7042 §2.1.1).
 */

/** Bytes from hexadecimal digits; spaces and line breaks are for the reader. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ""), "hex");
}

/** One header, or none, after the other. */
export function join(...parts: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? hex(part) : part)));
}

function uint16(value: number): Buffer {
  return Buffer.from([(value >> 8) & 0xff, value & 0xff]);
}

/** A TCP segment, port 49152 → 80, sequence number 1000, ACK of 2000. */
export function tcp(payload: Buffer | string = "", options: Buffer | string = "", flags = 0x18): Buffer {
  const optionBytes = join(options);
  const header = join(
    "c000 0050 000003e8 000007d0",
    Buffer.from([(5 + optionBytes.length / 4) << 4, flags]),
    "2000 0000 0000",
  );
  return join(header, optionBytes, payload);
}

export function udp(destinationPort: number, payload: Buffer, sourcePort = 50_000): Buffer {
  return join(uint16(sourcePort), uint16(destinationPort), uint16(8 + payload.length), "0000", payload);
}

/** What an IPv4 header may say other than usual. */
export interface Ipv4Fields {
  readonly totalLength?: number;
  readonly identification?: number;
  /** Flags and fragment offset as the field has them. */
  readonly fragment?: number;
  readonly options?: string;
}

/** IPv4, 192.0.2.1 → 198.51.100.2, time to live 64, with a right checksum. */
export function ipv4(protocol: number, payload: Buffer, fields: Ipv4Fields = {}): Buffer {
  const options = hex(fields.options ?? "");
  const headerLength = 20 + options.length;
  const header = join(
    Buffer.from([0x40 | (headerLength / 4), 0]),
    uint16(fields.totalLength ?? headerLength + payload.length),
    uint16(fields.identification ?? 0x1234),
    uint16(fields.fragment ?? 0x4000),
    Buffer.from([64, protocol]),
    "0000 c0000201 c6336402",
    options,
  );
  let sum = 0;
  for (let offset = 0; offset < headerLength; offset += 2) sum += header.readUInt16BE(offset);
  header.writeUInt16BE(0xffff - (sum % 0xffff), 10);
  return join(header, payload);
}

/** IPv6, 2001:db8::1 → 2001:db8::2, hop limit 64. */
export function ipv6(nextHeader: number, payload: Buffer, payloadLength = payload.length): Buffer {
  return join(
    "60000000",
    uint16(payloadLength),
    Buffer.from([nextHeader, 64]),
    "20010db8000000000000000000000001 20010db8000000000000000000000002",
    payload,
  );
}

/** Ethernet II; below 0x600 the type is an 802.3 length. */
export function ethernet(type: number, payload: Buffer): Buffer {
  return join("00005e005302 00005e005301", uint16(type), payload);
}
