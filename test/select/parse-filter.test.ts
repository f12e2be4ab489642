/** What a display filter may say, and how the rest is refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { compileFilter } from "../../src/select/compile-filter.ts";
import { FILTER_NAMES } from "../../src/select/filter-fields.ts";
import { parseFilter } from "../../src/select/parse-filter.ts";

describe("the structure of a filter", () => {
  test("and binds stronger than or, not binds a test", () => {
    expect(parseFilter("not tcp or udp && arp")).toEqual({
      kind: "or",
      of: [
        { kind: "not", of: { kind: "exists", field: "tcp" } },
        {
          kind: "and",
          of: [
            { kind: "exists", field: "udp" },
            { kind: "exists", field: "arp" },
          ],
        },
      ],
    });
  });

  test("!= asks of all occurrences, !== and ~= of one", () => {
    for (const [operator, quantifier] of [
      ["!=", "all"],
      ["ne", "all"],
      ["!==", "any"],
      ["~=", "any"],
    ] as const) {
      expect(parseFilter(`ip.addr ${operator} 10.0.0.1`)).toEqual({
        kind: "compare",
        field: "ip.addr",
        quantifier,
        comparison: "unequal",
        value: "10.0.0.1",
      });
    }
  });

  test("a set has commas or blanks, and ranges with or without blanks", () => {
    const ranges = [
      { low: "80", high: null },
      { low: "5001", high: "5003" },
    ];
    for (const set of ["{80, 5001..5003}", "{80 5001..5003}", "{ 80 5001 .. 5003 }"]) {
      expect(parseFilter(`tcp.port in ${set}`)).toEqual({
        kind: "member",
        field: "tcp.port",
        quantifier: "any",
        ranges,
      });
    }
  });
});

test.each([
  ["", "it is empty"],
  ["tcp and", 'something is missing at its end, after "and"'],
  ["(tcp", 'a ")" is missing'],
  ["tcp)", '")" stands where && was expected'],
  ["tcp udp", '"udp" stands where && was expected'],
  ["tcp AND udp", '"AND" has to be in small letters: and'],
  ["tcp.port = 80", 'one "=" compares nothing: write =='],
  ["tcp & udp", 'one "&" is not supported: write &&'],
  ["== 80", '"==" stands where the name of a field or protocol was expected'],
  ["tcp.port ==", 'something is missing at its end, after "=="'],
  ["tcp.port == )", '")" stands where a value was expected'],
  ["tcp.port == {80}", "a set in braces is not compared with ==: write in, as in tcp.port in {80, 443}"],
  ["tcp.port in 80", "after in stands a set in braces, as in tcp.port in {80, 443}"],
  ["tcp.port in {80", 'a "}" is missing'],
  ["tcp.port in {}", '"}" stands where a value was expected'],
  ["tcp.port in {80,}", '"}" stands where a value was expected'],
  ["any tcp.port", 'something is missing at its end, after "tcp.port"'],
  ["any tcp.port and tcp", "after any tcp.port a comparison was expected, as in any tcp.port == VALUE"],
  ['ip.src == "10.0.0.1"', '"10.0.0.1" is a text in quotes, and no field here holds texts'],
  ["frame contains 1", '"contains" is not supported; there are == != < > <= >= in {…} and or not ( )'],
  ["eth.src[0:3] == 02:00:5e", '"[" is not supported; there are'],
  ["tcp == 1", "tcp is a protocol, which a frame has or not"],
  ["tcp.prot == 80", '"tcp.prot" is not supported, did you mean tcp.port?; there are frame, eth'],
  ["IP.SRC == 10.0.0.1", '"IP.SRC" is not supported, did you mean ip.src?'],
  ["tcp.analysis.flags", '"tcp.analysis.flags" is not supported; there are frame, eth'],
  [
    "http.request",
    '"http.request" is not supported: of payloads there are http, tls, quic and rtp, without fields',
  ],
  ["dns", '"dns" is not supported: of payloads there are'],
  ["tcp.port == 65536", '"65536" after tcp.port is not a whole number from 0 to 65535'],
  ["tcp.port == 08", '"08" after tcp.port is not a whole number'],
  ["tcp.port == 1e2", '"1e2" after tcp.port is not a whole number'],
  ["frame.len == -1", '"-1" after frame.len is not a whole number'],
  ["frame.time_relative < 1e-3", '"1e-3" after frame.time_relative is not a number of seconds'],
  ["eth.addr == 08:00:27", '"08:00:27" after eth.addr is not an Ethernet address'],
  ["ip.addr == localhost", '"localhost" after ip.addr is not an address'],
  ["ip.addr == 10.0.0", '"10.0.0" after ip.addr is not an address'],
  ["ip.addr == ::1", 'ip.addr has an IPv4 address, "::1" is not one: use ipv6.addr'],
  ["ipv6.src == 10.0.0.1", 'ipv6.src has an IPv6 address, "10.0.0.1" is not one: use ip.src'],
  ["ip.addr == 10.0.0.0/33", '"10.0.0.0/33" has more than 32 bits of network'],
  ["ip.src > 10.0.0.0/8", '"10.0.0.0/8" is a network'],
  ["(".repeat(200), "more than 100 parentheses and negations stand in each other"],
  ["!".repeat(200), "more than 100 parentheses and negations stand in each other"],
])("%s is refused by name", (filter, reason) => {
  expect(() => compileFilter(filter)).toThrow(Failure);
  expect(() => compileFilter(filter)).toThrow(reason);
});

test("whatever is written is understood, or refused in one line", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...FILTER_NAMES,
      "any",
      "all",
      "in",
      "not",
      "and",
      "or",
      "contains",
      "{",
      "}",
      "..",
      ",",
      "(",
      ")",
    ),
    fc.constantFrom(
      "==",
      "!=",
      "===",
      "!==",
      "~=",
      "<",
      ">",
      "<=",
      ">=",
      "!",
      "&&",
      "||",
      "=",
      "&",
      "/",
      "\\",
      '"',
      "'",
    ),
    fc.constantFrom(
      "80",
      "0x50",
      "1.5",
      "10.0.0.1",
      "10.0.0.0/8",
      "::1",
      "02:00:5e:00:53:01",
      "constructor",
      "\u0000",
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom("", " "), (pieces, between) => {
      const filter = pieces.join(between);
      try {
        compileFilter(filter);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        expect((error as Failure).status).toBe(2);
      }
    }),
    { numRuns: 3000 },
  );
  for (const long of [" ", "tcp && ", "not ", "!(", "{", '"']) {
    try {
      compileFilter(`${long.repeat(20_000)}tcp`);
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
    }
  }
});
