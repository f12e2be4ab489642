/** A pcap file of whole HTTP exchanges, written octet by octet: who asks whom, when, and what of it was recorded. */

export interface DrawnExchange {
  /** `address:port`. */
  readonly client: string;
  readonly server: string;
  /** When the SYN (or, without it, the request) was recorded, in µs, and how long the server takes. */
  readonly atUs: number;
  readonly takesUs: number;
  readonly handshake?: boolean;
  /** Otherwise nothing of what the server sends is recorded. */
  readonly bothDirections?: boolean;
  /** 0: no answer. */
  readonly status?: number;
  /** The SYN/ACK comes so long after the SYN. */
  readonly synAckUs?: number;
  /** The client's initial sequence number; 1000 unless said. */
  readonly clientSequence?: number;
  /** The request comes so long after the handshake. */
  readonly thinksUs?: number;
}

const [FIN, SYN, PSH, ACK] = [1, 2, 8, 16];

/** The capture's octets. */
export function captureOfExchanges(exchanges: readonly DrawnExchange[]): Buffer {
  const frames = exchanges.flatMap(framesOf).sort((a, b) => a.atUs - b.atUs);
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  const records = frames.map(({ atUs, octets }) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_700_000_000 + Math.floor(atUs / 1e6), 0);
    record.writeUInt32LE(atUs % 1e6, 4);
    record.writeUInt32LE(octets.length, 8);
    record.writeUInt32LE(octets.length, 12);
    return Buffer.concat([record, octets]);
  });
  return Buffer.concat([header, ...records]);
}

interface Frame {
  readonly atUs: number;
  readonly octets: Buffer;
}

function framesOf(exchange: DrawnExchange): Frame[] {
  const { client, server, atUs, takesUs, handshake = true, bothDirections = true, status = 200 } = exchange;
  const { synAckUs = 10, thinksUs = 10, clientSequence = 1000 } = exchange;
  const request = Buffer.from("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  const response = Buffer.from(`HTTP/1.1 ${status} X\r\nContent-Length: 2\r\n\r\nok`);
  const frames: Frame[] = [];
  const sent = [clientSequence, 5000];
  const send = (fromClient: boolean, time: number, flags: number, payload = Buffer.alloc(0)) => {
    const [own, other] = fromClient ? [0, 1] : [1, 0];
    const octets = segment(
      fromClient ? client : server,
      fromClient ? server : client,
      sent[own] ?? 0,
      (flags & ACK) === 0 ? 0 : (sent[other] ?? 0),
      flags,
      payload,
    );
    sent[own] = (sent[own] ?? 0) + payload.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
    if (fromClient || bothDirections) frames.push({ atUs: time, octets });
  };
  if (handshake) {
    send(true, atUs, SYN);
    send(false, atUs + synAckUs, SYN | ACK);
    send(true, atUs + synAckUs + 10, ACK);
  }
  const askedUs = atUs + synAckUs + 10 + thinksUs;
  send(true, askedUs, PSH | ACK, request);
  if (status === 0) return frames;
  send(false, askedUs + takesUs, PSH | ACK, response);
  send(true, askedUs + takesUs + 10, FIN | ACK);
  send(false, askedUs + takesUs + 20, FIN | ACK);
  send(true, askedUs + takesUs + 30, ACK);
  return frames;
}

let packets = 0;

function segment(
  from: string,
  to: string,
  sequence: number,
  ack: number,
  flags: number,
  payload: Buffer,
): Buffer {
  const [source = "", sourcePort] = from.split(":");
  const [destination = "", destinationPort] = to.split(":");
  const octets = Buffer.alloc(54 + payload.length);
  octets.writeUInt16BE(0x0800, 12);
  octets.writeUInt8(0x45, 14);
  octets.writeUInt16BE(40 + payload.length, 16);
  octets.writeUInt16BE(++packets & 0xffff, 18);
  octets.writeUInt8(64, 22);
  octets.writeUInt8(6, 23);
  Buffer.from(source.split(".").map(Number)).copy(octets, 26);
  Buffer.from(destination.split(".").map(Number)).copy(octets, 30);
  let sum = 0;
  for (let at = 14; at < 34; at += 2) sum += octets.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  octets.writeUInt16BE(~sum & 0xffff, 24);
  octets.writeUInt16BE(Number(sourcePort), 34);
  octets.writeUInt16BE(Number(destinationPort), 36);
  octets.writeUInt32BE(sequence, 38);
  octets.writeUInt32BE(ack, 42);
  octets.writeUInt8(0x50, 46);
  octets.writeUInt8(flags, 47);
  octets.writeUInt16BE(64_000, 48);
  payload.copy(octets, 54);
  return octets;
}
