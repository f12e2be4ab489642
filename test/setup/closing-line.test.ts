import { expect, test } from "vitest";
import { closingLines } from "./closing-line.ts";

test("the last line of a run counts its tests", () => {
  expect(closingLines({ passed: 12, failed: 1, skipped: new Map() })).toEqual([
    "tests: 12 passed, 1 failed, 0 skipped",
  ]);
});

test("what was skipped is named", () => {
  const skipped = new Map([
    ["a.test.ts > second opinion [skipped, tshark missing]", 3],
    ["b.test.ts > later", 1],
  ]);
  expect(closingLines({ passed: 12, failed: 0, skipped })).toEqual([
    "not tested (3): a.test.ts > second opinion [skipped, tshark missing]",
    "not tested (1): b.test.ts > later",
    "tests: 12 passed, 0 failed, 4 skipped",
  ]);
});

test("a run without tests says that it counts as a failure", () => {
  expect(closingLines({ passed: 0, failed: 0, skipped: new Map() })).toEqual([
    "No test was executed, which counts as a failure.",
    "tests: 0 passed, 0 failed, 0 skipped",
  ]);
});
