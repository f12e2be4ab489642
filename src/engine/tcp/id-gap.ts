/** IDs of a direction that were skipped, and what was made of them. */
import { max, min } from "../dialect/integers.ts";

export class IdGap {
  /** The first ID skipped, and how many were. */
  private readonly first: i32;
  private readonly size: i32;
  /** Its size is counted, not concluded from what was due. */
  private readonly isCounted: boolean;
  /** Those that did not come late, and those that a hole in the sequence space needs. */
  private missing: i32;
  private needed: i32 = 0;
  /** Nothing of the direction explained it: another connection of the host seemed to have taken the IDs. */
  readonly isForeign: boolean;
  /** Segments counted as lost; of them those that may be none, and how many more there may be. */
  lost: i32 = 0;
  below: i32 = 0;
  above: i32 = 0;

  constructor(first: i32, size: i32, isForeign: boolean, isCounted: boolean) {
    this.first = first;
    this.size = size;
    this.isCounted = isCounted;
    this.missing = size;
    this.isForeign = isForeign;
  }

  /** Packets that were lost and occupied no sequence space: pure ACKs. */
  get lostAcks(): i32 {
    return this.isCounted ? this.missing - this.lost : 0;
  }

  /** What is made of it. @param needed segments that a hole in the sequence space needs */
  count(needed: i32, lost: i32, below: i32, above: i32): void {
    this.needed = needed;
    this.lost = lost;
    this.below = below;
    this.above = above;
  }

  holds(ipId: i32): boolean {
    return ((ipId - this.first) & 0xffff) < this.size;
  }

  /** Some of the packets came late. @param occupies they are no pure ACKs */
  fill(packets: i32, occupies: boolean): void {
    this.missing = max(0, this.missing - packets);
    if (occupies) {
      this.lost = max(0, this.lost - packets);
      this.needed = max(0, this.needed - packets);
    } else if (this.lost > this.missing) {
      // There were more ACKs among them than were due: they answer copies. What no hole needs may be as well.
      this.lost = min(this.needed, this.missing);
      this.above = this.missing;
    }
    this.lost = min(this.lost, this.missing);
    this.below = min(this.below, this.lost);
    this.above = min(this.above, this.missing - this.lost);
  }
}
