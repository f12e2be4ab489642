/** What an audit found, for programs. */
import type { AuditFinding } from "../../experiment/audit/audit-finding.ts";
import type { Language } from "../../words/language.ts";
import { csvRecord } from "../csv-record.ts";
import { escapeJson } from "../escape-json.ts";

/** One record per finding and row that it is about. */
export function renderAuditCsv(findings: readonly AuditFinding[], language: Language): string {
  const header = ["code", "severity", "file", "line", "row", "metric", "text"];
  const records = findings.flatMap(({ code, severity, rows, metric, text }) => {
    const places = rows.length === 0 ? [{ fileName: "", line: null, label: "" }] : rows;
    return places.map(({ fileName, line, label }) => [
      code,
      severity,
      fileName,
      line,
      label,
      metric,
      text[language],
    ]);
  });
  return [header, ...records].map(csvRecord).join("");
}

/** `{ "findings": […] }`, texts in both languages. */
export function renderAuditJson(findings: readonly AuditFinding[]): string {
  return `${escapeJson(JSON.stringify({ findings }, null, 2))}\n`;
}
