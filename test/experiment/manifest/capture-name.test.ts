import { expect, test } from "vitest";
import {
  captureStem,
  isCaptureName,
  isRotated,
  runNumbers,
  withoutRunNumber,
} from "../../../src/experiment/manifest/capture-name.ts";
import { compareNaturally } from "../../../src/experiment/manifest/natural-order.ts";
import { nearestName } from "../../../src/metrics/nearest-name.ts";

test("captures by their names", () => {
  const names = [
    "a.pcap",
    "a.PCAPNG",
    "a.cap.gz",
    "a.pcapng.zst",
    "a.pcap1",
    "a.txt",
    "pcap",
    "a.pcap.txt",
    "a.csv",
  ];
  expect(names.filter(isCaptureName)).toEqual(["a.pcap", "a.PCAPNG", "a.cap.gz", "a.pcapng.zst", "a.pcap1"]);
});

test("the files of a ring buffer have one stem", () => {
  expect(captureStem("x/run1_00001_20261122205426.pcapng.gz")).toBe("x/run1");
  expect(isRotated("x/run1_00001_20261122205426.pcapng.gz")).toBe(true);
  expect(isRotated("x/run1_00001.pcapng")).toBe(false);
});

test.each([
  ["least-connection-run3", "least-connection"],
  ["round-robin_02", "round-robin"],
  ["ip-hash 7", "ip-hash"],
  ["percobaan 4", ""],
  ["01", ""],
  ["RR (1)", "RR"],
  ["loss-to0-from2", "loss-to0-from2"],
  ["direct-fa-1", "direct-fa"],
  ["round-robin", "round-robin"],
])("%s without its run number is %j", (name, expected) => {
  expect(withoutRunNumber(name)).toBe(expected);
});

test.each([
  [
    ["rr/01", "rr/02", "rr/10"],
    [1, 2, 10],
  ],
  [
    ["rr-run3", "rr-run11"],
    [3, 11],
  ],
  [
    ["run1/lb-80", "run2/lb-80"],
    [1, 2],
  ],
  [
    ["rr1", "rr2", "rr4"],
    [1, 2, 4],
  ],
  [["ip-hash_2"], [2]],
  [["chunked-rr"], [1]],
  [["flask3"], [1]],
  // A date tells them apart, but is no number of a run.
  [
    ["rr-20261122", "rr-20261123"],
    [1, 2],
  ],
  [
    ["rr-a", "rr-b"],
    [1, 2],
  ],
  [[], []],
])("runs of %j are %j", (stems, expected) => {
  expect(runNumbers(stems)).toEqual(expected);
});

test("natural order", () => {
  expect(["run-10", "run-9", "Run-1", "run-02"].sort(compareNaturally)).toEqual([
    "Run-1",
    "run-02",
    "run-9",
    "run-10",
  ]);
});

test.each([
  ["prot", ["port", "name"], "port"],
  ["titel", ["title", "notes"], "title"],
  ["Backend", ["backends", "balancer"], "backends"],
  ["xyz", ["title", "notes"], null],
  ["a", ["b"], null],
  ["", ["b"], null],
])("%j among %j is nearest to %j", (typed, known, expected) => {
  expect(nearestName(typed, known)).toBe(expected);
});
