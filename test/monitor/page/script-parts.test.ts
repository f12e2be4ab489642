/** The parts of the page's script that know no page: run here, outside of a browser. */
import { describe, expect, test } from "vitest";
import { History, type HistoryPoint } from "../../../src/monitor/history.ts";
import { SCRIPT_GEOMETRY } from "../../../src/monitor/page/script-geometry.ts";
import { SCRIPT_NUMBERS } from "../../../src/monitor/page/script-numbers.ts";

interface Geometry {
  addPoint(points: HistoryPoint[], point: HistoryPoint): void;
  spanOf(pastSeconds: number): number;
  ticksUpTo(largest: number): number[];
  decimalsOf(step: number): number;
  linePath(
    seconds: number[],
    values: (number | null)[],
    x: (second: number) => number,
    y: (value: number) => number,
  ): string;
}

interface Numbers {
  fill(text: string, values: Record<string, string | number>): string;
  numberText(value: number | null | undefined, digits: number): string;
  shortText(value: number): string;
  clockText(seconds: number): string;
  sizeText(bytes: number): string;
}

function geometry(): Geometry {
  return new Function(`${SCRIPT_GEOMETRY}; return { addPoint, spanOf, ticksUpTo, decimalsOf, linePath };`)();
}

function numbers(language: string): Numbers {
  const names = "{ fill, numberText, shortText, clockText, sizeText }";
  return new Function("language", `${SCRIPT_NUMBERS}; return ${names};`)(language);
}

describe("charts", () => {
  const { addPoint, spanOf, ticksUpTo, decimalsOf, linePath } = geometry();

  test.each([
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
    [1, [0, 0.5, 1]],
    [3, [0, 1, 2, 3]],
    [3.1, [0, 2, 4]],
    [59, [0, 20, 40, 60]],
    [100, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])("ticks up to %d", (largest, ticks) => {
    expect(ticksUpTo(largest)).toEqual(ticks);
  });

  test("ticks hold every value in few steps", () => {
    for (let power = -6; power < 12; power += 0.013) {
      const largest = 10 ** power;
      const ticks = ticksUpTo(largest);
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(6);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest * 0.999);
      expect(ticks.at(-2)).toBeLessThan(largest * 1.001);
    }
  });

  test.each([
    [0.002, 3],
    [0.1, 1],
    [0.5, 1],
    [1, 0],
    [20, 0],
    [1000, 0],
  ])("ticks of %d differ in their %d decimals", (step, decimals) => {
    expect(decimalsOf(step)).toBe(decimals);
  });

  test.each([
    [0, 60],
    [60, 60],
    [61, 120],
    [599, 600],
    [6000, 600],
  ])("%d seconds of past are shown over %d", (past, span) => {
    expect(spanOf(past)).toBe(span);
  });

  test("lines break where nothing was measured, and a value alone is a dot", () => {
    const path = linePath(
      [0, 1, 2, 3, 4, 5, 6],
      [1, 2, null, 3, null, 4, 5],
      (s) => s * 10,
      (v) => -v,
    );
    expect(path).toBe("M0.0 -1.0h0L10.0 -2.0M30.0 -3.0h0M50.0 -4.0h0L60.0 -5.0");
  });

  test("the page's past is the server's", () => {
    const history = new History();
    const points: HistoryPoint[] = [];
    const times = Array.from({ length: 900 }, (_, index) => (index % 97 === 0 ? index - 5 : index * 1.01));
    for (const atSeconds of times) {
      history.add({ atSeconds, pairs: {} });
      addPoint(points, { atSeconds, pairs: {} });
    }
    expect(points).toEqual(history.points());
  });
});

describe("numbers", () => {
  const { fill, numberText, shortText, clockText, sizeText } = numbers("en");

  test("in the page's language, grouped from 10 000 on", () => {
    expect([1234, 12345].map((value) => numberText(value, 0))).toEqual(["1234", "12,345"]);
    expect(numbers("id").numberText(12345.678, 2)).toBe("12.345,68");
    expect(numberText(null, 2)).toBe("–");
    expect(numberText(undefined, 0)).toBe("–");
  });

  test("of three digits", () => {
    expect([0, 0.0271, 2.71111, 27.1111, 271.111].map(shortText)).toEqual([
      "0",
      "0.027",
      "2.71",
      "27.1",
      "271",
    ]);
  });

  test("times", () => {
    expect([0, 9.9, 67, 3599, 3600, 90061, -5].map(clockText)).toEqual([
      ...["0:00", "0:09", "1:07", "59:59", "1:00:00", "25:01:01", "0:00"],
    ]);
  });

  test("sizes", () => {
    expect([0, 999, 1000, 1_983_000, 5e12, 5e15].map(sizeText)).toEqual([
      ...["0 B", "999 B", "1.0 kB", "2.0 MB", "5.0 TB", "5000.0 TB"],
    ]);
  });

  test("what is filled in is not filled in again", () => {
    expect(fill("{a} of {b}, {c}", { a: "{b}$&", b: 2 })).toBe("{b}$& of 2, ");
  });
});
