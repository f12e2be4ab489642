import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePairFilter } from "../../src/cli/pair-filter.ts";
import { Failure } from "../../src/failure.ts";
import { message as words } from "../../src/words/message.ts";

const SOURCE = "192.168.56.103";
const DESTINATION = "192.168.56.109";

describe("a filter that says a pair", () => {
  test.each([
    `ip.src==${SOURCE} && ip.dst==${DESTINATION} && http`,
    `ip.dst == ${DESTINATION} and ip.src eq ${SOURCE} and http`,
    `(ip.src==${SOURCE})&&((ip.dst==${DESTINATION})&&(tcp))&&(http)`,
    `ip.src==${SOURCE} && ip.addr==${DESTINATION} && http`,
    `ip.addr==${SOURCE} && ip.addr==${DESTINATION} && ip.dst==${DESTINATION} && http`,
    `http && ip.src==${SOURCE} && ip.src==${SOURCE} && ip.dst==${DESTINATION}`,
    `HTTP AND IP.SRC==${SOURCE} AND IP.DST EQ ${DESTINATION}`,
  ])("%s", (filter) => {
    expect(parsePairFilter(filter)).toEqual({ source: SOURCE, destination: DESTINATION, port: null });
  });

  test("with a port, with IPv6", () => {
    expect(
      parsePairFilter("ipv6.src==2001:db8:0::67 && ipv6.dst==2001:DB8::6d && tcp.dstport==80 && http"),
    ).toEqual({
      source: "2001:db8::67",
      destination: "2001:db8::6d",
      port: 80,
    });
  });

  /** A filter in some spelling of a known pair: terms in any order, with spaces and parentheses anywhere allowed. */
  const spelledPair = fc
    .record({
      version: fc.constantFrom(4 as const, 6 as const),
      addresses: fc.uniqueArray(fc.ipV4(), { minLength: 2, maxLength: 2 }),
      port: fc.option(fc.integer({ min: 1, max: 65535 })),
      loose: fc.constantFrom("none", "source", "destination"),
      protocols: fc.constantFrom(["http"], ["http", "tcp"]),
      seed: fc.infiniteStream(fc.nat()),
    })
    .map(({ version, addresses, port, loose, protocols, seed }) => {
      const pick = <T>(choices: readonly T[]): T => choices[Number(seed.next().value) % choices.length] as T;
      const field = version === 4 ? "ip" : "ipv6";
      const [source = "", destination = ""] = addresses.map((one) =>
        version === 4
          ? one
          : `2001:db8::${one
              .split(".")
              .map((part) => Number(part).toString(16))
              .join(":")}`,
      );
      const is = () => pick([" == ", "==", " eq ", "\t==  "]);
      const terms = [
        `${field}.${loose === "source" ? "addr" : "src"}${is()}${source}`,
        `${field}.${loose === "destination" ? "addr" : "dst"}${is()}${destination}`,
        ...protocols,
        ...(port === null ? [] : [`tcp.dstport${is()}${port}`]),
      ];
      const wrap = (text: string) => pick([text, `(${text})`, `( (${text}) )`]);
      let filter = "";
      while (terms.length > 0) {
        const [term = ""] = terms.splice(Number(seed.next().value) % terms.length, 1);
        filter = filter === "" ? wrap(term) : wrap(`${filter}${pick([" && ", "&&", " and "])}${wrap(term)}`);
      }
      return { filter, source, destination, port };
    });

  test("in any spelling", () => {
    fc.assert(
      fc.property(spelledPair, ({ filter, source, destination, port }) => {
        const pair = parsePairFilter(filter);
        expect(pair.port).toBe(port);
        expect(
          new URL(`http://${pair.source.includes(":") ? `[${pair.source}]` : pair.source}`).hostname,
        ).toBe(new URL(`http://${source.includes(":") ? `[${source}]` : source}`).hostname);
        expect(
          new URL(`http://${pair.destination.includes(":") ? `[${pair.destination}]` : pair.destination}`)
            .hostname,
        ).toBe(new URL(`http://${destination.includes(":") ? `[${destination}]` : destination}`).hostname);
      }),
    );
  });
});

