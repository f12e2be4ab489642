/** What an audit found as a document, one section per kind of finding. */
import type { AuditFinding } from "../../experiment/audit/audit-finding.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { Document } from "../document.ts";

/**
 * @param name of what was audited
 * @param findings from `auditTable` or `auditExperiment`
 */
export function buildAuditDocument(
  name: string,
  findings: readonly AuditFinding[],
  language: Language,
): Document {
  const labels = wordsOf(language).audit;
  const { numberStyle, notMeasured } = wordsOf(language).report;
  const kinds = [...new Set(findings.map(({ code }) => code))];
  const rows = new Set(findings.flatMap((one) => one.rows.map((row) => `${row.fileName}\n${row.label}`)));
  const impossible = findings.filter(({ severity }) => severity === "impossible");
  return {
    language,
    title: labels.title(name),
    summary: labels.summary(findings.length, impossible.length, rows.size),
    sections: kinds.map((kind) => {
      const own = findings.filter(({ code }) => code === kind);
      const severity = labels.severities[own[0]?.severity ?? "doubtful"];
      return {
        heading: `${labels.headings[kind]} (${own.length}, ${severity})`,
        blocks: [{ kind: "list", items: own.map((one) => itemText(one, language)) }],
      };
    }),
    numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: notMeasured,
  };
}

/** `published-runs.csv:77: …`, as compilers say it, where the finding is about one line. */
function itemText({ rows, text }: AuditFinding, language: Language): string {
  const [row] = rows;
  if (row === undefined) return text[language];
  const place = row.line === null ? row.fileName : `${row.fileName}:${row.line}`;
  return `${place}: ${text[language]}`;
}
