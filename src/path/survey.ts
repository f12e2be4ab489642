/**
 * What has to be known before packets are matched one by one: which fields stay the same on the way, how far the clocks are apart,
 * and which direction is which. A sample of both captures' packets tells it.
 */
import type { FrameBatch } from "../capture/frame.ts";
import { IpProtocol } from "../packet/ip-protocol.ts";
import { Fingerprint, MATCH_SCHEMES, type MatchScheme } from "./fingerprint.ts";
import { FROM_HIGH, FROM_LOW, UNKNOWN } from "./flow-direction.ts";
import type { HostPair } from "./host-pairs.ts";
import { type KeptPacket, KeptPackets } from "./kept-packets.ts";
import { median } from "./order-statistics.ts";

/** A packet is looked for so long after, or before, it was recorded at the other tap, ns: the longest delay that can be measured. */
export const MAX_DELAY_NS = 2e9;
/** Fewer packets that match could be chance, or too few to say anything of a path. */
const FEWEST_MATCHES = 8;
/** So many are enough to know the clocks by. */
const ENOUGH_MATCHES = 1_000;
/** A looser scheme has to match this much more than a stricter one. */
const CLEARLY_MORE = 1.001;
/** Share of the matching packets whose times have to agree. */
const AGREEING_SHARE = 0.5;

/** Why two captures are no two taps of one path. */
export type NoPath = "nothingMatches" | "tooFewMatch" | "timesDisagree" | "sameRecording";

export interface SurveyedPath {
  readonly scheme: MatchScheme;
  /** Second clock less first, each counted from its capture's first packet, ns; about right: by half a delay. */
  readonly offsetNs: number;
  /** The pairs of hosts, named as the first tap sees them, whose packets pass both taps. */
  readonly pairs: readonly Pick<HostPair, "low" | "high" | "direction">[];
}

/** Two packets that are one. */
interface KeptMatch {
  readonly first: KeptPacket;
  readonly differenceNs: number;
}

interface SchemeMatches {
  readonly scheme: MatchScheme;
  readonly matches: readonly KeptMatch[];
}

export class PathSurvey {
  readonly taps: readonly [KeptPackets, KeptPackets] = [new KeptPackets(), new KeptPackets()];

  /** Takes frames of the first tap (0) or the second (1). */
  feed(tap: 0 | 1, batch: FrameBatch): void {
    const [first, second] = this.taps;
    const mask = Math.max(first.mask, second.mask);
    first.thin(mask);
    second.thin(mask);
    this.taps[tap].feed(batch);
  }

  /** Whether enough was read to say what the path is. */
  get isEnough(): boolean {
    const best = this.#best();
    const found = this.#pathOf(best);
    return typeof found === "object" && best.matches.length >= ENOUGH_MATCHES && bothWays(found.pairs);
  }

  /** What was found so far. */
  get result(): SurveyedPath | NoPath {
    return this.#pathOf(this.#best());
  }

  #pathOf({ scheme, matches }: SchemeMatches): SurveyedPath | NoPath {
    if (matches.length === 0) return "nothingMatches";
    if (matches.length < FEWEST_MATCHES) return "tooFewMatch";
    const middle = median(matches.map(({ differenceNs }) => differenceNs));
    const agreeing = matches.filter(({ differenceNs }) => Math.abs(differenceNs - middle) <= MAX_DELAY_NS);
    if (agreeing.length < AGREEING_SHARE * matches.length || agreeing.length < FEWEST_MATCHES)
      return "timesDisagree";
    const pairs = orientedPairs(agreeing, this.taps[0]);
    const differences = new Set(agreeing.map(({ differenceNs }) => differenceNs));
    if (differences.size === 1) return "sameRecording";
    return { scheme, offsetNs: middleOfBothWays(agreeing, pairs, this.taps[0]), pairs };
  }

  /** The strictest scheme of those that match the most. */
  #best(): SchemeMatches {
    const [first, second] = this.taps;
    const mask = Math.max(first.mask, second.mask);
    first.thin(mask);
    second.thin(mask);
    let best: SchemeMatches | null = null;
    for (const scheme of MATCH_SCHEMES) {
      const matches = matchesOf(scheme, first.list, second.list);
      if (best === null || matches.length > enoughOver(best, scheme)) best = { scheme, matches };
    }
    if (best === null) throw new Error("there is no scheme");
    return best;
  }
}

