/** The pairs of hosts that one tap sees, and which of each pair's directions leads from the first tap to the second. */
import { formatIpAddress } from "../packet/ip-address.ts";
import { FROM_HIGH, FROM_LOW, UNKNOWN } from "./flow-direction.ts";
import type { PacketReader } from "./packet-reader.ts";

export interface HostPair {
  /** Addresses as text. */
  readonly low: string;
  readonly high: string;
  /** UNKNOWN, FROM_LOW or FROM_HIGH. */
  direction: number;
  /** Whether packets of it are known to pass both taps. */
  isShared: boolean;
}

export class HostPairs {
  readonly list: HostPair[] = [];
  readonly #numbers = new Map<string, number>();
  /** Hosts by the tap that they are nearer to: 1 the first, 2 the second. */
  readonly #sides: Map<string, number>;
  readonly #shared: ReadonlySet<string>;

  /** @param pairs of hosts whose direction is known already */
  constructor(pairs: readonly Pick<HostPair, "low" | "high" | "direction">[] = []) {
    this.#shared = new Set(pairs.map(({ low, high }) => `${low} ${high}`));
    const oriented = pairs.filter(({ direction }) => direction !== UNKNOWN);
    this.#sides = new Map(
      oriented.flatMap(({ low, high, direction }): [string, number][] => [
        [low, direction === FROM_LOW ? 1 : 2],
        [high, direction === FROM_LOW ? 2 : 1],
      ]),
    );
  }

  /** The number of a pair, new or known. Called once per flow. @param side of the packet's source */
  find(low: number, high: number, packet: PacketReader, side: number): number {
    const key = `${low}/${high}/${packet.isIpv6}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const [source, destination] = packet.addresses();
    const [first, second] = side === 0 ? [source, destination] : [destination, source];
    const names = { low: formatIpAddress(first), high: formatIpAddress(second) };
    const isShared = this.#shared.has(`${names.low} ${names.high}`);
    const pair = { ...names, direction: UNKNOWN, isShared };
    this.list.push(pair);
    this.#numbers.set(key, this.list.length - 1);
    this.#learn(pair);
    return this.list.length - 1;
  }

  /** Notes which direction of a pair leads from the first tap to the second. */
  orient(pair: HostPair, direction: number): void {
    pair.direction = direction;
    this.#sides.set(pair.low, direction === FROM_LOW ? 1 : 2);
    this.#sides.set(pair.high, direction === FROM_LOW ? 2 : 1);
  }

  /** A pair of hosts of which one is known from another pair. */
  #learn(pair: HostPair): void {
    const low = this.#sides.get(pair.low);
    const high = this.#sides.get(pair.high);
    if (low !== undefined) pair.direction = low === 1 ? FROM_LOW : FROM_HIGH;
    else if (high !== undefined) pair.direction = high === 2 ? FROM_LOW : FROM_HIGH;
  }
}
