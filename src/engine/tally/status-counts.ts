import type { Readings } from "../readings/readings.ts";

/** How often each status was seen. They are few. */
export class StatusCounts {
  /** In order of their first sight. */
  private statuses: i32[] = [];
  private counts: i32[] = [];

  /** The same counts once more, to be added to apart from these. */
  copy(): StatusCounts {
    const copy = new StatusCounts();
    copy.statuses = this.statuses.slice(0);
    copy.counts = this.counts.slice(0);
    return copy;
  }

  add(status: i32): void {
    const place = this.statuses.indexOf(status);
    if (place === -1) {
      this.statuses.push(status);
      this.counts.push(1);
    } else this.counts[place] = (this.counts[place] as i32) + 1;
  }

  /** How many, then each status and its count, by ascending status. */
  readings(out: Readings): void {
    const ascending = this.statuses.slice(0);
    ascending.sort(ascendingly);
    out.put(ascending.length);
    for (let index: i32 = 0; index < ascending.length; index++) {
      const status = ascending[index] as i32;
      out.put(status);
      out.put(this.counts[this.statuses.indexOf(status)] as i32);
    }
  }
}

function ascendingly(a: i32, b: i32): i32 {
  return a - b;
}
