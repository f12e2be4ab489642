/** Packets lost between two taps, one by one: the truth against which lbqos's estimate from one tap is checked. */
import { openCapture } from "../capture/open-capture.ts";
import type { Segment } from "../engine/segments/segment.ts";
import * as TcpFlag from "../engine/segments/tcp-flags.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { parseIpAddress } from "../packet/ip-address.ts";
import { SEGMENT_DECODED } from "../packet/skip-reason.ts";
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";

/** Packets of one direction; `_seq` counts those that occupy sequence space: SYN, data, FIN. */
export interface DirectionTruth {
  readonly sent: number;
  readonly lost: number;
  readonly sent_seq: number;
  readonly lost_seq: number;
}

/** A backend's truth, in the form of the truth files. */
export interface BackendTruth {
  readonly to_backend: DirectionTruth;
  readonly from_backend: DirectionTruth;
}

/** The time in which both recorders were at work, in ms since 1970. */
export interface RecordedTime {
  readonly fromUnixMs: number;
  readonly untilUnixMs: number;
}

/** Packets between two addresses, each kind with how often it was seen. */
type PacketCounts = Map<string, PacketCount>;

interface PacketCount {
  count: number;
  /** Of them, those in time. */
  inTime: number;
  readonly occupiesSequence: boolean;
}

/**
 * Compares the capture of a near tap with that of a tap at the backend. Both taps see the same clock.
 * @param ends addresses of the near tap's host, which asked, and of the backend
 * @param time packets sent before or after it don't count: one of the recorders may not have seen them
 * @throws Failure where a capture can't be read
 */
export async function lossBetween(
  nearCapture: string,
  backendCapture: string,
  ends: readonly [string, string],
  time: RecordedTime,
): Promise<BackendTruth> {
  const [peer, backend] = [parseIpAddress(ends[0]), parseIpAddress(ends[1])];
  const near = await countPackets(nearCapture, peer, backend, time);
  const far = await countPackets(backendCapture, peer, backend, time);
  return {
    to_backend: directionTruth(near.to, far.to),
    from_backend: directionTruth(far.from, near.from),
  };
}

function directionTruth(sent: PacketCounts, arrived: PacketCounts): DirectionTruth {
  const truth = { sent: 0, lost: 0, sent_seq: 0, lost_seq: 0 };
  for (const [packet, { inTime, occupiesSequence }] of sent) {
    const lost = Math.max(0, inTime - (arrived.get(packet)?.count ?? 0));
    truth.sent += inTime;
    truth.lost += lost;
    if (occupiesSequence) {
      truth.sent_seq += inTime;
      truth.lost_seq += lost;
    }
  }
  return truth;
}

async function countPackets(
  path: string,
  peer: Uint8Array,
  backend: Uint8Array,
  { fromUnixMs, untilUnixMs }: RecordedTime,
): Promise<{ to: PacketCounts; from: PacketCounts }> {
  const to: PacketCounts = new Map();
  const from: PacketCounts = new Map();
  const decoder = new FrameDecoder();
  const capture = await openCapture(path);
  try {
    for (;;) {
      const batch = await capture.nextBatch();
      if (batch === null) return { to, from };
      const sinceStart = (unixMs: number) =>
        Number(BigInt(unixMs) * BigInt(NANOSECONDS_PER_MILLISECOND) - (capture.startNs ?? 0n));
      const [earliestNs, latestNs] = [sinceStart(fromUnixMs), sinceStart(untilUnixMs)];
      for (let row = 0; row < batch.count; row++) {
        if (decoder.decode(batch, row) !== SEGMENT_DECODED) continue;
        const timeNs = batch.timeNs[row] ?? 0;
        const isInTime = timeNs >= earliestNs && timeNs <= latestNs;
        const { segment } = decoder;
        const { sourceAddressOffset: source, destinationAddressOffset: destination } = segment;
        if (isAt(segment, source, peer) && isAt(segment, destination, backend))
          countPacket(to, segment, isInTime);
        if (isAt(segment, source, backend) && isAt(segment, destination, peer))
          countPacket(from, segment, isInTime);
      }
    }
  } finally {
    await capture.close();
  }
}

function isAt({ bytes, ipVersion }: Segment, offset: number, address: Uint8Array): boolean {
  return ipVersion === 4 && address.every((octet, index) => bytes[offset + index] === octet);
}

/** A packet is known by its ports, IPv4 ID, sequence and acknowledgement numbers, flags and length. */
function countPacket(counts: PacketCounts, segment: Segment, isInTime: boolean): void {
  const { sourcePort, destinationPort, ipId, sequence, acknowledgement, flags, payloadLength } = segment;
  const packet = `${sourcePort} ${destinationPort} ${ipId} ${sequence} ${acknowledgement} ${flags} ${payloadLength}`;
  const known = counts.get(packet);
  if (known !== undefined) {
    known.count += 1;
    if (isInTime) known.inTime += 1;
    return;
  }
  const occupiesSequence = payloadLength > 0 || (flags & (TcpFlag.SYN | TcpFlag.FIN)) !== 0;
  counts.set(packet, { count: 1, inTime: isInTime ? 1 : 0, occupiesSequence });
}
