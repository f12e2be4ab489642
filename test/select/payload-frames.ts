/** A connection's frames, segment by segment, and the frames of it that a filter shows. */
import { FrameBatch } from "../../src/capture/frame.ts";
import { compileFilter } from "../../src/select/compile-filter.ts";
import { FrameFields } from "../../src/select/frame-fields.ts";
import { ethernet, ipv4, join } from "../packet/packet-bytes.ts";

const ACK = 0x10;
export const FIN = 0x01;

/** A segment: who sent it, its place among the sender's bytes, its payload. */
export interface SentSegment {
  readonly from: "client" | "server";
  readonly at: number;
  readonly text: string | Buffer;
  readonly flags?: number;
  /** Bytes of the frame that the capture holds; absent: all. */
  readonly captured?: number;
  /** The other's bytes that it acknowledges; absent: some before the first. */
  readonly acknowledges?: number;
  /** Absent: 40000. */
  readonly clientPort?: number;
}

export function client(at: number, text: string | Buffer, flags = 0): SentSegment {
  return { from: "client", at, text, flags };
}

export function server(at: number, text: string | Buffer, flags = 0): SentSegment {
  return { from: "server", at, text, flags };
}

/** Numbers, from 1, of the segments whose frames the filter shows; they are 1 ms apart. */
export function shownSegments(
  filter: string,
  port: number,
  segments: readonly SentSegment[],
): readonly number[] {
  return shownFrames(
    filter,
    segments.map((segment) => ({ frame: segmentFrame(segment, port), captured: segment.captured })),
  );
}

/** The same of datagrams at one port. */
export function shownDatagrams(
  filter: string,
  port: number,
  datagrams: readonly { readonly from: "client" | "server"; readonly bytes: Buffer }[],
): readonly number[] {
  return shownFrames(
    filter,
    datagrams.map(({ from, bytes }) => {
      const header = Buffer.alloc(8);
      putPorts(header, from, port);
      header.writeUInt16BE(8 + bytes.length, 4);
      return { frame: ethernetFrame(17, from, join(header, bytes)), captured: undefined };
    }),
  );
}

function shownFrames(
  filter: string,
  frames: readonly { readonly frame: Buffer; readonly captured: number | undefined }[],
): readonly number[] {
  const { shows, protocols } = compileFilter(filter);
  const fields = new FrameFields(true, null, protocols);
  return frames.flatMap(({ frame, captured }, index) => {
    const batch = new FrameBatch();
    batch.reset(frame);
    batch.push(0, captured ?? frame.length, frame.length, (index + 1) * 1e6, 1, 0);
    fields.take(batch, 0);
    return shows(fields) ? [index + 1] : [];
  });
}

export function segmentFrame(segment: SentSegment, port: number): Buffer {
  const { from, at, text, flags = 0, acknowledges, clientPort } = segment;
  const header = Buffer.alloc(20);
  putPorts(header, from, port, clientPort);
  header.writeUInt32BE(1000 + at, 4);
  header.writeUInt32BE(acknowledges === undefined ? 1 : 1000 + acknowledges, 8);
  header.writeUInt16BE(0x5000 | ACK | flags, 12);
  header.writeUInt16BE(8192, 14);
  return ethernetFrame(6, from, join(header, typeof text === "string" ? Buffer.from(text) : text));
}

function putPorts(header: Buffer, from: "client" | "server", port: number, clientPort = 40_000): void {
  header.writeUInt16BE(from === "client" ? clientPort : port, 0);
  header.writeUInt16BE(from === "client" ? port : clientPort, 2);
}

function ethernetFrame(protocol: number, from: "client" | "server", payload: Buffer): Buffer {
  const packet = ipv4(protocol, payload);
  if (from === "client") return ethernet(0x0800, packet);
  const destination = packet.subarray(16, 20);
  return ethernet(
    0x0800,
    join(packet.subarray(0, 12), destination, packet.subarray(12, 16), packet.subarray(20)),
  );
}
