/** Which of the pairs that were counted are reported, and in which order. */
import type { PairListing } from "../engine/readings/pair-readings.ts";

/** Discovered pairs in a snapshot: more of them than anybody reads, and few enough to be measured every second. */
const MAX_SHOWN = 100;

/** A pair as it is listed. */
export interface ListedPair {
  /** Its place in the list. */
  readonly place: number;
  readonly isNamed: boolean;
  /** Addresses as reports write them. */
  readonly source: string;
  readonly destination: string;
  /** 0 = all. */
  readonly port: number;
  /** HTTP messages of either direction. */
  readonly messages: number;
  readonly isLive: boolean;
  /** Its connections are those of another pair, before their addresses were translated. */
  readonly isTranslated: boolean;
}

/** @param addressText an address by its number */
export function listedPairs(
  listings: readonly PairListing[],
  addressText: (address: number) => string,
): ListedPair[] {
  return listings.map(({ isNamed, source, destination, port, messages, isLive, isTranslated }, place) => ({
    place,
    isNamed,
    source: addressText(source),
    destination: addressText(destination),
    port,
    messages,
    isLive,
    isTranslated,
  }));
}

/**
 * Named pairs in the order in which the user named them; discovered ones that spoke HTTP, busiest first, each connection in
 * one of them only: behind an address translation, where the backends are. While the run is under way, of those the first
 * `MAX_SHOWN` that have `live`.
 */
export function shownPairs(pairs: readonly ListedPair[], isUnderWay: boolean): ListedPair[] {
  const discovered = pairs
    .filter((pair) => !pair.isNamed && pair.messages > 0 && !pair.isTranslated)
    .filter((pair) => !isUnderWay || pair.isLive)
    .sort(busiestFirst);
  const shown = isUnderWay ? discovered.slice(0, MAX_SHOWN) : discovered;
  return [...pairs.filter((pair) => pair.isNamed), ...shown];
}

function busiestFirst(a: ListedPair, b: ListedPair): number {
  return (
    b.messages - a.messages ||
    compareText(a.source, b.source) ||
    compareText(a.destination, b.destination) ||
    a.port - b.port
  );
}

/** Order by code unit: the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
