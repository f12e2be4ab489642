/**
 * Which values of traits (`message-traits.ts`) a balancer passed on: those that some client and some backend both had. What
 * only one side has says nothing: the balancer compressed it, added it, or answered from a cache.
 */
import { TRAITS } from "../../http/message-traits.ts";
import type { UpstreamAttempt } from "./balancer-records.ts";

/** Values of a trait: 2³². */
const VALUES: f64 = 0x100000000;

export class PassedValues {
  private readonly values: Set<f64> = new Set<f64>();

  /** Takes the attempts' values. */
  begin(attempts: UpstreamAttempt[]): void {
    this.values.clear();
    for (let index: i32 = 0; index < attempts.length; index++) {
      const traits = (attempts[index] as UpstreamAttempt).traits;
      for (let trait: i32 = 0; trait < TRAITS; trait++) {
        const value = traits[trait] as i32;
        if (value !== 0) this.values.add(keyOf(trait, value));
      }
    }
  }

  /** Whether some attempt has the value. */
  has(trait: i32, value: i32): boolean {
    return this.values.has(keyOf(trait, value));
  }
}

function keyOf(trait: i32, value: i32): f64 {
  return (trait as f64) * VALUES + (value as f64);
}
