import { expect, test } from "vitest";
import {
  columnResolutions,
  lastDigit,
  printedText,
  studyNumber,
} from "../../../src/experiment/tables/printed-number.ts";
import { listText, numberText, pText } from "../../../src/words/language.ts";

test.each([
  ["1.064", 1e-3],
  ["6.3e-05", 1e-6],
  ["42", 1],
  ["1.5e3", 100],
])("the last digit of %s is worth %d", (text, expected) => {
  expect(lastDigit(text) / expected).toBeCloseTo(1, 12);
});

test("how coarsely a column was rounded: dropped zeros count, seven significant digits limit", () => {
  const resolutions = columnResolutions(["1.064", "0.927637", "1.066132", "1.062937", "6.3e-05", "93.12033"]);
  for (const [index, expected] of [1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-5].entries()) {
    expect((resolutions[index] ?? Number.NaN) / expected).toBeCloseTo(1, 9);
  }
});

test("a column of whole numbers is exact", () => {
  expect(columnResolutions(["6.0", "4.0", "0"])).toEqual([0, 0, 0]);
});

test.each([
  [1.05229, "1.05229"],
  [11.3675516, "11.36755"],
  [0.2153444, "0.215344"],
  [5.6, "5.6"],
  [0.0000726, "0.000073"],
  [0, "0"],
  [1234567.8, "1234568"],
])("%d as the study prints it: %s", (value, expected) => {
  expect(studyNumber(value)).toBe(expected);
});

test("numbers in sentences", () => {
  expect([1234.5678, 0.00123456, 5, 0.1, -3.24681, 0, 98765].map((n) => numberText(n, "en"))).toEqual([
    "1235",
    "0.001235",
    "5",
    "0.1",
    "-3.247",
    "0",
    "98770",
  ]);
  expect(numberText(3.5, "id")).toBe("3,5");
  expect(printedText("6.3e-05", "id")).toBe("0,000063");
  expect([0.0004, 0.0123, 0.5, 1].map((p) => pText(p, "en"))).toEqual([
    "p < 0.001",
    "p = 0.012",
    "p = 0.5",
    "p = 1",
  ]);
  expect(pText(0.0004, "id")).toBe("p < 0,001");
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((list) => listText(list, "id"))).toEqual([
    "",
    "a",
    "a dan b",
    "a, b dan c",
  ]);
});
