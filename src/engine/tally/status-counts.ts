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

  /** Each status and its count, by ascending status. */
  readings(): Float64Array {
    const ascending = this.statuses.slice(0);
    ascending.sort(ascendingly);
    const readings = new Float64Array(2 * ascending.length);
    for (let index: i32 = 0; index < ascending.length; index++) {
      const status = ascending[index] as i32;
      readings[2 * index] = status;
      readings[2 * index + 1] = this.counts[this.statuses.indexOf(status)] as i32;
    }
    return readings;
  }
}

function ascendingly(a: i32, b: i32): i32 {
  return a - b;
}
