/** What was lost between two taps, packet by packet: the truth that lbqos's estimate from one tap is held against. */
import { openCapture } from "../capture/open-capture.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { parseIpAddress } from "../packet/ip-address.ts";
import { type Segment, TcpFlag } from "../packet/segment.ts";
import { SEGMENT_DECODED } from "../packet/skip-reason.ts";

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

/** Packets between two addresses, each kind with how often it was seen. */
type PacketCounts = Map<string, { count: number; readonly occupiesSequence: boolean }>;

/**
 * Compares the capture of a near tap with that of a tap at the backend.
 * @param peer address that the backend was asked from: the balancer's, where the near tap is
 * @throws Failure where a capture can't be read
 */
export async function lossBetween(
  nearCapture: string,
  backendCapture: string,
  peer: string,
  backend: string,
): Promise<BackendTruth> {
  const ends = [parseIpAddress(peer), parseIpAddress(backend)] as const;
  const near = await countPackets(nearCapture, ...ends);
  const far = await countPackets(backendCapture, ...ends);
  return {
    to_backend: directionTruth(near.to, far.to),
    from_backend: directionTruth(far.from, near.from),
  };
}

function directionTruth(sent: PacketCounts, arrived: PacketCounts): DirectionTruth {
  const truth = { sent: 0, lost: 0, sent_seq: 0, lost_seq: 0 };
  for (const [packet, { count, occupiesSequence }] of sent) {
    const lost = Math.max(0, count - (arrived.get(packet)?.count ?? 0));
    truth.sent += count;
    truth.lost += lost;
    if (occupiesSequence) {
      truth.sent_seq += count;
      truth.lost_seq += lost;
    }
  }
  return truth;
}

async function countPackets(
  path: string,
  peer: Uint8Array,
  backend: Uint8Array,
): Promise<{ to: PacketCounts; from: PacketCounts }> {
  const to: PacketCounts = new Map();
  const from: PacketCounts = new Map();
  const decoder = new FrameDecoder();
  const capture = await openCapture(path);
  try {
    for (;;) {
      const batch = await capture.nextBatch();
      if (batch === null) return { to, from };
      for (let row = 0; row < batch.count; row++) {
        if (decoder.decode(batch, row) !== SEGMENT_DECODED) continue;
        const { segment } = decoder;
        const { sourceAddressOffset: source, destinationAddressOffset: destination } = segment;
        if (isAt(segment, source, peer) && isAt(segment, destination, backend)) countPacket(to, segment);
        if (isAt(segment, source, backend) && isAt(segment, destination, peer)) countPacket(from, segment);
      }
    }
  } finally {
    await capture.close();
  }
}

function isAt({ bytes, ipVersion }: Segment, offset: number, address: Uint8Array): boolean {
  return ipVersion === 4 && bytes.compare(address, 0, address.length, offset, offset + address.length) === 0;
}

/** A packet is known by its ports, IPv4 ID, sequence and acknowledgement numbers, flags and length. */
function countPacket(counts: PacketCounts, segment: Segment): void {
  const { sourcePort, destinationPort, ipId, sequence, acknowledgement, flags, payloadLength } = segment;
  const packet = `${sourcePort} ${destinationPort} ${ipId} ${sequence} ${acknowledgement} ${flags} ${payloadLength}`;
  const known = counts.get(packet);
  if (known !== undefined) {
    known.count += 1;
    return;
  }
  const occupiesSequence = payloadLength > 0 || (flags & (TcpFlag.SYN | TcpFlag.FIN)) !== 0;
  counts.set(packet, { count: 1, occupiesSequence });
}
