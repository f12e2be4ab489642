/**
 * The counting program, as its host `analysis/compiled-counting.ts` calls it: one instance per analysis. Only AssemblyScript
 * compiles this file. What ends in `At` returns an address in the program's memory, which holds until the next call.
 */

import { unfilledOctets, unfilledWords } from "./dialect/unfilled.ts";
import { ReadingsWriter } from "./readings/readings-writer.ts";
import { RecordReader } from "./records/record-reader.ts";
import { ConnectionEnds } from "./tally/connection-ends.ts";
import type { Pair } from "./tally/pair.ts";
import { PairsTogether } from "./tally/pairs-together.ts";
import { RunTally } from "./tally/run-tally.ts";
import { AddressTable } from "./tcp/address-table.ts";

/** What the host answers when the instance is made: whether it wants … */
/** … every exchange, with its details. */
declare function wantsExchanges(): boolean;
/** … every client exchange of a balancer. */
declare function wantsBalancedExchanges(): boolean;
/** … what charts are drawn from. */
declare function wantsChartData(): boolean;
/** … what a run under way shows. */
declare function wantsLive(): boolean;

const addresses = new AddressTable();
const ends = new ConnectionEnds();
const exchanges = new ReadingsWriter();
const balancedExchanges = new ReadingsWriter();
const tally = new RunTally(
  addresses,
  ends,
  wantsChartData(),
  wantsLive(),
  wantsExchanges() ? exchanges : null,
  wantsBalancedExchanges() ? balancedExchanges : null,
);
const reader = new RecordReader(addresses, ends, tally, wantsExchanges());
const readings = new ReadingsWriter();

/** Pairs of which the host wants one distribution. */
let together: PairsTogether = new PairsTogether();
/** Records that the host puts here. */
let words: Int32Array = new Int32Array(0);
let octets: Uint8Array = new Uint8Array(0);
/** Where the host writes an address. */
const address: DataView = new DataView(new ArrayBuffer(16));

export function addressAt(): usize {
  return address.dataStart;
}

/** The address there is the balancer's. @param version 4 or 6 */
export function nameBalancer(version: i32): void {
  const number = addresses.intern(address, 0, version);
  tally.directory.nameBalancer(number);
  tally.balancer.watchOnly(number);
}

/** The address there is a backend's, named after the balancer. @param port 0 = all @param weight positive */
export function nameBackend(version: i32, port: i32, weight: f64): void {
  tally.directory.nameBackend(addresses.intern(address, 0, version), port, weight);
}

/** Makes room for records, with some to spare. */
export function reserve(wordsLength: i32, octetsLength: i32): void {
  if (wordsLength > words.length) words = unfilledWords(2 * wordsLength);
  if (octetsLength > octets.length) octets = unfilledOctets(2 * octetsLength);
}

export function wordsAt(): usize {
  return words.dataStart;
}

export function octetsAt(): usize {
  return octets.dataStart;
}

/** Reads the records there. */
export function read(length: i32): void {
  reader.read(words, length, octets);
}

/** All records were read. */
export function finish(): void {
  tally.finish();
}

/** How many addresses there are; none is forgotten. */
export function addressCount(): i32 {
  return addresses.size;
}

/** IP version of an address, and its words of 32 bits. */
export function addressVersion(number: i32): i32 {
  return addresses.version(number);
}

export function addressWord(number: i32, index: i32): i32 {
  return addresses.word(number, index);
}

/** Puts `RunReadings` where `readingsAt` says. */
export function putTotals(): void {
  readings.begin();
  tally.totals().put(readings);
}

/** Puts a `PairListing` of each pair there. */
export function putList(): void {
  readings.begin();
  for (let place: i32 = 0; place < tally.pairCount; place++) tally.listing(place).put(readings);
}

/** Puts `PairReadings` there, after `putTotals`. */
export function putPair(place: i32, nowNs: f64, hasTimeline: boolean): void {
  readings.begin();
  tally.pair(place, nowNs, hasTimeline).put(readings);
}

/** Puts `TogetherReadings` there, of the pairs that `addTogether` was told of since `beginTogether`. */
export function putTogether(): void {
  readings.begin();
  together.readings().put(readings);
}

export function beginTogether(): void {
  together = new PairsTogether();
}

export function addTogether(place: i32): void {
  together.add((tally.directory.pairs[place] as Pair).counted);
}

export function readingsAt(): usize {
  return readings.values.dataStart;
}

export function readingsLength(): i32 {
  return readings.length;
}

/** `ExchangeReadings` of those that ended since the last time. */
export function exchangesAt(): usize {
  return exchanges.values.dataStart;
}

export function exchangesLength(): i32 {
  return exchanges.length;
}

export function forgetExchanges(): void {
  exchanges.begin();
}

export function balancedExchangesAt(): usize {
  return balancedExchanges.values.dataStart;
}

export function balancedExchangesLength(): i32 {
  return balancedExchanges.length;
}

export function forgetBalancedExchanges(): void {
  balancedExchanges.begin();
}
