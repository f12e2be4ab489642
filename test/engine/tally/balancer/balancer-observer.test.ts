/** What a balancer's observer puts down, read again. Times in ms. */
import { describe, expect, test } from "vitest";
import * as Method from "../../../../src/engine/http/methods.ts";
import { octetsOf } from "../../../../src/engine/http/octets.ts";
import { OpenExchange } from "../../../../src/engine/http/open-exchange.ts";
import { identityHash } from "../../../../src/engine/http/request-identity.ts";
import { BalancedExchangeReadings } from "../../../../src/engine/readings/balanced-exchange-readings.ts";
import { ReadingsReader } from "../../../../src/engine/readings/readings-reader.ts";
import { ReadingsWriter } from "../../../../src/engine/readings/readings-writer.ts";
import { BalancerObserver } from "../../../../src/engine/tally/balancer/balancer-observer.ts";
import { ConnectionEnds } from "../../../../src/engine/tally/connection-ends.ts";
import type { Pair } from "../../../../src/engine/tally/pair.ts";
import { AddressTable } from "../../../../src/engine/tcp/address-table.ts";
import type { BalancedExchangeRow } from "../../../../src/metrics/balancer-metrics.ts";
import { balancedExchangeRow, measureBalancer } from "../../../../src/metrics/measure-balancer.ts";
import { measureDistribution } from "../../../../src/metrics/measure-distribution.ts";

const MS = 1_000_000;
/** Hosts by their last octet: 10.0.0.x. */
const [CLIENT, OTHER_CLIENT, BALANCER, BACKEND, OTHER_BACKEND] = [1, 2, 3, 4, 5] as const;
/** All that matters of a pair here. */
const PAIR = { id: 7, isNamed: true } as Pair;

/** An exchange's times: request, first and last byte of the response. */
type Times = readonly [asked: number, answered: number, done: number];

