/** RTP by hand: streams whose losses, copies and times are known, as classic pcap with nanoseconds. */
import { ethernet, ipv4, join, udp } from "../../packet/packet-bytes.ts";

/** One packet as it was sent, and when it was recorded. */
export interface SentPacket {
  readonly timeNs: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly ssrc?: number;
  readonly port?: number;
}

export const SSRC = 0x1234_abcd;
export const PORT = 5004;

export function rtpPayload({
  sequence,
  timestamp,
  payloadType = 0,
  marker = false,
  ssrc = SSRC,
}: SentPacket): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(payloadType | (marker ? 0x80 : 0), 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  return join(header, Buffer.alloc(160, 0xd5));
}

export function rtpFrame(packet: SentPacket): Buffer {
  return ethernet(0x0800, ipv4(17, udp(packet.port ?? PORT, rtpPayload(packet), 40_000)));
}

/** A capture of frames at their times, in the order in which they are given. */
export function pcapOf(frames: readonly (readonly [timeNs: number, frame: Buffer])[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2_3c4d, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  return join(
    header,
    ...frames.map(([timeNs, frame]) => {
      const record = Buffer.alloc(16);
      record.writeUInt32LE(1_700_000_000 + Math.floor(timeNs / 1e9), 0);
      record.writeUInt32LE(timeNs % 1e9, 4);
      record.writeUInt32LE(frame.length, 8);
      record.writeUInt32LE(frame.length, 12);
      return join(record, frame);
    }),
  );
}

/** A capture of packets. */
export function rtpCapture(packets: readonly SentPacket[]): Buffer {
  return pcapOf(packets.map((packet) => [packet.timeNs, rtpFrame(packet)]));
}

/** Audio of 20 ms a packet at 8 kHz, on time. */
export function audio(count: number, firstSequence = 1000): SentPacket[] {
  return Array.from({ length: count }, (_, index) => ({
    timeNs: index * 20_000_000,
    sequence: (firstSequence + index) & 0xffff,
    timestamp: 50_000 + index * 160,
  }));
}
