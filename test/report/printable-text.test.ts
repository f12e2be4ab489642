import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeJson } from "../../src/report/escape-json.ts";
import { printableText } from "../../src/report/printable-text.ts";

/** What a terminal could take for a command, or what turns the writing direction. */
const DANGEROUS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;

const anyText = fc.string({ unit: "binary", maxLength: 40 });

describe("printable text", () => {
  test("shows what would command the terminal", () => {
    expect(printableText("GET /\u001b[2J\u009b31m\r\n")).toBe("GET /\\x1b[2J\\x9b31m\\x0d\\x0a");
    expect(printableText("abc\u202efdp.exe")).toBe("abc\\u202efdp.exe");
    expect(printableText("\ud800")).toBe("\\ud800");
  });

  test("leaves names in every script as they are", () => {
    for (const name of ["Flask A", "Sérveur é", "服务器", "سيرفر", "🙂", "50 %"])
      expect(printableText(name)).toBe(name);
  });

  test("never holds a dangerous character", () => {
    fc.assert(fc.property(anyText, (text) => !DANGEROUS.test(printableText(text))));
  });
});

describe("escaped JSON", () => {
  test("means the same and never holds a dangerous character", () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const json = escapeJson(JSON.stringify(texts));
        expect(JSON.parse(json)).toEqual(texts);
        expect(json).not.toMatch(DANGEROUS);
      }),
    );
  });
});
