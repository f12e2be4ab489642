/** Which address is client, balancer and backend, however they lie, and what is said where the names don't fit. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { DraftCapture } from "../faults/draft-capture.ts";
import { captureOfExchanges, type DrawnExchange } from "./exchange-capture.ts";

const COUNT = 60;

/** Requests through a balancer that adds 1 ms: it is asked at `front`, and asks `backends` from `from`. */
function balanced(
  client: string,
  front: string,
  from: string,
  backends: readonly string[],
  more: Partial<DrawnExchange> = {},
): DrawnExchange[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const atUs = 10_000 * (index + 1);
    const backend = backends[index % backends.length] ?? "";
    return [
      { client: `${client}:${40_000 + index}`, server: front, atUs, takesUs: 4000, ...more },
      { client: `${from}:${50_000 + index}`, server: backend, atUs: atUs + 500, takesUs: 3000, ...more },
    ];
  }).flat();
}

/** A balancer with two addresses, whose clients' exchanges are changed. */
const twoAddresses = (change: (one: DrawnExchange) => Partial<DrawnExchange> = () => ({})): DrawnExchange[] =>
  balanced("10.1.0.1", "10.1.0.10:80", "10.0.0.10", FAR).map((one) =>
    one.server === "10.1.0.10:80" ? { ...one, ...change(one) } : one,
  );

const runOf = (exchanges: readonly DrawnExchange[], options: AnalysisOptions = {}) =>
  analyze(captureOfExchanges(exchanges), options);

const namesOf = (balancer: string, ...addresses: string[]): AnalysisOptions => ({
  balancer,
  backends: addresses.map((text) => {
    const [address = "", port] = text.split(":");
    return { name: text, address, ...(port !== undefined && { port: Number(port) }) };
  }),
});

const LOCAL = ["127.0.0.1:5001", "127.0.0.1:5002", "127.0.0.1:5003"];
const OWN = ["10.0.0.10:5001", "10.0.0.10:5002"];
const FAR = ["10.0.0.21:80", "10.0.0.22:80"];

describe("both sides of a balancer are matched", () => {
  test.each<[string, DrawnExchange[], AnalysisOptions]>([
    ["all on one address", balanced("127.0.0.1", "127.0.0.1:8080", "127.0.0.1", LOCAL), {}],
    [
      "all on one address, named",
      balanced("127.0.0.1", "127.0.0.1:8080", "127.0.0.1", LOCAL),
      namesOf("127.0.0.1", ...LOCAL),
    ],
    ["backends at the balancer's address", balanced("10.0.0.1", "10.0.0.10:80", "10.0.0.10", OWN), {}],
    ["the client on the balancer's host", balanced("10.0.0.10", "10.0.0.10:80", "10.0.0.10", FAR), {}],
    ["one address outside, another inside, that is named", twoAddresses(), namesOf("10.0.0.10", ...FAR)],
    [
      "nginx before backends on loopback",
      balanced("10.1.0.1", "10.1.0.10:80", "127.0.0.1", LOCAL),
      namesOf("127.0.0.1", ...LOCAL),
    ],
    [
      "both addresses named",
      twoAddresses(),
      { ...namesOf("10.1.0.10", ...FAR), otherBalancerAddresses: ["10.0.0.10"] },
    ],
    ["one address outside, another inside, and no names", twoAddresses(), {}],
    ["the same with the backends named", twoAddresses(), { backends: namesOf("", ...FAR).backends ?? [] }],
    [
      "nginx before backends on loopback, and no names",
      balanced("10.1.0.1", "10.1.0.10:80", "127.0.0.1", LOCAL),
      {},
    ],
    ["the outer of two addresses named", twoAddresses(), { balancer: "10.1.0.10" }],
  ])("%s", async (_, exchanges, options) => {
    const { balancer, pairs } = await runOf(exchanges, options);
    expect(balancer).toMatchObject({ clientExchanges: COUNT, matched: COUNT });
    expect(balancer?.addedTimeToFirstByteMs.p50).toBeCloseTo(0.97, 1);
    if (options.backends === undefined) return;
    expect(pairs.reduce((sum, { http }) => sum + http.requests, 0)).toBe(COUNT);
  });
});

