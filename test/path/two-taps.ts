/** Two taps of a path that tests make up: which packets go, how long each takes, and what each tap's recorder makes of them. */
import { type PcapRecord, pcapFile } from "../capture/build-pcap.ts";

/** One packet on its way. Times by the one true clock, ns. */
export interface TestPacket {
  /** From the first tap to the second. */
  readonly isForward: boolean;
  readonly sentNs: number;
  /** One number per copy that arrives: how long it takes, ns; none: it is lost. */
  readonly delaysNs: readonly number[];
  readonly protocol?: "tcp" | "udp";
  readonly ipVersion?: 4 | 6;
  /** 0 for IPv6. */
  readonly ipId?: number;
  readonly sequence?: number;
  readonly acknowledgement?: number;
  readonly flags?: number;
  readonly payload?: Buffer;
  /** TCP's timestamp. */
  readonly timestamp?: number;
  /** The maximum segment size that a SYN announces. */
  readonly maximumSegmentSize?: number;
  /** Of the client's side. */
  readonly port?: number;
}

/** How a tap records. */
export interface TestTap {
  /** What its clock shows at a true time, ns. */
  readonly clock?: (trueNs: number) => number;
  readonly snapLength?: number;
  /** A VLAN tag, or none. */
  readonly vlan?: number;
  /** The client's address and port as it sees them. */
  readonly translated?: { readonly host: number; readonly port: number };
  readonly timeToLive?: number;
}

/** What a tap recorded: a true time and the packet. */
export interface Recorded {
  readonly atNs: number;
  readonly packet: TestPacket;
}

const START_SECONDS = 1_700_000_000;
const CLIENT_PORT = 40_000;
const SERVER_PORT = 80;

/** What passed each tap, in the order of time. */
export function passed(packets: readonly TestPacket[]): readonly [Recorded[], Recorded[]] {
  const first: Recorded[] = [];
  const second: Recorded[] = [];
  for (const packet of packets) {
    const { isForward, sentNs, delaysNs } = packet;
    const [sender, receiver] = isForward ? [first, second] : [second, first];
    sender.push({ atNs: sentNs, packet });
    for (const delay of delaysNs) receiver.push({ atNs: sentNs + delay, packet });
  }
  const byTime = (a: Recorded, b: Recorded): number => a.atNs - b.atNs;
  return [first.sort(byTime), second.sort(byTime)];
}

/** Both captures, as classic pcap with nanoseconds. */
export function capturesOf(
  packets: readonly TestPacket[],
  firstTap: TestTap = {},
  secondTap: TestTap = {},
): readonly [Buffer, Buffer] {
  const [first, second] = passed(packets);
  return [captureOf(first, firstTap), captureOf(second, secondTap)];
}

export function captureOf(recorded: readonly Recorded[], tap: TestTap = {}): Buffer {
  const { clock = (ns: number) => ns, snapLength = 65_535 } = tap;
  const records = recorded.map(({ atNs, packet }): PcapRecord => {
    const shown = Math.round(clock(atNs));
    const frame = frameOf(packet, tap);
    return {
      seconds: START_SECONDS + Math.floor(shown / 1e9),
      fraction: ((shown % 1e9) + 1e9) % 1e9,
      data: frame.subarray(0, snapLength),
      wireLength: frame.length,
    };
  });
  return pcapFile(records, { magic: 0xa1b23c4d });
}

function frameOf(packet: TestPacket, { vlan, translated, timeToLive = 64 }: TestTap): Buffer {
  const { isForward, ipVersion = 4, protocol = "tcp", ipId = 0 } = packet;
  const clientPort = translated?.port ?? packet.port ?? CLIENT_PORT;
  const client = translated?.host ?? 1;
  const [from, to] = isForward ? [client, 2] : [2, client];
  const ports = isForward ? [clientPort, SERVER_PORT] : [SERVER_PORT, clientPort];
  const transport = protocol === "tcp" ? tcpSegment(packet, ports) : udpDatagram(packet, ports);
  const number = protocol === "tcp" ? 6 : 17;
  const ip =
    ipVersion === 4
      ? ipv4Header(transport.length, number, ipId, timeToLive, from, to)
      : ipv6Header(transport.length, number, timeToLive, from, to);
  const type = ipVersion === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  const tag = vlan === undefined ? [] : [0x81, 0x00, vlan >> 8, vlan & 0xff];
  return Buffer.concat([Buffer.alloc(12, 2), Buffer.from([...tag, ...type]), ip, transport]);
}

