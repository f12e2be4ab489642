import fc from "fast-check";
import { expect, test } from "vitest";
import { bandwidthText, parseBandwidth } from "../../../src/experiment/manifest/bandwidth.ts";

test.each([
  ["100 Mbps", 1e8],
  ["1 Gbit/s", 1e9],
  ["2,5Gbps", 2.5e9],
  ["64 kbit/s", 64_000],
  ["100000000", 1e8],
  ["9600 bps", 9600],
  ["10 Mb/s", 1e7],
  ["100 MB/s", null],
  ["100 MBps", null],
  ["100 M", null],
  ["fast", null],
  ["-1 Mbps", null],
  ["0 Mbps", null],
])("%s is %d bit/s", (text, expected) => {
  expect(parseBandwidth(text)).toBe(expected);
});

test("what is written is read back", () => {
  expect([1e8, 2.5e9, 64_000, 9600, 999, 1e12].map(bandwidthText)).toEqual([
    "100 Mbps",
    "2.5 Gbps",
    "64 kbps",
    "9.6 kbps",
    "999 bit/s",
    "1 Tbps",
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e13 }), (bits) => {
      expect(parseBandwidth(bandwidthText(bits))).toBe(bits);
    }),
  );
});
