/** Planned segments as a capture file, for programs that read files: Ethernet, IPv4 or IPv6, TCP with its options. */
import { pcapFile } from "../../capture/build-pcap.ts";
import { ethernet } from "../../packet/packet-bytes.ts";
import {
  FIRST_CLIENT_PORT,
  flagsOf,
  type InitialSequences,
  payloadOf,
  SERVER_PORT,
  USUAL_SEQUENCES,
  wrapped,
} from "./plan-segment.ts";
import type { PlannedSegment } from "./segment-notation.ts";

/** Nanoseconds in the fraction. */
const NANOSECOND_MAGIC = 0xa1b23c4d;
const START_SECONDS = 1_700_000_000;
const IPV4_TYPE = 0x0800;
const IPV6_TYPE = 0x86dd;
const TCP_PROTOCOL = 6;
/** Client and server: 10.0.0.1 and 10.0.0.2, or their like in 2001:db8::/32. */
const HOSTS = [1, 2] as const;

/** A segment and the initial sequence numbers of its connection. */
export interface PlacedSegment {
  readonly plan: PlannedSegment;
  readonly initial: InitialSequences;
}

/** A classic pcap file with times in nanoseconds. */
export function captureOf(segments: readonly PlacedSegment[]): Buffer {
  const records = segments.map(({ plan, initial }) => {
    const seconds = Math.floor(plan.timeNs / 1e9);
    const frame = frameOf(plan, initial);
    return {
      seconds: START_SECONDS + seconds,
      fraction: plan.timeNs - seconds * 1e9,
      data: frame.subarray(0, frame.length - (plan.length - plan.held)),
      wireLength: frame.length,
    };
  });
  return pcapFile(records, { magic: NANOSECOND_MAGIC });
}

/** The whole frame, as on the wire. */
export function frameOf(plan: PlannedSegment, initial: InitialSequences = USUAL_SEQUENCES): Buffer {
  const segment = tcpSegment(plan, initial);
  const source = HOSTS[plan.side];
  const destination = HOSTS[1 - plan.side] ?? 0;
  const frame =
    plan.ipId === -1
      ? ethernet(IPV6_TYPE, ipv6Packet(source, destination, plan.timeToLive, segment))
      : ethernet(IPV4_TYPE, ipv4Packet(source, destination, plan, segment));
  frame.writeUInt8(plan.link, 5);
  return frame;
}

function ipv4Packet(source: number, destination: number, plan: PlannedSegment, segment: Buffer): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(header.length + segment.length, 2);
  header.writeUInt16BE(plan.ipId, 4);
  header.writeUInt8(plan.timeToLive, 8);
  header.writeUInt8(TCP_PROTOCOL, 9);
  header.set([10, 0, 0, source, 10, 0, 0, destination], 12);
  return Buffer.concat([header, segment]);
}

function ipv6Packet(source: number, destination: number, hopLimit: number, segment: Buffer): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt8(0x60, 0);
  header.writeUInt16BE(segment.length, 4);
  header.writeUInt8(TCP_PROTOCOL, 6);
  header.writeUInt8(hopLimit, 7);
  for (const [offset, host] of [
    [8, source],
    [24, destination],
  ] as const) {
    header.set([0x20, 0x01, 0x0d, 0xb8], offset);
    header.writeUInt8(host, offset + 15);
  }
  return Buffer.concat([header, segment]);
}

function tcpSegment(plan: PlannedSegment, initial: InitialSequences): Buffer {
  const options = optionsOf(plan, initial[1 - plan.side] ?? 0);
  const header = Buffer.alloc(20);
  const client = FIRST_CLIENT_PORT + plan.connection;
  header.writeUInt16BE(plan.side === 0 ? client : SERVER_PORT, 0);
  header.writeUInt16BE(plan.side === 0 ? SERVER_PORT : client, 2);
  header.writeUInt32BE(wrapped(initial[plan.side], plan.sequence), 4);
  if (plan.ack !== null) header.writeUInt32BE(wrapped(initial[1 - plan.side] ?? 0, plan.ack), 8);
  header.writeUInt8(((header.length + options.length) / 4) << 4, 12);
  header.writeUInt8(flagsOf(plan), 13);
  header.writeUInt16BE(plan.window, 14);
  const unheld = Buffer.alloc(plan.length - plan.held);
  return Buffer.concat([header, options, payloadOf(plan), unheld]);
}

/** RFC 9293 §3.2, RFC 7323 §3, RFC 2018 §3; filled up with no-operations to whole words. */
function optionsOf(plan: PlannedSegment, acknowledgedInitial: number): Buffer {
  const options: Buffer[] = [];
  if (plan.maximumSegmentSize > 0) {
    const option = Buffer.from([2, 4, 0, 0]);
    option.writeUInt16BE(plan.maximumSegmentSize, 2);
    options.push(option);
  }
  if (plan.timestamps !== null) {
    const option = Buffer.from([8, 10, 0, 0, 0, 0, 0, 0, 0, 0]);
    option.writeUInt32BE(plan.timestamps[0], 2);
    option.writeUInt32BE(plan.timestamps[1], 6);
    options.push(option);
  }
  if (plan.sacks.length > 0) {
    const option = Buffer.alloc(2 + 8 * plan.sacks.length);
    option.set([5, option.length]);
    for (const [index, [left, right]] of plan.sacks.entries()) {
      option.writeUInt32BE(wrapped(acknowledgedInitial, left), 2 + 8 * index);
      option.writeUInt32BE(wrapped(acknowledgedInitial, right), 6 + 8 * index);
    }
    options.push(option);
  }
  const bytes = Buffer.concat(options);
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, 1)]);
}
