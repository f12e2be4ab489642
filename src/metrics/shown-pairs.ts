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
  /** All clients of the destination together, which has no source. */
  readonly isTotal: boolean;
  /** Of a total: there were further clients than those with a pair of their own. */
  readonly hasOthers: boolean;
  /** Its connections are those of another pair, before their addresses were translated. */
  readonly isTranslated: boolean;
}

/** @param addressText an address by its number */
export function listedPairs(
  listings: readonly PairListing[],
  addressText: (address: number) => string,
): ListedPair[] {
  return listings.map(
    ({ isNamed, source, destination, port, messages, isLive, isTotal, hasOthers, isTranslated }, place) => ({
      place,
      isNamed,
      source: addressText(source),
      destination: addressText(destination),
      port,
      messages,
      isLive,
      isTotal,
      hasOthers,
      isTranslated,
    }),
  );
}

/**
 * Named pairs in the order in which the user named them; discovered ones that spoke HTTP, busiest first, each connection in
 * one of them only: behind an address translation, where the backends are. While the run is under way, of those the first
 * `MAX_SHOWN` that have `live`.
 */
export function shownPairs(pairs: readonly ListedPair[], isUnderWay: boolean): ListedPair[] {
  const discovered = pairs
    .filter((pair) => !pair.isNamed && !pair.isTotal && spokeHttp(pair))
    .filter((pair) => !isUnderWay || pair.isLive)
    .sort(busiestFirst);
  const shown = isUnderWay ? discovered.slice(0, MAX_SHOWN) : discovered;
  return [...pairs.filter((pair) => pair.isNamed), ...shown];
}

/** All clients of a server together, and how many of them spoke HTTP: at least so many, where it has others. */
export interface ListedTotal extends ListedPair {
  readonly clientCount: number;
}

/** Servers that several clients asked, busiest first. */
export function shownTotals(pairs: readonly ListedPair[]): ListedTotal[] {
  const clients = new Map<string, number>();
  for (const pair of pairs) {
    if (pair.isTotal || !spokeHttp(pair)) continue;
    clients.set(serverOf(pair), (clients.get(serverOf(pair)) ?? 0) + 1);
  }
  return pairs
    .filter((pair) => pair.isTotal && !pair.isTranslated)
    .map((pair) => ({ ...pair, clientCount: clients.get(serverOf(pair)) ?? 0 }))
    .filter((total) => total.clientCount > 1)
    .sort(busiestFirst);
}

function spokeHttp({ messages, isTranslated }: ListedPair): boolean {
  return messages > 0 && !isTranslated;
}

function serverOf({ destination, port }: ListedPair): string {
  return `${destination} ${port}`;
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
