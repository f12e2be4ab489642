/** Comma-separated values, RFC 4180: CRLF between records, quotes where a field needs them. */
import { printableText } from "./printable-text.ts";

/** `null`: not measured, an empty field. */
export type CsvField = string | number | null;

/** One record with its line end. Numbers are written in full, in JavaScript's shortest exact form. */
export function csvRecord(fields: readonly CsvField[]): string {
  let record = "";
  for (const field of fields) record += `,${csvField(field)}`;
  return `${record.slice(1)}\r\n`;
}

/** Letters, digits and what stands in addresses, paths and times: nothing in it is printed otherwise, and it begins no formula. */
const PLAIN = /^[\w/:.[][\w/:.[\]{}?&=<>+% -]*(?<! )$/;

/**
 * Texts that a spreadsheet would run as a formula are made harmless with a leading apostrophe (OWASP, "CSV
 * Injection"); control characters become visible, so that a record stays on one line.
 */
function csvField(field: CsvField): string {
  if (field === null) return "";
  if (typeof field === "number") return Number.isFinite(field) ? String(field) : "";
  if (field === "" || PLAIN.test(field)) return field;
  const printable = printableText(field);
  const harmless = /^[=+\-@]/.test(printable) ? `'${printable}` : printable;
  return /[",]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
