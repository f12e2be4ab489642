import { expect, test } from "vitest";
import { dotsOf, parsePrintWidth } from "../../../src/report/charts/print-size.ts";
import { seriesStyle } from "../../../src/report/charts/series-style.ts";
import { fitText, shortenText } from "../../../src/report/charts/text-fitting.ts";

test("widths by number and by name", () => {
  const widths = ["8.5", "8,5cm", " 12 cm ", "IEEE-column", "ieee-page", "a4", "thesis"].map(parsePrintWidth);
  expect(widths.map((width) => Number(width.toFixed(3)))).toEqual([8.5, 8.5, 12, 8.89, 18.186, 15.92, 14]);
  expect(dotsOf(8.5, 300)).toBe(1004);
});

test.each(["", "wide", "3", "100", "-8", "8.5in", "NaN", "1e1", "constructor"])(
  "%j is not a width",
  (text) => {
    expect(() => parsePrintWidth(text)).toThrow(
      /is not a width for a chart: give centimetres from 6 to 60, or one of ieee-column/,
    );
  },
);

/** CIE lightness of a colour, 0 to 100. */
function lightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance <= 0.008856 ? 903.3 * luminance : 116 * Math.cbrt(luminance) - 16;
}

test("four fills are told apart by lightness alone, seven by hatching, marker and dash", () => {
  const styles = Array.from({ length: 7 }, (_, index) => seriesStyle(index));
  const fills = styles.slice(0, 4).map((style) => lightness(style.fill));
  const sorted = fills.toSorted((a, b) => a - b);
  for (const [index, one] of sorted.entries()) expect((sorted[index + 1] ?? 100) - one).toBeGreaterThan(9);
  for (const part of ["hatch", "marker"] as const)
    expect(new Set(styles.map((style) => style[part])).size).toBe(7);
  expect(new Set(styles.map((style) => style.dash.join())).size).toBe(7);
  // On white, L* = 100, lightness 67 and less has a contrast of 2.8:1 and more.
  for (const style of styles) expect(lightness(style.line)).toBeLessThan(67);
});

test("no two of 49 series look alike", () => {
  const looks = Array.from({ length: 49 }, (_, index) => Object.values(seriesStyle(index)).join());
  expect(new Set(looks).size).toBe(49);
});

test("labels break at spaces and joints, evenly, and lose what can't fit", () => {
  expect(fitText("least-connection", 50, 7)).toEqual(["least-", "connection"]);
  expect(fitText("one two three four", 60, 7)).toEqual(["one two", "three four"]);
  expect(fitText("incomprehensibilities", 40, 7)).toEqual(["incompreh…"]);
  expect(shortenText("backend-1.example.org:8081", 60, 7)).toBe("backend…rg:8081");
});
