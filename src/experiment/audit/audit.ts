import { listText, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { AnalyzedRun, Experiment } from "../experiment.ts";
import { sameContent } from "../runs/capture-warnings.ts";
import type { RequestsTable } from "../tables/requests-table.ts";
import type { ResultsTable } from "../tables/results-table.ts";
import type { AuditFinding } from "./audit-finding.ts";
import { auditDuplicates } from "./duplicate-audit.ts";
import { auditFrameSizes } from "./frame-size-audit.ts";
import { auditJitter } from "./jitter-audit.ts";
import { auditMeans } from "./means-audit.ts";
import { auditLossFractions, auditLossUnit, auditRanges } from "./percent-audit.ts";
import { auditRequests } from "./requests-audit.ts";
import { auditShifts } from "./shift-audit.ts";

/** Tables that belong to a table of runs and are checked with it. */
export interface AuditCompanions {
  /** Tables of printed means. */
  readonly means?: readonly ResultsTable[];
  /** Tables of requests per backend. */
  readonly requests?: readonly RequestsTable[];
  /** Resolution of the time stamps that the table was made from, in ms; default 0.001, as in classic pcap files. */
  readonly stampResolutionMs?: number;
}

/** Checks a table of results for what can't be. Findings in order of their kind, then of the rows. */
export function auditTable(table: ResultsTable, companions: AuditCompanions = {}): AuditFinding[] {
  const { rows } = table;
  const means = [...table.means, ...(companions.means ?? []).flatMap((one) => one.means)];
  return [
    ...auditFrameSizes(rows),
    ...auditShifts(rows),
    ...auditJitter(rows, companions.stampResolutionMs),
    ...auditMeans(rows, means),
    ...(companions.requests ?? []).flatMap(auditRequests),
    ...auditDuplicates(rows),
    ...auditRanges([...rows, ...means]),
    ...auditLossFractions(rows),
    ...auditLossUnit(rows, !table.withoutUnit.includes("packetLossPercent")),
  ];
}

/**
 * Checks a whole experiment: its tables, and its captures as far as their figures don't follow from their definitions
 * anyway (lbqos computes throughput, delay and jitter of one capture from the same frames).
 */
export function auditExperiment(experiment: Experiment): AuditFinding[] {
  return [
    ...experiment.tables.flatMap((table) => auditTable(table)),
    ...experiment.requestsTables.flatMap(auditRequests),
    ...copies(experiment),
    ...experiment.runs.flatMap((run) => unsent(run, experiment)),
  ];
}

function copies({ runs }: Experiment): AuditFinding[] {
  return sameContent(runs).map(([first, second]) => ({
    code: "same-capture-twice",
    severity: "impossible",
    rows: [first, second].map(captureRow),
    metric: null,
    text: textOf((language) =>
      wordsOf(language).audit.sameCapture(
        listText([captureRow(first).label, captureRow(second).label], language),
      ),
    ),
  }));
}

function captureRow(run: AnalyzedRun) {
  return { fileName: run.files.join(", "), line: null, label: `${run.method}, run ${run.run}` };
}

/** The requests that a capture shows at the backends, against the number that the load generator should send. */
function unsent(run: AnalyzedRun, { manifest }: Experiment): AuditFinding[] {
  const { requests: sent } = manifest.load;
  const sources = new Set(run.metrics.pairs.map((pair) => pair.source));
  const pairs = run.metrics.pairs.filter((pair) => !sources.has(pair.destination));
  if (sent === null || pairs.length === 0) return [];
  const row = {
    line: 0,
    run: run.run,
    sent,
    total: null,
    requests: pairs.map((pair) => pair.paper.requests),
  };
  const table = { fileName: run.files.join(", "), backends: pairs.map((pair) => pair.name), rows: [row] };
  return auditRequests(table).map((finding) => ({
    ...finding,
    rows: [captureRow(run)],
    text: textOf((language) => `${run.method}, ${finding.text[language]}`),
  }));
}
