import { describe, expect, test } from "vitest";
import { numberText } from "../../src/report/number-text.ts";
import type { NumberStyle } from "../../src/words/number-style.ts";

const ENGLISH: NumberStyle = { decimalMark: ".", groupMark: "," };
const INDONESIAN: NumberStyle = { decimalMark: ",", groupMark: "." };

describe("numbers", () => {
  test.each([
    [0.38246, 3, "0.382", "0,382"],
    [3, 3, "3.000", "3,000"],
    [-0.00054, 6, "-0.000540", "-0,000540"],
    [9999, 0, "9999", "9999"],
    [10000, 0, "10,000", "10.000"],
    [-1234567.891, 2, "-1,234,567.89", "-1.234.567,89"],
    [0, 3, "0.000", "0,000"],
    [-0, 3, "0.000", "0,000"],
  ])("%d with %d decimals is %s, %s in Indonesian", (value, digits, english, indonesian) => {
    expect(numberText(value, digits, ENGLISH)).toBe(english);
    expect(numberText(value, digits, INDONESIAN)).toBe(indonesian);
  });

  test("that are not zero never look like zero, because a jitter of 0 is a category of its own", () => {
    expect(numberText(0.000063, 3, ENGLISH)).toBe("<0.001");
    expect(numberText(-0.0000005, 6, INDONESIAN)).toBe(">-0,000001");
    expect(numberText(0.0005, 3, ENGLISH)).toBe("0.001");
  });
});
