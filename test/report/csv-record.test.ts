import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRecord } from "../../src/report/csv-record.ts";
import { printableText } from "../../src/report/printable-text.ts";

/** RFC 4180 read back by its grammar: fields of one record. */
function readRecord(line: string): string[] {
  const fields: string[] = [];
  let rest = line.replace(/\r\n$/, "");
  for (;;) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest);
    if (match === null) throw new Error(`no CSV: ${rest}`);
    const [whole, quoted, plain = "", comma] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (comma !== ",") return fields;
  }
}

describe("a CSV record", () => {
  test("quotes what needs it and leaves what was not measured empty", () => {
    expect(csvRecord(["a", 'say "b"', "c,d", 0.1, null, -3, " e"])).toBe(
      'a,"say ""b""","c,d",0.1,,-3," e"\r\n',
    );
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])(
    "makes the formula %s harmless",
    (formula) => {
      expect(readRecord(csvRecord([formula]))).toEqual([`'${formula}`]);
    },
  );

  test("leaves what needs nothing as it is", () => {
    const plain = [
      "",
      "/a%20b?c=d&e=[f]",
      "10.0.0.1:80",
      "tcp.stream in {1} && frame.number >= 9",
      "a-b+c=d",
    ];
    expect(csvRecord(plain)).toBe(`${plain.join(",")}\r\n`);
    expect(csvRecord(["a ", "\ta", "a\u202eb"])).toBe('"a ",\\x09a,a\\u202eb\r\n');
  });

  test("keeps negative numbers numbers", () => {
    expect(csvRecord([-0.00054, 5e-7, 1e21])).toBe("-0.00054,5e-7,1e+21\r\n");
  });

  test("makes line ends of every kind visible", () => {
    expect(csvRecord(["a\r\nb", "\u2028", "\u2029"])).toBe("a\\x0d\\x0ab,\\u2028,\\u2029\r\n");
  });

  test("gives every other text back, on one line", () => {
    const isLeft = (text: string) => printableText(text) === text && !/^[=+\-@]/.test(text);
    const field = fc.string({ unit: "grapheme" }).filter(isLeft);
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const record = csvRecord(fields);
        expect(readRecord(record)).toEqual(fields);
        expect(record.trimEnd()).not.toMatch(/[\r\n]/);
      }),
    );
  });

  test("gives every number back exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Number(readRecord(csvRecord([number]))[0])).toBe(number === 0 ? 0 : number);
      }),
    );
  });
});
