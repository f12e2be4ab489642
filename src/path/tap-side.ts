/** One tap while packets are matched: its connections, the packets that wait, and which time it covers. */
import { FlowTable } from "./flow-table.ts";
import type { HostPairs } from "./host-pairs.ts";
import { PacketReader } from "./packet-reader.ts";
import { TapWindow } from "./tap-window.ts";

/** Packets at an edge of the recording whose times are kept. */
const MAX_EDGE_TIMES = 1 << 16;

/** Packets near the begin or the end of the other tap's recording, which say whether that one stopped or they were lost. */
export interface Edge {
  /** By direction (0 from the first tap, 1 to it): packets sent that the other tap has not. */
  readonly missing: [number, number];
  /** When those of connections that both taps know were sent. */
  readonly missingAtNs: readonly [number[], number[]];
  /** Packets that came from the other tap and that it has not: proof that it did not record. */
  proof: number;
}

export class TapSide {
  readonly reader = new PacketReader();
  readonly window = new TapWindow();
  readonly flows: FlowTable;
  /** Time of the first and the latest frame, in its own clock; NaN before the first. */
  firstNs = Number.NaN;
  lastNs = Number.NaN;
  /** Frames with an earlier time than one before them, and by how much at most, ns. */
  earlierFrames = 0;
  mostEarlierNs = 0;
  /** Frames, and those that are neither TCP nor UDP. */
  frames = 0;
  otherFrames = 0;
  /** Packets that look like too many others to be matched. */
  indistinct = 0;
  /** Packets of connections that only this tap recorded. */
  unshared = 0;
  /** Packets of hosts that the other tap has nothing of. */
  elsewhere = 0;
  /** Packets of the other tap from before this one's first frame, and from after its last. */
  readonly before: Edge = newEdge();
  readonly after: Edge = newEdge();

  constructor(pairs: HostPairs) {
    this.flows = new FlowTable(pairs);
  }
}

function newEdge(): Edge {
  return { missing: [0, 0], missingAtNs: [[], []], proof: 0 };
}

/** Notes a packet that was sent and that the other tap lacks. */
export function noteMissing({ missing, missingAtNs, proof }: Edge, way: 0 | 1, timeNs: number): void {
  missing[way]++;
  if (proof === 0 && missing[way] <= MAX_EDGE_TIMES) missingAtNs[way].push(timeNs);
}

/** The edge of a tap's recording beyond which it lacks a packet; `null`: it recorded then. @param toNs for the later edge */
export function edgeOf(
  { firstNs, lastNs, before, after }: TapSide,
  fromNs: number,
  toNs: number,
): Edge | null {
  if (Number.isNaN(firstNs) || fromNs < firstNs) return before;
  return toNs > lastNs ? after : null;
}
