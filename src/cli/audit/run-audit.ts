/** `lbqos audit`: what in a table or an experiment can't be. */

import { auditExperiment, auditTable } from "../../experiment/audit/audit.ts";
import type { AuditFinding } from "../../experiment/audit/audit-finding.ts";
import { auditRequests } from "../../experiment/audit/requests-audit.ts";
import { isRequestsTable, parseRequestsTable } from "../../experiment/tables/requests-table.ts";
import { parseResultsTable } from "../../experiment/tables/results-table.ts";
import { Failure } from "../../failure.ts";
import { buildAuditDocument } from "../../report/audit/build-audit-document.ts";
import { renderAuditCsv, renderAuditJson } from "../../report/audit/render-audit.ts";
import { renderMarkdown } from "../../report/render-markdown.ts";
import { renderTerminal } from "../../report/terminal/render-terminal.ts";
import { readText, resolveExperiment } from "../../study/experiment-path.ts";
import { readExperiment } from "../../study/read-experiment.ts";
import { type Message, message } from "../../words/message.ts";
import type { ExitStatus } from "../command.ts";
import { interruptible } from "../interrupted.ts";
import { printLine } from "../print-line.ts";
import { startProgress } from "../progress.ts";
import { outputHasColour, outputWidth } from "../terminal.ts";
import { writeText } from "../write-text.ts";
import type { AuditRequest } from "./audit-arguments.ts";

/** @throws Failure, PipeClosed, Interrupted */
export async function runAudit(request: AuditRequest): Promise<ExitStatus> {
  const { findings, unreadable } = await audit(request);
  writeText("stdout", render(findings, request));
  for (const line of unreadable) {
    printLine(message("notAudited", line));
  }
  return findings.length === 0 && unreadable.length === 0 ? 0 : 1;
}

interface Audited {
  readonly findings: readonly AuditFinding[];
  /** Captures that could not be looked into. */
  readonly unreadable: readonly Message[];
}

async function audit(request: AuditRequest): Promise<Audited> {
  const at = await resolveExperiment(request.path);
  if (at.kind === "table") return { findings: await auditFile(at.path, request), unreadable: [] };
  if (request.means.length > 0 || request.requests.length > 0) {
    throw new Failure(message("auditTablesOnly"), 2);
  }
  const progress = startProgress(request.quiet);
  const { experiment, unreadable } = await interruptible((signal) =>
    readExperiment(request.path, {
      ...request.analysis,
      signal,
      language: request.language,
      onProgress: progress.update,
    }),
  ).finally(progress.stop);
  return { findings: auditExperiment(experiment), unreadable };
}

async function auditFile(path: string, { means, requests }: AuditRequest): Promise<AuditFinding[]> {
  const text = await readText(path);
  const requestsTables = await Promise.all(
    requests.map(async (name) => parseRequestsTable(await readText(name), name)),
  );
  if (isRequestsTable(text, path)) {
    return [parseRequestsTable(text, path), ...requestsTables].flatMap(auditRequests);
  }
  return auditTable(parseResultsTable(text, path), {
    means: await Promise.all(means.map(async (name) => parseResultsTable(await readText(name), name))),
    requests: requestsTables,
  });
}

function render(findings: readonly AuditFinding[], { path, format, language }: AuditRequest): string {
  switch (format) {
    case "json":
      return renderAuditJson(findings);
    case "csv":
      return renderAuditCsv(findings, language);
    case "markdown":
      return renderMarkdown(buildAuditDocument(path, findings, language));
    case "terminal":
      return renderTerminal(buildAuditDocument(path, findings, language), {
        width: outputWidth(),
        colour: outputHasColour(),
      });
  }
}
