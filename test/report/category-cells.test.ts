import { describe, expect, test } from "vitest";
import { categoryName, overallCell } from "../../src/report/category-cells.ts";

describe("names of categories", () => {
  test.each([
    [4, "excellent", "sangat bagus"],
    [3, "good", "bagus"],
    [2, "fair", "sedang"],
    [1, "poor", "jelek"],
    [0, "bad", "buruk"],
  ])("index %d: %s, %s", (index, en, id) => {
    expect([categoryName(index, "en"), categoryName(index, "id")]).toEqual([en, id]);
  });

  test.each([5, -1, 2.5])("no category has the index %d", (index) => {
    expect(() => categoryName(index, "en")).toThrow(RangeError);
  });

  test.each([
    [4, "sangat memuaskan"],
    [3, "memuaskan"],
    [2, "kurang memuaskan"],
    [0, "jelek"],
  ])("total index %d: %s", (index, note) => {
    expect(overallCell({ index, ratedMetrics: 4 }, "", "id", null)).toMatchObject({ note });
  });
});
