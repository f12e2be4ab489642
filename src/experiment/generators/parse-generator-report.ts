import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { type GeneratorReport, generatorTools } from "./generator-report.ts";
import { readAutocannon, readK6, readSiege } from "./json-reports.ts";
import { readAb, readH2load, readHttperf, readWrk } from "./printed-reports.ts";
import { readTable } from "./table-reports.ts";

const PRINTED = [readHttperf, readAb, readWrk, readH2load] as const;
const DOCUMENTS = [readSiege, readAutocannon, readK6] as const;

/**
 * Reads what a load generator wrote of a run, whichever of the known ones it was.
 * @param fileName names the file in errors
 * @throws Failure where it is none of theirs
 */
export function parseGeneratorReport(text: string, fileName: string): GeneratorReport {
  for (const read of PRINTED) {
    const report = read(text);
    if (report !== null) return report;
  }
  const value = jsonIn(text);
  for (const read of value === null ? [] : DOCUMENTS) {
    const report = read(value);
    if (report !== null) return report;
  }
  const table = value === null && /^[^\n]*,[^\n]*,/.test(text) ? readTable(text, fileName) : null;
  if (table !== null) return table;
  throw new Failure(message("notGeneratorReport", fileName, generatorTools.join(", ")));
}

/** The object in a text; siege prints lines of its own before it. */
function jsonIn(text: string): unknown {
  const begin = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (begin < 0 || end < begin) return null;
  try {
    return JSON.parse(text.slice(begin, end + 1));
  } catch {
    return null;
  }
}
