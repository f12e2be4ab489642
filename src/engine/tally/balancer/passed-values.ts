/**
 * Which values of traits (`message-traits.ts`) a balancer passed on: those that some client and some backend both had. What
 * only one side has says nothing: the balancer compressed it, added it, or answered from a cache.
 */
import { imul } from "../../dialect/integers.ts";
import { TRAITS } from "../../http/message-traits.ts";
import type { UpstreamAttempt } from "./balancer-records.ts";

/** Cells of the table, a power of two. A value that finds all cells near its own taken is left out: it then says nothing. */
const CELLS: i32 = 1 << 14;
const MAX_STEPS: i32 = 16;
/** Knuth's multiplicative hashing, 2³² ÷ the golden ratio. */
const SPREAD: i32 = 0x9e3779b1 | 0;

export class PassedValues {
  /** Values, mixed with the number of their trait; 0 = free. */
  private readonly keys: Int32Array = new Int32Array(CELLS);
  private readonly used: i32[] = [];

  /** Takes the attempts' values. */
  begin(attempts: UpstreamAttempt[]): void {
    const used = this.used;
    for (let index: i32 = 0; index < used.length; index++) this.keys[used[index] as i32] = 0;
    used.length = 0;
    let last: Int32Array = new Int32Array(0);
    for (let index: i32 = 0; index < attempts.length; index++) {
      const traits = (attempts[index] as UpstreamAttempt).traits;
      for (let trait: i32 = 0; trait < TRAITS; trait++) {
        const value = traits[trait] as i32;
        // Most servers give the same answer again and again.
        if (value === 0 || (last.length > 0 && last[trait] === value)) continue;
        this.add(keyOf(trait, value));
      }
      last = traits;
    }
  }

  /** Whether some attempt has the value. */
  has(trait: i32, value: i32): boolean {
    const key = keyOf(trait, value);
    let cell = cellOf(key);
    for (let step: i32 = 0; step < MAX_STEPS; step++) {
      const found = this.keys[cell] as i32;
      if (found === key) return true;
      if (found === 0) return false;
      cell = (cell + 1) & (CELLS - 1);
    }
    return false;
  }

  private add(key: i32): void {
    let cell = cellOf(key);
    for (let step: i32 = 0; step < MAX_STEPS; step++) {
      const found = this.keys[cell] as i32;
      if (found === key) return;
      if (found === 0) {
        this.keys[cell] = key;
        this.used.push(cell);
        return;
      }
      cell = (cell + 1) & (CELLS - 1);
    }
  }
}

function keyOf(trait: i32, value: i32): i32 {
  const key = value ^ imul(trait + 1, SPREAD);
  return key === 0 ? 1 : key;
}

function cellOf(key: i32): i32 {
  return imul(key, SPREAD) >>> 18;
}