describe("two hosts that ask at the same time are no balancer", () => {
  test.each<[string, DrawnExchange[]]>([
    ["one asks before the other", twoAddresses(({ atUs }) => ({ atUs: atUs + 2500 }))],
    ["one is answered after the other", twoAddresses(() => ({ takesUs: 1500 }))],
    ["another status is answered", twoAddresses(() => ({ takesUs: 300, status: 304 }))],
    [
      "one asks for more than the other",
      twoAddresses().filter(({ server }, index) => server !== "10.1.0.10:80" || index % 3 > 0),
    ],
    [
      "most of what the one is asked is nothing to the other",
      twoAddresses().filter(({ server }, index) => server === "10.1.0.10:80" || index % 5 === 0),
    ],
    ["too few to tell", twoAddresses().slice(0, 8)],
    [
      "the one is asked by a third",
      [...twoAddresses(), { client: "10.0.0.9:39000", server: "10.0.0.10:80", atUs: 5e6, takesUs: 10 }],
    ],
  ])("%s", async (_, exchanges) => {
    expect((await runOf(exchanges)).balancer).toBeNull();
  });
});

describe("without a SYN, the first message tells the client", () => {
  test.each([65_535, 60_000, 45_123])("server port %d", async (port) => {
    const exchanges = Array.from({ length: 20 }, (_, index) => ({
      client: `10.0.0.10:${1027 + index}`,
      server: `10.0.0.21:${port}`,
      atUs: 1000 * index,
      takesUs: 300,
      handshake: false,
    }));
    const { pairs } = await runOf(exchanges);
    expect(pairs).toMatchObject([
      {
        source: "10.0.0.10",
        destination: "10.0.0.21",
        destinationPort: port,
        http: { requests: 20, responses: 20 },
        transport: { connections: 20, toBackend: { packets: 60 } },
      },
    ]);
  });
});

describe("names that don't fit are said", () => {
  const usual = balanced("10.0.0.1", "10.0.0.10:80", "10.0.0.10", FAR);
  test.each<[string, DrawnExchange[], AnalysisOptions, string, RegExp]>([
    [
      "swapped",
      usual,
      namesOf("10.0.0.21", "10.0.0.10"),
      "names-swapped",
      /10\.0\.0\.21 .*10\.0\.0\.10.*swapped/,
    ],
    [
      "mistyped balancer",
      usual,
      namesOf("10.0.0.11", ...FAR),
      "unknown-balancer",
      /did you mean 10\.0\.0\.10\?/,
    ],
    [
      "another balancer",
      usual,
      namesOf("172.16.5.5", ...FAR),
      "unknown-balancer",
      /did you mean 10\.0\.0\.10\?/,
    ],
    [
      "mistyped backend",
      usual,
      namesOf("10.0.0.10", "10.0.0.21:80", "10.0.0.23"),
      "unknown-backend",
      /10\.0\.0\.23.*did you mean 10\.0\.0\.22\?/,
    ],
    [
      "the clients' side",
      usual.filter(({ server }) => server === "10.0.0.10:80"),
      namesOf("10.0.0.10", ...FAR),
      "client-side-capture",
      /clients' side/,
    ],
    [
      "the outer of two addresses",
      twoAddresses(),
      namesOf("10.1.0.10", ...FAR),
      "balancer-has-two-addresses",
      /at 10\.1\.0\.10.* from 10\.0\.0\.10; did you mean also 10\.0\.0\.10\?/,
    ],
    [
      "the outer of two addresses, without backends",
      twoAddresses(),
      { balancer: "10.1.0.10" },
      "balancer-has-two-addresses",
      /did you mean also 10\.0\.0\.10\?/,
    ],
    [
      "the inner of two addresses",
      twoAddresses(),
      { balancer: "10.0.0.10" },
      "balancer-has-two-addresses",
      /did you mean also 10\.1\.0\.10\?/,
    ],
    [
      "the outer of two addresses, with exchanges that don't fit",
      twoAddresses((one) => ({ atUs: one.atUs + 5e6 })),
      namesOf("10.1.0.10", ...FAR),
      "balancer-has-two-addresses",
      /10\.1\.0\.10 .*from 10\.0\.0\.10/,
    ],
    [
      "a backend's side",
      usual.filter(({ server }) => server === "10.0.0.21:80"),
      namesOf("10.0.0.10", ...FAR),
      "backend-side-capture",
      /only 10\.0\.0\.21:80 .*made on/,
    ],
  ])("%s", async (_, exchanges, options, code, text) => {
    const { warnings } = await runOf(exchanges, options);
    expect(warnings.find((warning) => warning.code === code)?.message).toMatch(text);
  });

  test("names that fit, and no names, are no cause for doubt", async () => {
    for (const options of [namesOf("10.0.0.10", ...FAR), {}]) {
      expect((await runOf(usual, options)).warnings).toEqual([]);
    }
  });
});

