/** Requests per backend that don't add up. */

import { textOf } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import type { RequestsRow, RequestsTable } from "../tables/requests-table.ts";
import type { AuditCode, AuditFinding } from "./audit-finding.ts";

/** Rows in which the backends' requests differ from the printed total, or the total from what was sent. */
export function auditRequests(table: RequestsTable): AuditFinding[] {
  return table.rows.flatMap((row) => {
    const counted = row.requests.filter((count) => count !== null);
    if (counted.length < row.requests.length) return [];
    const sum = counted.reduce((all, count) => all + count, 0);
    const { total, sent } = row;
    const findings: AuditFinding[] = [];
    if (total !== null && total !== sum) {
      findings.push(
        finding("requests-do-not-add-up", "impossible", table, row, (words) =>
          words.requestsDoNotAddUp(counted, sum, total),
        ),
      );
    }
    if (sent !== null && sum > sent) {
      findings.push(
        finding("more-requests-than-sent", "doubtful", table, row, (words) =>
          words.moreRequestsThanSent(sum, sent),
        ),
      );
    }
    if (sent !== null && sum < sent) {
      findings.push(
        finding("fewer-requests-than-sent", "doubtful", table, row, (words) =>
          words.fewerRequestsThanSent(sum, sent),
        ),
      );
    }
    return findings;
  });
}

function finding(
  code: AuditCode,
  severity: AuditFinding["severity"],
  { fileName }: RequestsTable,
  { line, run }: RequestsRow,
  write: (words: Words["audit"]) => string,
): AuditFinding {
  const label = `run ${run}`;
  return {
    code,
    severity,
    rows: [{ fileName, line, label }],
    metric: "requests",
    text: textOf((language) => `${label}: ${write(wordsOf(language).audit)}`),
  };
}
