import { max } from "../../dialect/integers.ts";

/**
 * The samples of a growing array in order, for who asks again and again: what came since the last time is sorted and
 * merged into what was sorted before. 3,000 new samples into 60,000 take a tenth of the time that selecting anew does.
 */
export class SortedPrefix {
  private values: Float64Array = new Float64Array(0);
  private count: i32 = 0;

  /**
   * The first `count` of `samples`, ascending; valid until the next call.
   * @param samples the same ones as before, and perhaps more behind them
   */
  of(samples: Float64Array, count: i32): Float64Array {
    if (this.values.length < count) {
      const larger = new Float64Array(max(count, 2 * this.values.length));
      larger.set(this.values.subarray(0, this.count));
      this.values = larger;
    }
    const values = this.values;
    const added = samples.slice(this.count, count);
    added.sort();
    // From behind, so that nothing is overwritten before it was moved.
    let old = this.count - 1;
    let next = added.length - 1;
    for (let at = count - 1; next >= 0; at--) {
      if (old >= 0 && (values[old] as f64) > (added[next] as f64)) values[at] = values[old--] as f64;
      else values[at] = added[next--] as f64;
    }
    this.count = count;
    return values.subarray(0, count);
  }
}
