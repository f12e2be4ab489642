/** A sample of one tap's packets, chosen by what is in them: two taps choose the same ones, however much each recorded. */
import type { FrameBatch } from "../capture/frame.ts";
import { IpProtocol } from "../packet/ip-protocol.ts";
import { mixed, type PacketFields } from "./fingerprint.ts";
import { FLOW_IDLE_NS, FlowTable } from "./flow-table.ts";
import { HostPairs } from "./host-pairs.ts";
import { PacketReader } from "./packet-reader.ts";
import { wireSegmentLength } from "./wire-segments.ts";

/** Most packets that are kept; a power of two, so that both taps thin out alike. */
const MAX_KEPT = 16_384;

export interface KeptPacket extends PacketFields {
  readonly timeNs: number;
  readonly ipId: number;
  readonly sequence: number;
  readonly flags: number;
  /** Of its first wire segment, where it is a frame of offload. */
  readonly firstFlags: number;
  readonly length: number;
  /** Payload of its wire segments but the last, where the frame is one of offload; at least `length` where it is not. */
  readonly segmentLength: number;
  /** Number of its pair of hosts, and whether it came from the lower side (0) or the upper (1). */
  readonly pair: number;
  readonly side: number;
  /** What it is chosen by. */
  readonly choice: number;
}

export class KeptPackets {
  readonly pairs = new HostPairs();
  list: KeptPacket[] = [];
  /** A packet is kept when these bits of its choice are 0. */
  mask = 0;
  readonly #reader = new PacketReader();
  readonly #flows = new FlowTable(this.pairs);

  feed(batch: FrameBatch): void {
    const reader = this.#reader;
    for (let row = 0; row < batch.count; row++) {
      if (!reader.read(batch, row)) continue;
      const choice = choiceOf(reader);
      const { isSyn } = reader;
      if (!isSyn && (choice & this.mask) !== 0) continue;
      const timeNs = batch.timeNs[row] as number;
      if (this.#flows.isCrowded) this.#flows.forgetIdle(timeNs - FLOW_IDLE_NS, () => undefined);
      const flow = this.#flows.find(reader, timeNs);
      if (isSyn) this.#flows.noteSyn(flow, reader);
      if ((choice & this.mask) === 0) this.#keep(flow, timeNs, choice);
    }
  }

  /** Keeps no more than the other tap does. */
  thin(mask: number): void {
    if (mask === this.mask) return;
    this.mask = mask;
    this.list = this.list.filter(({ choice }) => (choice & mask) === 0);
  }

  #keep(flow: number, timeNs: number, choice: number): void {
    const reader = this.#reader;
    const { protocol, source, destination, ports, acknowledgement, content } = reader;
    const { ipId, sequence, flags, length } = reader;
    this.list.push({
      ...{ protocol, source, destination, ports, acknowledgement, content },
      ...{ ipId, sequence, flags, length, timeNs, choice },
      firstFlags: reader.flagsOfPart(0, false),
      segmentLength: wireSegmentLength(reader, this.#flows, flow),
      pair: this.#flows.pair[flow] as number,
      side: this.#flows.side,
    });
    while (this.list.length > MAX_KEPT) this.thin(2 * this.mask + 1);
  }
}

/** Frames of offload that the taps see cut differently have the same acknowledgement number. */
function choiceOf(packet: PacketReader): number {
  const choice =
    packet.protocol === IpProtocol.TCP
      ? packet.acknowledgement
      : packet.content === 0
        ? packet.ipId
        : packet.content;
  return mixed(mixed(choice, 0x51ed270b), choice) >>> 0;
}