/** How many matches a looser scheme has to exceed. Frames that match only when they are split were cut differently for sure. */
function enoughOver({ scheme, matches }: SchemeMatches, looser: MatchScheme): number {
  const onlySplits =
    looser.split &&
    !scheme.split &&
    looser.addresses === scheme.addresses &&
    looser.ipId === scheme.ipId &&
    looser.content === scheme.content;
  return onlySplits ? matches.length : CLEARLY_MORE * matches.length + 1;
}

/** Packets that are alike and occur once in each sample. */
function matchesOf(
  scheme: MatchScheme,
  first: readonly KeptPacket[],
  second: readonly KeptPacket[],
): KeptMatch[] {
  const firsts = onlyOnes(scheme, first);
  const found = new Set<KeptPacket>();
  const matches: KeptMatch[] = [];
  for (const [key, packet] of onlyOnes(scheme, second)) {
    const other = firsts.get(key);
    if (packet === null || other === undefined || other === null || found.has(other)) continue;
    found.add(other);
    matches.push({ first: other, differenceNs: packet.timeNs - other.timeNs });
  }
  return matches;
}

/** By fingerprint; `null` where several have the same. */
function onlyOnes(scheme: MatchScheme, packets: readonly KeptPacket[]): Map<number, KeptPacket | null> {
  const fingerprint = new Fingerprint(scheme);
  const found = new Map<number, KeptPacket | null>();
  for (const packet of packets) {
    const { sequence, segmentLength, firstFlags, flags } = packet;
    // The first wire segment stands for the frame.
    const isSplit = scheme.split && packet.protocol === IpProtocol.TCP && packet.length > segmentLength;
    const length = isSplit ? segmentLength : packet.length;
    if (!fingerprint.take(packet, sequence, length, isSplit ? firstFlags : flags, packet.ipId)) continue;
    const key = (fingerprint.high >>> 0) * 2 ** 20 + (fingerprint.low >>> 12);
    found.set(key, found.has(key) ? null : packet);
  }
  return found;
}

/** Of the two directions of a pair, the one whose packets are later at the second tap goes there. */
function orientedPairs(matches: readonly KeptMatch[], { pairs }: KeptPackets): SurveyedPath["pairs"] {
  const found: Pick<HostPair, "low" | "high" | "direction">[] = [];
  for (const [number, { low, high }] of pairs.list.entries()) {
    const ofPair = matches.filter(({ first }) => first.pair === number);
    if (ofPair.length === 0) continue;
    const [up, down] = [0, 1].map((side) =>
      ofPair.filter(({ first }) => first.side === side).map(({ differenceNs }) => differenceNs),
    ) as [number[], number[]];
    const isOneWay = up.length === 0 || down.length === 0;
    const direction = isOneWay ? UNKNOWN : median(up) > median(down) ? FROM_LOW : FROM_HIGH;
    found.push({ low, high, direction });
  }
  return found;
}

/** Half-way between the directions, or, where packets go one way, their median. */
function middleOfBothWays(
  matches: readonly KeptMatch[],
  oriented: SurveyedPath["pairs"],
  { pairs }: KeptPackets,
): number {
  const directionOf = new Map(oriented.map(({ low, high, direction }) => [`${low} ${high}`, direction]));
  const ways = [FROM_LOW, FROM_HIGH].map((way) =>
    matches
      .filter(({ first }) => {
        const pair = pairs.list[first.pair];
        const direction = directionOf.get(`${pair?.low} ${pair?.high}`) ?? UNKNOWN;
        return (
          direction !== UNKNOWN && (direction === FROM_LOW) === (first.side === (way === FROM_LOW ? 0 : 1))
        );
      })
      .map(({ differenceNs }) => differenceNs),
  );
  const [there = [], back = []] = ways;
  if (there.length === 0 || back.length === 0) return median(matches.map(({ differenceNs }) => differenceNs));
  return (median(there) + median(back)) / 2;
}

function bothWays(pairs: SurveyedPath["pairs"]): boolean {
  return pairs.some(({ direction }) => direction !== UNKNOWN);
}
