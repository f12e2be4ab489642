/** `lbqos exchanges`: reads, selects, prints. */
import { analyze } from "../../analysis/analyze.ts";
import { ExchangeGroups } from "../../metrics/exchanges/exchange-groups.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { exchangeFilter } from "../../metrics/exchanges/exchange-selection.ts";
import { SlowestExchanges } from "../../metrics/exchanges/slowest-exchanges.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Document } from "../../report/document.ts";
import { EXCHANGE_FORMATS } from "../../report/exchanges/exchange-formats.ts";
import { groupCsv, groupJsonLines } from "../../report/exchanges/group-lines.ts";
import { groupsDocument } from "../../report/exchanges/groups-document.ts";
import { slowestDocument } from "../../report/exchanges/slowest-document.ts";
import { renderMarkdown } from "../../report/render-markdown.ts";
import { renderTerminal } from "../../report/terminal/render-terminal.ts";
import { refuseTyping } from "../capture-argument.ts";
import type { ExitStatus } from "../command.ts";
import { engineOfEnvironment } from "../engine-variable.ts";
import { ExchangeFile } from "../exchange-file.ts";
import { interruptible } from "../interrupted.ts";
import { readKeys } from "../keys-option.ts";
import { refuseNothing } from "../nothing-analyzed.ts";
import { startProgress } from "../progress.ts";
import { readTaps } from "../tap-option.ts";
import { outputHasColour, outputWidth } from "../terminal.ts";
import { warningLines } from "../warning-lines.ts";
import { writeText } from "../write-text.ts";
import type { ExchangesRequest, ExchangesView } from "./exchanges-request.ts";

/** Takes exchanges as they end, and prints what was asked for. */
interface Viewer {
  add(row: ExchangeRow): void;
  finish(run: RunMetrics): void;
  /** The analysis broke off. */
  abandon(): void;
}

/** @throws Failure, PipeClosed, Interrupted */
export async function runExchanges(request: ExchangesRequest): Promise<ExitStatus> {
  const { captures, pairs, taps, selection, annotate, quiet } = request;
  refuseTyping(captures);
  const annotation = annotate === null ? null : await import("./annotate-capture.ts");
  if (annotate !== null) annotation?.checkTarget(annotate.path, captures);
  const annotated = new SlowestExchanges(annotate?.count ?? 1);
  const fits = exchangeFilter(selection);
  const viewer = viewerOf(request);
  const keys = await readKeys(request.keys);
  const engine = await engineOfEnvironment();
  const progress = startProgress(quiet);
  try {
    const reader = await interruptible((signal) =>
      readTaps(captures, taps, { ...keys, signal, onProgress: progress.update }),
    );
    const onExchange = (row: ExchangeRow) => {
      if (!fits(row)) return;
      viewer.add(reader.part(row));
      annotated.add(row);
    };
    const options = { ...pairs, ...keys, ...engine, onProgress: progress.update };
    const run = await interruptible((signal) => analyze(captures, { ...options, signal, onExchange }));
    if (annotation !== null && annotate !== null)
      await interruptible((signal) =>
        annotation.annotateCapture(annotate.path, run, annotated, { ...options, signal }, request.language),
      );
    progress.stop();
    viewer.finish(run);
    reader.finish(quiet);
    if (!quiet) writeText("stderr", warningLines(run));
    refuseNothing(run);
    return 0;
  } finally {
    progress.stop();
    viewer.abandon();
  }
}

function viewerOf({ view, language }: ExchangesRequest): Viewer {
  switch (view.kind) {
    case "every": {
      const file = new ExchangeFile("-", EXCHANGE_FORMATS[view.format]);
      return { add: (row) => file.add(row), finish: () => file.finish(), abandon: () => file.abandon() };
    }
    case "slowest": {
      const slowest = new SlowestExchanges(view.count);
      return {
        add: (row) => slowest.add(row),
        finish: (run) =>
          printSlowest(view.format, slowest, (rows) => slowestDocument(run, rows, slowest.added, language)),
        abandon: () => undefined,
      };
    }
    case "groups": {
      const groups = new ExchangeGroups(view.by);
      return {
        add: (row) => groups.add(row),
        finish: (run) => printGroups(view, groups, () => groupsDocument(run, view.by, groups, language)),
        abandon: () => undefined,
      };
    }
  }
}

function printSlowest(
  format: Extract<ExchangesView, { kind: "slowest" }>["format"],
  slowest: SlowestExchanges,
  documentOf: (rows: readonly ExchangeRow[]) => Document,
): void {
  const rows = slowest.rows();
  if (format === "terminal" || format === "markdown") {
    printDocument(documentOf(rows), format);
    return;
  }
  const file = new ExchangeFile("-", EXCHANGE_FORMATS[format]);
  for (const row of rows) file.add(row);
  file.finish();
}

function printGroups(
  { by, format }: Extract<ExchangesView, { kind: "groups" }>,
  groups: ExchangeGroups,
  documentOf: () => Document,
): void {
  if (format === "csv") writeText("stdout", groupCsv(by, groups.groups()));
  else if (format === "jsonLines") writeText("stdout", groupJsonLines(by, groups.groups()));
  else printDocument(documentOf(), format);
}

function printDocument(document: Document, format: "terminal" | "markdown"): void {
  const text =
    format === "markdown"
      ? renderMarkdown(document)
      : renderTerminal(document, { width: outputWidth(), colour: outputHasColour() });
  writeText("stdout", text);
}
