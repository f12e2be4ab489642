/** The connections of one tap: both directions of each as one flow, without an object per flow. */
import { mixed } from "./fingerprint.ts";
import { UNKNOWN } from "./flow-direction.ts";
import type { HostPairs } from "./host-pairs.ts";
import type { PacketReader } from "./packet-reader.ts";

const INITIAL_FLOWS = 1024;
/** A flow is forgotten after this time without a packet, ns. Longer than the timeouts after which TCP repeats a segment. */
export const FLOW_IDLE_NS = 120e9;

/** The lower of the two sides has the lower address, or of the same address the lower port. */
export class FlowTable {
  readonly pairs: HostPairs;
  /** Whether the packet that was looked up last came from the flow's lower side (0) or upper side (1). */
  side = 0;
  /** By flow: UNKNOWN, FROM_LOW or FROM_HIGH. */
  direction = new Uint8Array(INITIAL_FLOWS);
  /** By flow: packets that were matched. */
  matched = new Uint32Array(INITIAL_FLOWS);
  /** By flow and side: packets of it that were not matched, while none of the flow was. */
  undecided = new Uint32Array(2 * INITIAL_FLOWS);
  /** By flow, of packets that were sent while none of it was matched: those before the other tap's first frame, and after its last. */
  atEdge = new Uint32Array(2 * INITIAL_FLOWS);
  /** By flow: number of its pair. */
  pair = new Int32Array(INITIAL_FLOWS);
  /** By flow: the same connection at the other tap, −1 unknown. */
  peer = new Int32Array(INITIAL_FLOWS);
  #count = 0;
  #keys = new Int32Array(4 * INITIAL_FLOWS);
  #sizes = new Uint16Array(2 * INITIAL_FLOWS);
  #lastNs = new Float64Array(INITIAL_FLOWS);
  /** Number + 1 of the flow in each hash slot, 0 = empty. */
  #slots = new Int32Array(4 * INITIAL_FLOWS);
  #free: number[] = [];
  #last = -1;

  constructor(pairs: HostPairs) {
    this.pairs = pairs;
  }

  /** The flow of the packet read last, new or known. */
  find(packet: PacketReader, timeNs: number): number {
    const { source, destination, ports } = packet;
    const reversed = (ports << 16) | (ports >>> 16);
    const isHigh = source === destination ? ports >>> 0 > reversed >>> 0 : source > destination;
    this.side = isHigh ? 1 : 0;
    const low = isHigh ? destination : source;
    const high = isHigh ? source : destination;
    const lowPorts = isHigh ? reversed : ports;
    if (this.#last >= 0 && this.#holds(this.#last, low, high, lowPorts, packet.protocol)) {
      this.#lastNs[this.#last] = timeNs;
      return this.#last;
    }
    const mask = this.#slots.length - 1;
    let slot = slotOf(low, high, lowPorts) & mask;
    let flow = (this.#slots[slot] as number) - 1;
    while (flow >= 0 && !this.#holds(flow, low, high, lowPorts, packet.protocol)) {
      slot = (slot + 1) & mask;
      flow = (this.#slots[slot] as number) - 1;
    }
    if (flow < 0) {
      flow = this.#free.pop() ?? this.#count++;
      this.#begin(flow, slot, low, high, lowPorts, packet);
    }
    this.#lastNs[flow] = timeNs;
    this.#last = flow;
    return flow;
  }

  /** Notes the maximum segment size that a SYN announces. */
  noteSyn(flow: number, packet: PacketReader): void {
    this.#sizes[2 * flow + this.side] = packet.maximumSegmentSize;
  }

  /** The smaller of the maximum segment sizes that both sides announced, 0 where none did. */
  maximumSegmentSize(flow: number): number {
    const low = this.#sizes[2 * flow] as number;
    const high = this.#sizes[2 * flow + 1] as number;
    return low === 0 || high === 0 ? Math.max(low, high) : Math.min(low, high);
  }

  /** Whether many flows are kept, so that idle ones should be forgotten. */
  get isCrowded(): boolean {
    return this.#free.length === 0 && this.#count >= this.direction.length;
  }

  /** Forgets flows without a packet since `beforeNs`, telling each to `end` first; makes more room where that frees little. */
  forgetIdle(beforeNs: number, end: (flow: number) => void): void {
    for (let flow = 0; flow < this.#count; flow++) {
      if ((this.pair[flow] as number) < 0 || (this.#lastNs[flow] as number) >= beforeNs) continue;
      end(flow);
      this.pair[flow] = -1;
      this.#free.push(flow);
    }
    this.#last = -1;
    if (this.#free.length < this.#count / 2) this.#grow();
    this.#slots.fill(0);
    for (let flow = 0; flow < this.#count; flow++) if ((this.pair[flow] as number) >= 0) this.#place(flow);
  }

  #begin(flow: number, slot: number, low: number, high: number, ports: number, packet: PacketReader): void {
    this.#slots[slot] = flow + 1;
    this.#keys.set([low, high, ports, packet.protocol], 4 * flow);
    this.direction[flow] = UNKNOWN;
    this.matched[flow] = 0;
    this.undecided.fill(0, 2 * flow, 2 * flow + 2);
    this.atEdge.fill(0, 2 * flow, 2 * flow + 2);
    this.#sizes.fill(0, 2 * flow, 2 * flow + 2);
    this.peer[flow] = -1;
    this.pair[flow] = this.pairs.find(low, high, packet, this.side);
  }

  #holds(flow: number, low: number, high: number, ports: number, protocol: number): boolean {
    const keys = this.#keys;
    const at = 4 * flow;
    return keys[at + 2] === ports && keys[at] === low && keys[at + 1] === high && keys[at + 3] === protocol;
  }

  #grow(): void {
    const room = 2 * this.direction.length;
    this.direction = grown(this.direction, new Uint8Array(room));
    this.matched = grown(this.matched, new Uint32Array(room));
    this.undecided = grown(this.undecided, new Uint32Array(2 * room));
    this.atEdge = grown(this.atEdge, new Uint32Array(2 * room));
    this.pair = grown(this.pair, new Int32Array(room));
    this.peer = grown(this.peer, new Int32Array(room));
    this.#keys = grown(this.#keys, new Int32Array(4 * room));
    this.#sizes = grown(this.#sizes, new Uint16Array(2 * room));
    this.#lastNs = grown(this.#lastNs, new Float64Array(room));
    this.#slots = new Int32Array(4 * room);
  }

  #place(flow: number): void {
    const mask = this.#slots.length - 1;
    const at = 4 * flow;
    const [low = 0, high = 0, ports = 0] = this.#keys.subarray(at, at + 3);
    let slot = slotOf(low, high, ports) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = flow + 1;
  }
}

function slotOf(low: number, high: number, ports: number): number {
  return mixed(mixed(mixed(ports, low), high), 1);
}

function grown<T extends { set(values: T): void }>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** Of a flow: two counts side by side. */
export function countsOf(counts: Uint32Array, flow: number): readonly [number, number] {
  return [counts[2 * flow] as number, counts[2 * flow + 1] as number];
}