describe("a connection before and after an address translation", () => {
  /** Each connection as its client opened it, and 10 µs later as it is passed on to one of `to`. */
  const legs = (...to: string[]): DrawnExchange[] =>
    Array.from({ length: COUNT }, (_, index) => {
      const before = {
        client: `10.0.0.1:${40_000 + index}`,
        server: "10.0.0.10:8080",
        atUs: 10_000 * (index + 1),
        takesUs: 4000,
        synAckUs: 100,
      };
      const moved = {
        server: to[index % to.length] ?? "172.18.0.2:80",
        atUs: before.atUs + 10,
        takesUs: 3980,
        synAckUs: 80,
        thinksUs: 30,
      };
      return [before, { ...before, ...moved }];
    }).flat();

  test.each<[string, string[], AnalysisOptions, Record<string, number>]>([
    ["a published port", ["172.18.0.2:80"], {}, { "172.18.0.2": 60 }],
    [
      "three servers behind one address",
      ["172.18.0.2:80", "172.18.0.3:80", "172.18.0.4:80"],
      {},
      { "172.18.0.2": 20, "172.18.0.3": 20, "172.18.0.4": 20 },
    ],
    [
      "the side before it, named",
      ["172.18.0.2:80"],
      { backends: [{ name: "front", address: "10.0.0.10", port: 8080 }] },
      { "10.0.0.10": 60 },
    ],
    [
      "the side after it, named",
      ["172.18.0.2:80"],
      { backends: [{ name: "A", address: "172.18.0.2" }] },
      { "172.18.0.2": 60 },
    ],
    [
      "both sides named",
      ["172.18.0.2:80"],
      {
        backends: [
          { name: "front", address: "10.0.0.10" },
          { name: "A", address: "172.18.0.2" },
        ],
      },
      { "172.18.0.2": 60 },
    ],
  ])("counts in one pair: %s", async (_, to, options, requests) => {
    const { pairs, balancer } = await runOf(legs(...to), options);
    expect(Object.fromEntries(pairs.map(({ destination, http }) => [destination, http.requests]))).toEqual(
      requests,
    );
    expect(balancer).toBeNull();
  });

  test("with a source address of its own, is no balancer's", async () => {
    const exchanges = legs().map((one, index) =>
      index % 2 === 0 ? one : { ...one, client: one.client.replace("10.0.0.1:", "172.18.0.1:") },
    );
    expect((await runOf(exchanges)).balancer).toBeNull();
  });

  test("is one, too, where each frame was recorded later behind the translation", async () => {
    const exchanges = legs().map((one, index) =>
      index % 2 === 0 ? one : { ...one, synAckUs: 100, takesUs: 4000, thinksUs: 10 },
    );
    const { http, pairs } = await runOf(exchanges);
    expect(http.requests).toBe(COUNT);
    expect(pairs.length).toBe(1);
  });

  test("is one", async () => {
    const { http, warnings } = await runOf(legs());
    expect(http).toEqual({ requests: COUNT, responses: COUNT, exchanges: COUNT, unanswered: 0 });
    expect(warnings.find(({ code }) => code === "seen-twice")?.message).toMatch(
      /^60 connections .*10\.0\.0\.10:8080 became 172\.18\.0\.2:80.* 0\.010 ms/,
    );
  });

  test("is not a proxy's, which answers the SYN itself", async () => {
    const exchanges = legs().map((one, index) => (index % 2 === 0 ? { ...one, synAckUs: 5 } : one));
    const { http, warnings } = await runOf(exchanges);
    expect(http.requests).toBe(2 * COUNT);
    expect(warnings.filter(({ code }) => code === "seen-twice")).toEqual([]);
  });

  test.each<[string, (one: DrawnExchange) => Partial<DrawnExchange>]>([
    ["a second client's from the same port", () => ({ clientSequence: 77_000 })],
    ["one whose handshake lies beside the other's", ({ atUs }) => ({ atUs: atUs + 95 })],
    ["one without an answered handshake", () => ({ bothDirections: false })],
  ])("is not %s", async (_, second) => {
    const exchanges = legs().map((one, index) => (index % 2 === 0 ? one : { ...one, ...second(one) }));
    const { http, warnings } = await runOf(exchanges);
    expect(http.requests).toBe(2 * COUNT);
    expect(warnings.filter(({ code }) => code === "seen-twice")).toEqual([]);
  });
});