function ipv4Header(
  length: number,
  protocol: number,
  ipId: number,
  ttl: number,
  from: number,
  to: number,
): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + length, 2);
  header.writeUInt16BE(ipId, 4);
  header[8] = ttl;
  header[9] = protocol;
  header.set([10, 0, 0, from, 10, 0, 0, to], 12);
  return header;
}

function ipv6Header(length: number, protocol: number, hops: number, from: number, to: number): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(length, 4);
  header[6] = protocol;
  header[7] = hops;
  header.set([0x20, 0x01, 0x0d, 0xb8], 8);
  header.set([0x20, 0x01, 0x0d, 0xb8], 24);
  header[23] = from;
  header[39] = to;
  return header;
}

function tcpSegment(packet: TestPacket, [from = 0, to = 0]: number[]): Buffer {
  const { sequence = 0, acknowledgement = 0, flags = 0x10, payload = Buffer.alloc(0) } = packet;
  const options = Buffer.concat([
    packet.maximumSegmentSize === undefined ? Buffer.alloc(0) : mssOption(packet.maximumSegmentSize),
    packet.timestamp === undefined ? Buffer.alloc(0) : timestampOption(packet.timestamp),
  ]);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(from, 0);
  header.writeUInt16BE(to, 2);
  header.writeUInt32BE(sequence >>> 0, 4);
  header.writeUInt32BE(acknowledgement >>> 0, 8);
  header[12] = (5 + options.length / 4) << 4;
  header[13] = flags;
  header.writeUInt16BE(1000, 14);
  return Buffer.concat([header, options, payload]);
}

function mssOption(size: number): Buffer {
  return Buffer.from([2, 4, size >> 8, size & 0xff]);
}

function timestampOption(value: number): Buffer {
  const option = Buffer.from([1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 7]);
  option.writeUInt32BE(value, 4);
  return option;
}

function udpDatagram({ payload = Buffer.alloc(0) }: TestPacket, [from = 0, to = 0]: number[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(from, 0);
  header.writeUInt16BE(to, 2);
  header.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([header, payload]);
}

/**
 * A steady exchange of data and acknowledgements: `count` of each, 10 ms apart, with IP IDs. Delays are 1 ms there and 3 ms back,
 * and 100 µs more for each third packet.
 */
export function steadyTraffic(
  count: number,
  change: (packet: TestPacket, index: number) => TestPacket = (p) => p,
): TestPacket[] {
  return Array.from({ length: count }, (_, index): TestPacket[] => {
    const more = index % 3 === 0 ? 0 : 100_000;
    const sentNs = index * 10e6;
    const payload = Buffer.alloc(100, index);
    const there: TestPacket = {
      isForward: true,
      sentNs,
      delaysNs: [1e6 + more],
      ipId: 1 + index,
      sequence: 1000 + 100 * index,
      acknowledgement: 500,
      flags: 0x18,
      payload,
    };
    const back: TestPacket = {
      isForward: false,
      sentNs: sentNs + 2e6,
      delaysNs: [3e6 + more],
      ipId: 5000 + index,
      sequence: 500,
      acknowledgement: 1100 + 100 * index,
    };
    return [change(there, 2 * index), change(back, 2 * index + 1)];
  }).flat();
}

/** Twelve requests on connections of their own: 1 ms there, 5 ms in the server, 2 ms back. */
export function exchanges(): TestPacket[] {
  return Array.from({ length: 12 }, (_, index): TestPacket[] => {
    const port = 40_000 + index;
    const at = index * 20e6;
    const request = Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const answer = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const there = { isForward: true, delaysNs: [1e6], port };
    const back = { isForward: false, delaysNs: [2e6], port };
    return [
      { ...there, sentNs: at, ipId: 10 * index + 1, sequence: 99, flags: 0x02 },
      { ...back, sentNs: at + 1e6, ipId: 10 * index + 2, sequence: 499, acknowledgement: 100, flags: 0x12 },
      {
        ...there,
        sentNs: at + 4e6,
        ipId: 10 * index + 3,
        sequence: 100,
        acknowledgement: 500,
        flags: 0x18,
        payload: request,
      },
      {
        ...back,
        sentNs: at + 10e6,
        ipId: 10 * index + 4,
        sequence: 500,
        acknowledgement: 100 + request.length,
        flags: 0x18,
        payload: answer,
      },
    ];
  }).flat();
}
