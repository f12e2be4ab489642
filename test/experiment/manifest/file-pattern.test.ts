import fc from "fast-check";
import { expect, test } from "vitest";
import { isPattern, matchesPattern } from "../../../src/experiment/manifest/file-pattern.ts";

test.each([
  ["round-robin/*.pcapng", "round-robin/01.pcapng", true],
  ["round-robin/*.pcapng", "round-robin/a/01.pcapng", false],
  ["round-robin/*.pcapng", "round-robin/.pcapng", false],
  ["round-robin/*.pcapng", "round-robin/01.pcapng.gz", false],
  ["./round-robin//*.pcapng", "round-robin/01.pcapng", true],
  ["**/*.pcap", "a.pcap", true],
  ["**/*.pcap", "x/y/a.pcap", true],
  ["x/**/a.pcap", "x/a.pcap", true],
  ["x/**/a.pcap", "x/.hidden/a.pcap", false],
  ["x/.hidden/*.pcap", "x/.hidden/a.pcap", true],
  ["rr-?.pcap", "rr-1.pcap", true],
  ["rr-?.pcap", "rr-10.pcap", false],
  ["a*b*c.pcap", "aXbXbXc.pcap", true],
  ["rr[1].pcap", "rr[1].pcap", true],
  ["rr.1.pcap", "rrX1.pcap", false],
  ["Least Conn*.pcap", "Least Conn 2.pcap", true],
  ["../other/*.pcap", "../other/1.pcap", true],
  ["round-robin\\*.pcapng", "round-robin/01.pcapng", true],
  ["", "", true],
  ["*", "", false],
])("%s against %s: %s", (pattern, path, expected) => {
  expect(matchesPattern(pattern, path)).toBe(expected);
});

test("only stars and question marks make a pattern", () => {
  expect(["a.pcap", "a?.pcap", "*.pcap", "a[1].pcap"].map(isPattern)).toEqual([false, true, true, false]);
});

test("agrees with the regular expression that the pattern stands for", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", "1"), maxLength: 6 }).map((text) => `x${text}`);
  const patternName = fc
    .string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 })
    .map((text) => `x${text}`);
  fc.assert(
    fc.property(
      fc.array(patternName, { minLength: 1, maxLength: 3 }),
      fc.array(name, { minLength: 1, maxLength: 3 }),
      (p, s) => {
        const expression = p.join("/").replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
        expect(matchesPattern(p.join("/"), s.join("/"))).toBe(
          new RegExp(`^${expression}$`).test(s.join("/")),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test("a pattern made to make matching slow does not", () => {
  expect(matchesPattern(`${"*a".repeat(500)}b`, "a".repeat(20_000))).toBe(false);
  expect(matchesPattern(`${"**/a/".repeat(300)}b`, "a/".repeat(3000))).toBe(false);
});
