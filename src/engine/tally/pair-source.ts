import { SourceChoices } from "./balancer/backend-choices.ts";
import { endpointKey } from "./endpoint-key.ts";
import type { Pair } from "./pair.ts";
import { SourceTurns } from "./state/backend-now.ts";

/** The pairs of one source, and what they share. */
export class PairSource {
  readonly address: i32;
  readonly pairs: Pair[] = [];
  readonly choices: SourceChoices = new SourceChoices();
  readonly turns: SourceTurns = new SourceTurns();
  /** The same of the pairs that a run under way shows. */
  readonly liveTurns: SourceTurns = new SourceTurns();
  /** By destination and port. */
  private readonly byDestination: Map<f64, Pair> = new Map<f64, Pair>();

  constructor(address: i32) {
    this.address = address;
  }

  /** The pair of this source and that destination. */
  find(destination: i32, port: i32): Pair | null {
    const key = endpointKey(destination, port);
    return this.byDestination.has(key) ? (this.byDestination.get(key) as Pair) : null;
  }

  add(pair: Pair): void {
    this.pairs.push(pair);
    this.byDestination.set(endpointKey(pair.destination, pair.port), pair);
  }

  /** Lets the pair at this place go. */
  removeAt(place: i32): void {
    const pair = this.pairs[place] as Pair;
    this.pairs.splice(place, 1);
    this.byDestination.delete(endpointKey(pair.destination, pair.port));
    this.choices.remove(pair.load);
    this.turns.backends--;
  }
}
