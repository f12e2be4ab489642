/** What a tap recorded of the TCP segments between two hosts, one way each. */
import { openCapture } from "../capture/open-capture.ts";
import type { Segment } from "../engine/segments/segment.ts";
import * as TcpFlag from "../engine/segments/tcp-flags.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { SEGMENT_DECODED } from "../packet/skip-reason.ts";
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";

/** A recorded frame with a segment in it, or, with segmentation offload, with several. */
export interface TappedFrame {
  /** When it was recorded, in ns since the time that the reader was given. */
  readonly timeNs: number;
  /**
   * What all wire segments of a frame share: ports, acknowledgement number, window, timestamps, SACK blocks, and the flags
   * but for FIN and PSH, which the last one has, and CWR, which the first one has.
   */
  readonly shared: string;
  /** Its first sequence number, 0 … 2³² − 1. */
  readonly sequence: number;
  /** Bytes of payload. */
  readonly payload: number;
  /** Sequence numbers that it occupies: payload, SYN and FIN. */
  readonly length: number;
  /** Most bytes of payload that a wire segment of it can have. */
  readonly wirePayload: number;
  /** IPv4 ID, of its first wire segment; −1 for IPv6. */
  readonly ipId: number;
}

/** Maximum segment sizes on Ethernet, for connections whose SYN was not recorded (RFC 9293 §3.7.1). */
const ETHERNET_SEGMENT_BYTES = { 4: 1460, 6: 1440 } as const;
const IP_HEADER_BYTES = { 4: 20, 6: 40 } as const;
const TCP_HEADER_BYTES = 20;
/** Flags that the wire segments of one frame don't share (Linux: tcp_gro_receive, tcp_gso_segment). */
const NOT_SHARED = TcpFlag.FIN | TcpFlag.PSH | TcpFlag.CWR;

/**
 * Reads a capture for the frames between two hosts.
 * @param sinceUnixMs what times are counted from
 * @throws Failure where the capture can't be read
 */
export async function readTap(
  path: string,
  peer: Uint8Array,
  backend: Uint8Array,
  sinceUnixMs: number,
): Promise<{ toBackend: TappedFrame[]; fromBackend: TappedFrame[] }> {
  const toBackend: TappedFrame[] = [];
  const fromBackend: TappedFrame[] = [];
  const sizes = new SegmentSizes();
  const decoder = new FrameDecoder();
  const capture = await openCapture(path);
  try {
    for (;;) {
      const batch = await capture.nextBatch();
      if (batch === null) return { toBackend, fromBackend };
      const sinceStartNs = Number(
        BigInt(sinceUnixMs) * BigInt(NANOSECONDS_PER_MILLISECOND) - (capture.startNs ?? 0n),
      );
      for (let row = 0; row < batch.count; row++) {
        if (decoder.decode(batch, row) !== SEGMENT_DECODED) continue;
        const timeNs = (batch.timeNs[row] ?? 0) - sinceStartNs;
        const { segment } = decoder;
        const { sourceAddressOffset: source, destinationAddressOffset: destination } = segment;
        if (isAt(segment, source, peer) && isAt(segment, destination, backend))
          toBackend.push(tappedFrame(segment, timeNs, sizes.of(segment, segment.sourcePort)));
        if (isAt(segment, source, backend) && isAt(segment, destination, peer))
          fromBackend.push(tappedFrame(segment, timeNs, sizes.of(segment, segment.destinationPort)));
      }
    }
  } finally {
    await capture.close();
  }
}

function isAt({ bytes, ipVersion }: Segment, offset: number, address: Uint8Array): boolean {
  const octets = ipVersion === 4 ? 4 : 16;
  return address.length === octets && address.every((octet, index) => bytes[offset + index] === octet);
}

/** Maximum segment sizes by connection: the smaller one of its two SYNs. */
class SegmentSizes {
  readonly #announced = new Map<string, number>();

  /**
   * Most payload of a wire segment with the options of this one, which take room of the maximum segment size (RFC 6691 §2).
   * @param connection the peer's port: the backends have one
   */
  of(segment: Segment, connection: number): number {
    const { flags, ipLength, payloadLength, maximumSegmentSize } = segment;
    const version = segment.ipVersion === 4 ? 4 : 6;
    const name = `${version} ${connection}`;
    const known = this.#announced.get(name);
    if ((flags & TcpFlag.SYN) !== 0 && maximumSegmentSize > 0) {
      // A SYN without ACK begins a connection; its answer may only lower the size.
      const isAnswer = (flags & TcpFlag.ACK) !== 0 && known !== undefined;
      this.#announced.set(name, isAnswer ? Math.min(known, maximumSegmentSize) : maximumSegmentSize);
    }
    const options = ipLength - IP_HEADER_BYTES[version] - TCP_HEADER_BYTES - payloadLength;
    return (known ?? ETHERNET_SEGMENT_BYTES[version]) - Math.max(0, options);
  }
}

function tappedFrame(segment: Segment, timeNs: number, wirePayload: number): TappedFrame {
  const { flags, payloadLength: payload, sequence, ipId } = segment;
  const length = payload + ((flags & TcpFlag.SYN) !== 0 ? 1 : 0) + ((flags & TcpFlag.FIN) !== 0 ? 1 : 0);
  return { timeNs, shared: sharedOf(segment), sequence, payload, length, wirePayload, ipId };
}

function sharedOf(segment: Segment): string {
  const { sourcePort, destinationPort, acknowledgement, flags, window, hasTimestamp } = segment;
  const blocks = Array.from(
    { length: segment.sackCount },
    (_, index) => `${segment.sackLeft[index]}-${segment.sackRight[index]}`,
  );
  return [
    ...[sourcePort, destinationPort, acknowledgement, flags & ~NOT_SHARED, window],
    ...(hasTimestamp ? [segment.timestampValue, segment.timestampEcho] : []),
    ...blocks,
  ].join(" ");
}
