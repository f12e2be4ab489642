import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "../../../src/experiment/tables/csv.ts";

test.each([
  ["commas", "a,b\n1,2\n", ",", [[2, ["1", "2"]]]],
  ["semicolons, even with commas in cells", "a;b\n1,5;2\n", ";", [[2, ["1,5", "2"]]]],
  ["tabs", "a\tb\n1\t2", "\t", [[2, ["1", "2"]]]],
  ["Windows line ends, a byte-order mark, empty lines", "\uFEFFa,b\r\n\r\n1,2\r\n", ",", [[3, ["1", "2"]]]],
  ["old Mac line ends", "a,b\r1,2\r", ",", [[2, ["1", "2"]]]],
  [
    "quotes",
    'a,b\n"x, ""y""","2\n3"\n4,5\n',
    ",",
    [
      [2, ['x, "y"', "2\n3"]],
      [4, ["4", "5"]],
    ],
  ],
  ["spaces around cells", "a , b\n 1 , 2 \n", ",", [[2, ["1", "2"]]]],
  ["a header only", "a,b", ",", []],
])("%s", (_, text, separator, rows) => {
  const table = parseCsv(text, "t.csv");
  expect(table.separator).toBe(separator);
  expect(table.header).toEqual(["a", "b"]);
  expect(table.rows.map((row) => [row.line, row.cells])).toEqual(rows);
});

test.each([
  ["", "t.csv: is empty; a table needs a header line"],
  [
    "a,b\n1\n",
    't.csv:2: has 1 cells where the header has 2; fill the missing cells or quote those that contain ","',
  ],
  ['a,b\n1,"2\n', 't.csv:2: a quoted cell is never closed; add the missing "'],
  ['a,b\n1,"2"3\n', "t.csv:2: has text after a closing quote; double the quotes within a cell"],
])("%j is refused", (text, message) => {
  expect(() => parseCsv(text, "t.csv")).toThrow(message);
});

test("what is written is read back", () => {
  const cell = fc.string({ maxLength: 8 }).map((text) => text.trim());
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }), (rows) => {
      const text = ["a,b,c", ...rows.map((row) => row.map(quote).join(","))].join("\n");
      const filled = rows.filter((row) => row.some((one) => one !== ""));
      expect(parseCsv(text, "t.csv").rows.map((row) => row.cells)).toEqual(filled);
    }),
  );
});