class Network {
  readonly #addresses = new AddressTable();
  readonly #ends = new ConnectionEnds();
  readonly #rows = new ReadingsWriter();
  readonly observer = new BalancerObserver(this.#addresses, this.#ends, this.#rows);
  #connections = 0;

  address(host: number): number {
    return this.#addresses.intern(new DataView(Uint8Array.of(10, 0, 0, host).buffer), 0, 4);
  }

  /** A new connection, by its SYN. */
  open(from: number, to: number, time: number): number {
    const connection = this.#connections++;
    this.#ends.open(connection, connection + 1, 1000, -1);
    this.#ends.place(connection, 0, this.address(from), 40_000 + connection);
    this.#ends.place(connection, 1, this.address(to), 80);
    this.observer.connectionOpened(connection, 0, from === BALANCER ? PAIR : null, time * MS);
    return connection;
  }

  /** An exchange on a connection of its own, told when it is over. */
  exchange(from: number, to: number, [asked, answered, done]: Times, more: Partial<OpenExchange> = {}): void {
    const connection = this.open(from, to, asked);
    const exchange = Object.assign(new OpenExchange(), {
      connection,
      method: Method.GET,
      status: 200,
      requestStartNs: asked * MS,
      requestEndNs: asked * MS,
      responseStartNs: answered * MS,
      responseEndNs: done * MS,
      ...more,
    });
    this.observer.exchange(exchange, from === BALANCER ? PAIR : null, done * MS);
  }

  /** Rows that were put down so far. */
  rows(): BalancedExchangeRow[] {
    const reader = new ReadingsReader(this.#rows.values.slice(0, this.#rows.length));
    const rows: BalancedExchangeRow[] = [];
    const readings = new BalancedExchangeReadings();
    while (reader.hasMore) {
      readings.take(reader);
      rows.push(balancedExchangeRow(readings, (address, port) => `${this.#text(address)}:${port}`));
    }
    return rows;
  }

  balancer() {
    this.observer.compare();
    const readings = this.observer.readings();
    return readings === null ? null : measureBalancer(readings, (address) => this.#text(address));
  }

  added(pair: Pair) {
    return measureDistribution(this.observer.added(pair));
  }

  #text(address: number): string {
    return this.#addresses.bytesOf(address).join(".");
  }
}

/** Two requests through the balancer, and one that it answers itself. */
function threeRequests(betweenThem: (network: Network) => void = () => {}): Network {
  const network = new Network();
  network.exchange(CLIENT, BALANCER, [1, 2, 3], {
    status: 404,
    method: Method.UNKNOWN,
    methodName: octetsOf("BREW"),
  });
  network.exchange(CLIENT, BALANCER, [10, 20, 21]);
  betweenThem(network);
  network.exchange(BALANCER, BACKEND, [12, 18, 20]);
  betweenThem(network);
  network.exchange(OTHER_CLIENT, BALANCER, [40, 50, 52]);
  const refused = network.open(BALANCER, BACKEND, 41);
  network.observer.closing(refused, 1, 41.5 * MS);
  betweenThem(network);
  network.exchange(BALANCER, OTHER_BACKEND, [42, 49, 51]);
  network.observer.finish();
  return network;
}

describe("a balancer", () => {
  test("is reported with what it added, retried and answered itself", () => {
    const network = threeRequests();
    expect(network.balancer()).toMatchObject({
      address: "10.0.0.3",
      clientExchanges: 3,
      matched: 2,
      uncertain: 0,
      retried: 1,
      answeredItself: { 404: 1 },
      unfinished: 0,
      upstreamOnly: 0,
      addedTimeToFirstByteMs: { count: 2, min: 2, max: 4 },
      addedTimeToLastByteMs: { count: 2, mean: 2.5 },
      retriesMs: { count: 1, mean: 1 },
    });
    expect(network.added(PAIR)).toMatchObject({ count: 2, mean: 3 });
    expect(network.added({ id: 8, isNamed: true } as Pair)).toMatchObject({ count: 0, mean: null });
  });

  test("has a row for each exchange of its clients", () => {
    const [itself, passedOn, retried] = threeRequests().rows();
    expect(itself).toEqual({
      client: "10.0.0.1:40000",
      connection: 1,
      exchange: 1,
      outcome: "answeredItself",
      uncertain: false,
      method: "BREW",
      status: 404,
      attempts: [],
      timeToFirstByteMs: 1,
      timeToLastByteMs: 2,
      waitBeforeMs: null,
      waitAfterMs: null,
      addedTimeToFirstByteMs: null,
      addedTimeToLastByteMs: null,
    });
    expect(passedOn).toMatchObject({
      method: "GET",
      attempts: [{ server: "10.0.0.4:80" }],
      waitBeforeMs: 2,
      waitAfterMs: 2,
      addedTimeToFirstByteMs: 4,
    });
    expect(retried).toMatchObject({ outcome: "matched", connection: 4, waitBeforeMs: 1, waitAfterMs: 1 });
    expect(retried?.attempts).toEqual([
      {
        server: "10.0.0.4:80",
        status: null,
        connection: 5,
        exchange: null,
        connectMs: null,
        timeToFirstByteMs: null,
        timeToLastByteMs: 0.5,
      },
      {
        server: "10.0.0.5:80",
        status: 200,
        connection: 6,
        exchange: 1,
        connectMs: 0,
        timeToFirstByteMs: 7,
        timeToLastByteMs: 9,
      },
    ]);
  });

  test("is it only that asks others: what its backends answer is no row", () => {
    const network = new Network();
    for (let time = 10; time < 1010; time += 10) {
      network.exchange(CLIENT, BALANCER, [time, time + 8, time + 9]);
      network.exchange(BALANCER, BACKEND, [time + 2, time + 4, time + 5]);
    }
    network.observer.finish();
    expect(network.rows().map(({ client }) => client.slice(0, 9))).toEqual(Array(100).fill("10.0.0.1:"));
  });

  test("is the same, however often it was asked for meanwhile", () => {
    const asked = threeRequests((network) => network.balancer());
    expect(asked.rows()).toEqual(threeRequests().rows());
    expect(asked.balancer()).toEqual(threeRequests().balancer());
  });

  test("is known as soon as an exchange was passed on, before its window is full", () => {
    const network = new Network();
    network.exchange(CLIENT, BALANCER, [10, 20, 21]);
    expect(network.balancer()).toBeNull();
    network.exchange(BALANCER, BACKEND, [12, 18, 20]);
    expect(network.balancer()).toMatchObject({ clientExchanges: 1, matched: 1 });
    expect(network.rows()).toEqual([]);
  });

  test("that was named is the only one, even if nothing was matched", () => {
    const network = new Network();
    network.observer.watchOnly(network.address(BACKEND));
    network.exchange(CLIENT, BALANCER, [10, 20, 21]);
    network.exchange(BALANCER, BACKEND, [12, 18, 20]);
    expect(network.balancer()).toBeNull();
    network.exchange(BACKEND, OTHER_BACKEND, [30, 31, 32]);
    expect(network.balancer()).toMatchObject({ address: "10.0.0.4", clientExchanges: 1, matched: 0 });
  });

  test("passes on which client it was: X-Forwarded-For", () => {
    const network = new Network();
    const text = octetsOf("10.0.0.2");
    const forwardedForHash = identityHash(text, 0, text.length);
    network.exchange(CLIENT, BALANCER, [10, 20, 21]);
    network.exchange(OTHER_CLIENT, BALANCER, [11, 21, 22]);
    network.exchange(BALANCER, BACKEND, [12, 18, 19], { forwardedForHash });
    network.exchange(BALANCER, OTHER_BACKEND, [13, 19, 20]);
    network.observer.finish();
    expect(network.rows().map(({ attempts }) => attempts.map(({ server }) => server))).toEqual([
      ["10.0.0.5:80"],
      ["10.0.0.4:80"],
    ]);
  });
});
