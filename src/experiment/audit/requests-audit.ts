/** Requests per backend that don't add up. */

import type { Text } from "../../words/language.ts";
import type { RequestsRow, RequestsTable } from "../tables/requests-table.ts";
import type { AuditCode, AuditFinding } from "./audit-finding.ts";

/** Rows in which the backends' requests differ from the printed total, or the total from what was sent. */
export function auditRequests(table: RequestsTable): AuditFinding[] {
  return table.rows.flatMap((row) => {
    const counted = row.requests.filter((count) => count !== null);
    if (counted.length < row.requests.length) return [];
    const sum = counted.reduce((total, count) => total + count, 0);
    const findings: AuditFinding[] = [];
    if (row.total !== null && row.total !== sum) {
      findings.push(
        finding("requests-do-not-add-up", "impossible", table, row, {
          en: `the backends' requests make ${counted.join(" + ")} = ${sum}, but the total is printed as ${row.total}`,
          id: `permintaan semua backend berjumlah ${counted.join(" + ")} = ${sum}, tetapi total tercetak ${row.total}`,
        }),
      );
    }
    if (row.sent !== null && sum > row.sent) {
      findings.push(
        finding("more-requests-than-sent", "doubtful", table, row, {
          en: `the backends got ${sum} requests of ${row.sent} that were sent; a balancer that retries can do that, else other traffic was counted`,
          id: `backend menerima ${sum} permintaan dari ${row.sent} yang dikirim; balancer yang mencoba ulang dapat menyebabkannya, selain itu lalu lintas lain ikut terhitung`,
        }),
      );
    }
    if (row.sent !== null && sum < row.sent) {
      findings.push(
        finding("fewer-requests-than-sent", "doubtful", table, row, {
          en: `the backends got ${sum} requests of ${row.sent} that were sent: ${row.sent - sum} failed before the backends, or the capture misses them`,
          id: `backend menerima ${sum} permintaan dari ${row.sent} yang dikirim: ${row.sent - sum} gagal sebelum backend, atau tidak terekam`,
        }),
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
  text: Text,
): AuditFinding {
  const label = `run ${run}`;
  return {
    code,
    severity,
    rows: [{ fileName, line, label }],
    metric: "requests",
    text: { en: `${label}: ${text.en}`, id: `${label}: ${text.id}` },
  };
}
