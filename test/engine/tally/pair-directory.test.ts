import { describe, expect, test } from "vitest";
import { RecordCounter } from "../../../src/analysis/count-records.ts";
import { ConnectionEnds } from "../../../src/engine/tally/connection-ends.ts";
import type { Pair } from "../../../src/engine/tally/pair.ts";
import {
  guessClientSide,
  MAX_LIVE_PAIRS,
  MAX_PAIRS,
  PairDirectory,
} from "../../../src/engine/tally/pair-directory.ts";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";
import { SegmentTally } from "../../../src/engine/tcp/segment-tally.ts";
import { Failure } from "../../../src/failure.ts";
import type { AnalysisOptions } from "../../../src/metrics/analysis-options.ts";
import { formatIpAddress, parseIpAddress } from "../../../src/packet/ip-address.ts";

/** A directory and the connections that it is asked about. */
class Network {
  readonly addresses = new AddressTable();
  readonly connections = new ConnectionEnds();
  readonly directory: PairDirectory;
  #opened = 0;

  constructor({ balancer, backends, live }: AnalysisOptions = {}) {
    this.directory = new PairDirectory(this.connections, false, live === true);
    if (balancer !== undefined) this.directory.nameBalancer(this.#intern(balancer));
    for (const { address, port } of backends ?? [])
      this.directory.nameBackend(this.#intern(address), port ?? 0, 1);
  }

  /**
   * Where a connection belongs whose first segment goes from one endpoint to the other: `source>destination`, and which of
   * its endpoints is the source.
   */
  membership(first: string, second: string, clientSide: 0 | 1 | -1 = 0, timeNs = 0): string {
    const [from, to] = [this.#endpoint(first), this.#endpoint(second)];
    const slot = this.#opened++;
    this.connections.open(slot, this.#opened, 1000, -1);
    this.connections.place(slot, 0, ...from);
    this.connections.place(slot, 1, ...to);
    this.directory.place(slot, clientSide, timeNs);
    const { pair, sourceSide } = this.directory;
    if (pair === null) return "none";
    const isWayBack = !this.directory.pairs.includes(pair);
    const text = `${isWayBack ? "way back of " : ""}${this.#text(pair)}`;
    return `${text}, source is the ${sourceSide === 0 ? "first" : "second"}`;
  }

  get pairs(): string[] {
    return this.directory.pairs.map((pair) => `${this.#text(pair)}${pair.isNamed ? " named" : ""}`);
  }

  #text({ source, destination, port }: Pair): string {
    const text = (address: number) => formatIpAddress(this.addresses.bytesOf(address));
    return `${text(source)}>${text(destination)}${port === 0 ? "" : `:${port}`}`;
  }

  #intern(address: string): number {
    const bytes = parseIpAddress(address);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.addresses.intern(view, 0, bytes.length === 4 ? 4 : 6);
  }

  #endpoint(text: string): readonly [number, number] {
    const [, address = "", port = ""] = /^\[?(.+?)\]?:(\d+)$/.exec(text) ?? [];
    return [this.#intern(address), Number(port)];
  }
}

describe("pairs that were named: balancer and backends", () => {
  const options: AnalysisOptions = {
    balancer: "10.0.0.1",
    backends: [
      { name: "A", address: "10.0.0.2" },
      { name: "B", address: "10.0.0.3", port: 8080 },
    ],
  };

  test("are there before any traffic, in the order in which they were named", () => {
    expect(new Network(options).pairs).toEqual(["10.0.0.1>10.0.0.2 named", "10.0.0.1>10.0.0.3:8080 named"]);
  });

  test("take the balancer's connections to the backends", () => {
    const network = new Network(options);
    expect(network.membership("10.0.0.1:40000", "10.0.0.2:80")).toBe(
      "10.0.0.1>10.0.0.2, source is the first",
    );
    expect(network.membership("10.0.0.1:40001", "10.0.0.2:5000")).toBe(
      "10.0.0.1>10.0.0.2, source is the first",
    );
    expect(network.membership("10.0.0.1:40002", "10.0.0.3:8080")).toBe(
      "10.0.0.1>10.0.0.3:8080, source is the first",
    );
    expect(network.pairs.length).toBe(2);
  });

  test("take no other port of a backend with a port, no other client, and no client of the balancer", () => {
    const network = new Network(options);
    expect(network.membership("10.0.0.1:40000", "10.0.0.3:80")).toBe("none");
    expect(network.membership("10.0.0.9:40000", "10.0.0.2:80")).toBe("none");
    expect(network.membership("10.0.0.9:40000", "10.0.0.1:80")).toBe("none");
  });

  test("a connection that was captured from its server's SYN/ACK on", () => {
    const network = new Network(options);
    expect(network.membership("10.0.0.2:80", "10.0.0.1:40000", 1)).toBe(
      "10.0.0.1>10.0.0.2, source is the second",
    );
  });

  test("a connection that a backend opened to the balancer is the way back; without its SYN, it may be the pair's", () => {
    expect(new Network(options).membership("10.0.0.2:40000", "10.0.0.1:9999", 0)).toBe(
      "way back of 10.0.0.1>10.0.0.2, source is the second",
    );
    expect(new Network(options).membership("10.0.0.3:40000", "10.0.0.1:9999", 0)).toBe("none");
    expect(new Network(options).membership("10.0.0.2:40000", "10.0.0.1:9999", -1)).toBe(
      "10.0.0.1>10.0.0.2, source is the second",
    );
  });

  test("the way back counts for a pair only where its source never asked", () => {
    const network = new Network(options);
    network.membership("10.0.0.2:40000", "10.0.0.1:80");
    const [pair] = network.directory.pairs;
    expect(pair?.counted).toBe(pair?.wayBack);
    if (pair !== undefined) pair.conversation.connections++;
    expect(pair?.counted).toBe(pair);
  });

  test("one host for balancer and backends: the ports tell", () => {
    const network = new Network({
      balancer: "127.0.0.1",
      backends: [5001, 5002].map((port) => ({ name: `flask-${port}`, address: "127.0.0.1", port })),
    });
    expect(network.membership("127.0.0.1:40000", "127.0.0.1:5001")).toBe(
      "127.0.0.1>127.0.0.1:5001, source is the first",
    );
    expect(network.membership("127.0.0.1:5002", "127.0.0.1:40001", -1)).toBe(
      "127.0.0.1>127.0.0.1:5002, source is the second",
    );
    expect(network.membership("127.0.0.1:40002", "127.0.0.1:80")).toBe("none");
  });

  test("IPv6, in any spelling", () => {
    const network = new Network({
      balancer: "2001:DB8:0:0::1",
      backends: [{ name: "A", address: "2001:db8::2" }],
    });
    expect(network.membership("[2001:db8::1]:40000", "[2001:db8::2]:80")).toBe(
      "2001:db8::1>2001:db8::2, source is the first",
    );
  });

  test("an address that is none is refused", () => {
    expect(() => new RecordCounter({ balancer: "10.0.0.256" })).toThrow(Failure);
    expect(() => new RecordCounter({ backends: [{ name: "A", address: "flask-a" }] })).toThrow(Failure);
  });
});

describe("backends without a balancer", () => {
  test("make a pair with each client that comes", () => {
    const network = new Network({ backends: [{ name: "A", address: "10.0.0.2" }] });
    expect(network.pairs).toEqual([]);
    expect(network.membership("10.0.0.9:40000", "10.0.0.2:80")).toBe(
      "10.0.0.9>10.0.0.2, source is the first",
    );
    expect(network.membership("10.0.0.8:40000", "10.0.0.2:80")).toBe(
      "10.0.0.8>10.0.0.2, source is the first",
    );
    expect(network.membership("10.0.0.8:40000", "10.0.0.3:80")).toBe("none");
    expect(network.pairs).toEqual(["10.0.0.9>10.0.0.2", "10.0.0.8>10.0.0.2"]);
  });
});

describe("discovered pairs", () => {
  test("are every client and server, a server's ports apart", () => {
    const network = new Network();
    expect(network.membership("10.0.0.9:40000", "10.0.0.1:80")).toBe(
      "10.0.0.9>10.0.0.1:80, source is the first",
    );
    network.membership("10.0.0.9:40001", "10.0.0.1:80");
    network.membership("10.0.0.9:40002", "10.0.0.1:8080");
    network.membership("10.0.0.1:50000", "10.0.0.2:80");
    expect(network.pairs).toEqual(["10.0.0.9>10.0.0.1:80", "10.0.0.9>10.0.0.1:8080", "10.0.0.1>10.0.0.2:80"]);
  });

  test("of one balancer only, where one is named", () => {
    const network = new Network({ balancer: "10.0.0.1" });
    expect(network.membership("10.0.0.9:40000", "10.0.0.1:80")).toBe("none");
    expect(network.membership("10.0.0.1:40000", "10.0.0.2:80")).toContain("10.0.0.1>10.0.0.2:80");
  });

  test("captured from the middle: the usual port of a server tells, else the lower one", () => {
    const network = new Network();
    expect(network.membership("10.0.0.2:80", "10.0.0.1:40000", -1)).toContain(
      "10.0.0.1>10.0.0.2:80, source is the second",
    );
    expect(network.membership("10.0.0.1:1234", "10.0.0.2:8080", -1)).toContain(
      "10.0.0.1>10.0.0.2:8080, source is the first",
    );
    expect(network.membership("10.0.0.5:7777", "10.0.0.6:40000", -1)).toContain(
      "10.0.0.6>10.0.0.5:7777, source is the second",
    );
  });
});

test.each([
  [40_000, 80, 0],
  [80, 40_000, 1],
  [5000, 8080, 1],
  [8080, 5000, 0],
  [50_000, 40_000, 0],
  [40_000, 50_000, 1],
] as const)("of the ports %d and %d, the client is side %d", (port0, port1, client) => {
  expect(guessClientSide(port0, port1)).toBe(client);
});

describe("very many clients", () => {
  const MINUTE_NS = 60e9;
  const address = (host: number) => `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}`;

  /** A server that `count` clients turned to, at time 0. */
  function crowd(count: number, options: AnalysisOptions = {}): Network {
    const network = new Network(options);
    for (let host = 0; host < count; host++) network.membership(`${address(host)}:1024`, "192.0.2.1:80");
    return network;
  }

  test("are pairs up to a bound; the connections of others are counted", () => {
    const network = crowd(MAX_PAIRS + 7);
    expect(network.pairs.length).toBe(MAX_PAIRS);
    expect(network.directory.unpaired).toBe(7);
    // Not listed, and in no pair of its own.
    expect(network.membership("10.250.0.1:1024", "192.0.2.1:80")).not.toMatch(/10\.250/);
    // Who is known stays known.
    expect(network.membership(`${address(0)}:1025`, "192.0.2.1:80")).toMatch(/192\.0\.2\.1/);
    expect(network.directory.unpaired).toBe(8);
  });

  test("make room when they were quiet for a minute and never spoke HTTP", () => {
    const network = crowd(MAX_PAIRS);
    for (const [index, { conversation }] of network.directory.pairs.entries()) {
      conversation.tally(heardAt(index < 10 ? 2 * MINUTE_NS : 0), true);
      if (index >= MAX_PAIRS - 5) conversation.messages++;
    }
    const late = (host: number) =>
      network.membership(`10.250.0.${host}:1024`, "192.0.2.1:80", 0, 2.5 * MINUTE_NS);
    expect(late(1)).toMatch(/10\.250\.0\.1/);
    // Ten were active a moment ago, five spoke HTTP, and one is new.
    expect(network.pairs.length).toBe(16);
    expect(network.directory.unpaired).toBe(0);
    expect(late(2)).toMatch(/10\.250\.0\.2/);
  });

  test("under way are the same pairs, of which fewer show more", () => {
    const live = crowd(MAX_PAIRS + 7, { live: true });
    expect(live.pairs).toEqual(crowd(MAX_PAIRS + 7).pairs);
    expect(live.directory.pairs.filter((pair) => pair.live !== null).length).toBe(MAX_LIVE_PAIRS);
  });

  test("don't crowd out the pairs that were named", () => {
    const network = crowd(MAX_PAIRS + 7, {
      live: true,
      balancer: "10.0.0.1",
      backends: [{ name: "A", address: "192.0.2.9" }],
    });
    expect(network.directory.pairs.map(({ isNamed, live }) => isNamed && live !== null)).toEqual([true]);
  });
});

/** One segment, at that time. */
function heardAt(timeNs: number): SegmentTally {
  const tally = new SegmentTally();
  tally.frames = 1;
  tally.firstNs = timeNs;
  tally.lastNs = timeNs;
  return tally;
}
