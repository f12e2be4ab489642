/** Which of the pairs that were counted are reported, and in which order. */
import type { FigureReader } from "./figure-reader.ts";

/** Discovered pairs in a snapshot: more of them than anybody reads, and few enough to be measured every second. */
const MOST_SHOWN = 100;

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
}

/** `RunTally.list`. @param addressText an address by its number */
export function readPairList(figures: FigureReader, addressText: (address: number) => string): ListedPair[] {
  const length = figures.number();
  return Array.from({ length }, (_, place) => ({
    place,
    isNamed: figures.flag(),
    source: addressText(figures.number()),
    destination: addressText(figures.number()),
    port: figures.number(),
    messages: figures.number(),
    isLive: figures.flag(),
  }));
}

/**
 * Named pairs in the order in which the user named them; discovered ones that spoke HTTP, busiest first. While the run is
 * under way, of those the first `MOST_SHOWN` that have `live`.
 */
export function shownPairs(pairs: readonly ListedPair[], isUnderWay: boolean): ListedPair[] {
  const discovered = pairs
    .filter((pair) => !pair.isNamed && pair.messages > 0)
    .filter((pair) => !isUnderWay || pair.isLive)
    .sort(busiestFirst);
  const shown = isUnderWay ? discovered.slice(0, MOST_SHOWN) : discovered;
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