describe("what was not measured is not rated", () => {
  const asked = (more: Partial<DrawnExchange>): DrawnExchange[] =>
    Array.from({ length: COUNT }, (_, index) => ({
      client: `10.0.0.10:${40_000 + index}`,
      server: "10.0.0.21:80",
      atUs: 10_000 * index,
      takesUs: 3000,
      ...more,
    }));

  test.each<[string, Partial<DrawnExchange>]>([
    ["no request was answered", { status: 0 }],
    ["answers do not pass here", { bothDirections: false }],
  ])("%s", async (_, more) => {
    const [pair] = (await runOf(asked(more))).pairs;
    expect(pair?.categories).toMatchObject({ packetLoss: null, delay: null, index: null, ratedMetrics: 0 });
    if (more.bothDirections === false) expect(pair?.states).toEqual([]);
  });

  test("nor counted: requests whose answers do not pass here are not unanswered", async () => {
    const answered = { ...asked({})[0], client: "10.0.0.9:1", server: "10.0.0.30:80" } as DrawnExchange;
    const { http, pairs, warnings } = await runOf([...asked({ bothDirections: false }), answered]);
    expect(http).toMatchObject({ requests: COUNT + 1, unanswered: 0 });
    expect(pairs.map((pair) => pair.http.unanswered)).toEqual([null, 0]);
    const [one] = warnings.filter(({ code }) => code === "one-direction");
    expect(one?.message).toMatch(
      /answers of the pair 10\.0\.0\.21 .*do not pass here \(direct server return/,
    );
  });

  test("nor taken off the total: what was never counted as unanswered", async () => {
    const capture = new DraftCapture();
    const asked = capture.conversation(
      { address: "10.0.0.1", port: 40_000 },
      { address: "10.0.0.2", port: 80 },
    );
    asked.openBefore();
    const head = "GET / HTTP/1.1\r\nHost: a\r\nX-Long: ";
    for (let index = 0; index < 20; index++) {
      // Of every fourth header, the middle is missing: its exchange is uncertain, whatever came back.
      asked.send("client", index, { data: head });
      asked.send("client", index + 0.1, { data: "a".repeat(50), missed: index % 4 === 1 });
      asked.send("client", index + 0.2, { data: "\r\n\r\n" });
    }
    const { http, pairs } = await analyze(capture.file());
    expect(pairs.map((pair) => [pair.http.requests, pair.http.unanswered])).toEqual([[20, null]]);
    expect(http).toMatchObject({ requests: 15, exchanges: 20, unanswered: 0 });
  });

  test("an index says of how many metrics it is", async () => {
    const exchanges = asked({});
    expect((await runOf(exchanges)).pairs[0]?.categories.ratedMetrics).toBe(3);
    const { pairs } = await runOf(exchanges, { bandwidthBitsPerSecond: 1e6 });
    expect(pairs[0]?.categories.ratedMetrics).toBe(4);
  });
});