describe("a filter that says more, or less, is refused", () => {
  const pair = `ip.src==${SOURCE} && ip.dst==${DESTINATION}`;
  test.each([
    ["", "it is empty"],
    ["http", "it names no addresses: write ip.src==ADDRESS && ip.dst==ADDRESS"],
    [`ip.src==${SOURCE} && http`, "it doesn't say the destination: add ip.dst==ADDRESS"],
    [`ip.dst==${DESTINATION}`, "it doesn't say the source: add ip.src==ADDRESS"],
    [
      `ip.addr==${SOURCE} && ip.addr==${DESTINATION} && http`,
      "ip.addr matches both directions, so it doesn't say who asks whom: use ip.src==ADDRESS && ip.dst==ADDRESS",
    ],
    [`${pair} && ip.addr==10.0.0.1`, "it names 3 addresses, and a packet has two"],
    [
      `${pair} && ip.dst==10.0.0.1`,
      '"10.0.0.1" contradicts what is said before: give --filter once for each pair',
    ],
    [`${pair} || ip.dst==10.0.0.1`, '"||" makes it more than one pair: give --filter once for each'],
    [`${pair} or http`, '"or" makes it more than one pair: give --filter once for each'],
    [`${pair} && !http`, '"!" says what is left out, a pair only what is in'],
    [`${pair} && not tcp`, '"not" says what is left out, a pair only what is in'],
    [`ip.src!=${SOURCE}`, "ip.src has to be compared with ==, as in ip.src==ADDRESS"],
    [`${pair} && tcp.dstport >= 80`, "tcp.dstport has to be compared with ==, as in tcp.dstport==80"],
    [
      `${pair} && tcp.port==80`,
      '"tcp.port" says more than a pair: it matches both directions: use tcp.dstport',
    ],
    [
      `${pair} && http.request`,
      '"http.request" says more than a pair: leave it out, requests are counted apart anyway',
    ],
    [
      `${pair} && tcp.stream eq 4`,
      '"tcp.stream" says more than a pair: leave it out, or measure what it chooses from --exchanges',
    ],
    [
      `${pair} && constructor`,
      '"constructor" says more than a pair: leave it out, or measure what it chooses from --exchanges',
    ],
    [`ip.src==192.168.56.0/24`, '"192.168.56.0/24" is a network, more than one address: give one'],
    [`ip.src==nginx`, '"nginx" after ip.src is not an address'],
    [`ip.src==`, '"" after ip.src is not an address'],
    [`ip.src`, "ip.src has to be compared with ==, as in ip.src==ADDRESS"],
    [`ip.src==2001:db8::1`, 'ip.src has an IPv4 address, "2001:db8::1" is not one: use ipv6.src'],
    [`ipv6.dst==10.0.0.1`, 'ipv6.dst has an IPv6 address, "10.0.0.1" is not one: use ip.dst'],
    [`ip.src==10.0.0.1 && ipv6.dst==::1`, "no packet goes from 10.0.0.1 to ::1: one is IPv4, the other IPv6"],
    [`${pair} && tcp.dstport==0`, '"0" after tcp.dstport is not a port between 1 and 65535'],
    [`${pair} &&`, 'something is missing at its end, after "&&"'],
    ...[pair, `${pair} && tcp`, `${pair} && tcp.dstport==80`].map((filter): [string, string] => [
      filter,
      "it shows every frame of the pair, and what is measured are its HTTP frames: add && http",
    ]),
    [`(${pair}`, 'a ")" is missing'],
    [`${pair})`, '")" stands where && was expected'],
    [`${pair} http`, '"http" stands where && was expected'],
    [`${pair} & http`, '"&" stands where && was expected'],
  ])("%s: %s", (filter, reason) => {
    expect(() => parsePairFilter(filter)).toThrow(
      new Failure(words("verbatim", `--filter "${filter}": ${reason}`), 2),
    );
  });

  test("with one line for whatever was written", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "ip.src",
        "ip.dst",
        "ip.addr",
        "==",
        "&&",
        "||",
        "!",
        "(",
        ")",
        "http",
        SOURCE,
        " ",
        "and",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          parsePairFilter(pieces.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("quickly, however long it is", () => {
    expect(() => parsePairFilter("(".repeat(200_000))).toThrow(Failure);
  });
});
