/** `lbqos exchanges --annotate`: the capture again, with what was found in it. */
import { closeSync, openSync } from "node:fs";
import { analyze, type FileAnalysisOptions } from "../../analysis/analyze.ts";
import { type Annotations, annotatedCapture } from "../../capture/annotated-capture.ts";
import type { AddressName } from "../../capture/pcapng-blocks.ts";
import { diagnose } from "../../diagnosis/diagnose.ts";
import { Failure } from "../../failure.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import type { SlowestExchanges } from "../../metrics/exchanges/slowest-exchanges.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { parseIpAddress } from "../../packet/ip-address.ts";
import { CaptureComments } from "../../report/exchanges/capture-comments.ts";
import type { Language } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import { wordsOf } from "../../words/words.ts";
import { refuseOverwriting } from "../exchange-file.ts";
import { systemReason } from "../system-reason.ts";
import { writeFully } from "../write-text.ts";

/** @throws Failure (status 2) where the target is one of the captures, or these can't be read twice */
export function checkTarget(path: string, captures: readonly string[]): void {
  if (captures.includes("-")) throw new Failure(message("annotateNeedsFile"), 2);
  refuseOverwriting("--annotate", path, captures);
}

/**
 * Reads the run again, once more where findings are to be shown at the exchanges that they hurt.
 * @param options of the first analysis, whose signal ends this too
 * @throws Failure; the signal's reason once it is aborted
 */
export async function annotateCapture(
  path: string,
  run: RunMetrics,
  slowest: SlowestExchanges,
  options: FileAnalysisOptions,
  language: Language,
): Promise<void> {
  const { files } = run.capture;
  const { findings } = diagnose(run);
  const comments = new CaptureComments(findings, language);
  if (findings.length > 0) await analyze(files, { ...options, onExchange: (row) => comments.addHurt(row) });
  comments.addSlowest(slowest.rows());
  await write(path, files, options.signal, { names: namesIn(run, language), comments: comments.comments() });
}

async function write(
  path: string,
  files: readonly string[],
  signal: AbortSignal | undefined,
  annotations: Annotations,
): Promise<void> {
  let descriptor: number;
  try {
    descriptor = openSync(path, "w");
  } catch (error) {
    throw notWritten(path, error);
  }
  try {
    for await (const piece of annotatedCapture(files, annotations)) {
      signal?.throwIfAborted();
      try {
        writeFully(descriptor, piece);
      } catch (error) {
        throw notWritten(path, error);
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

function notWritten(path: string, error: unknown): Failure {
  return new Failure(message("fileNotWritten", path, systemReason(error)));
}

/** Backends as the user named them, and the balancer. Backends at one address have one name, of both. */
function namesIn({ pairs, balancer }: RunMetrics, language: Language): readonly AddressName[] {
  const names = new Map<string, string[]>();
  for (const { name, destination, destinationPort } of pairs) {
    if (name === destination || name === endpointText(destination, destinationPort)) continue;
    names.set(destination, [...(names.get(destination) ?? []), name]);
  }
  if (balancer !== null && balancer !== undefined && !names.has(balancer.address))
    names.set(balancer.address, [wordsOf(language).exchanges.balancerName]);
  return [...names].map(([address, own]) => ({
    address: parseIpAddress(address),
    name: [...new Set(own)].join(", "),
  }));
}
