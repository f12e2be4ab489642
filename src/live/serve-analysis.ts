/** The analyst's side: the same analysis as of a saved capture, fed with a stream of records, asked now and then. */
import type { MessagePort } from "node:worker_threads";
import { Analysis } from "../analysis/analysis.ts";
import { type CaptureSummary, summaryOf } from "../analysis/capture-summary.ts";
import { addSecrets } from "../analysis/threads/add-secrets.ts";
import type { Capture } from "../capture/capture.ts";
import { openCapture } from "../capture/open-capture.ts";
import { type DiagnosedRun, withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import { warningOf } from "../failure.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Handlers } from "../threads/messages.ts";
import { serveCalls } from "../threads/serve-calls.ts";
import { message } from "../words/message.ts";
import type { AnalysisOrder, AnalystCalls, AnalystEvent, Moment } from "./analyst-calls.ts";
import { ChunkStream } from "./chunk-stream.ts";
import { KeyFollower } from "./key-follower.ts";

/** Before the first record. */
const NOTHING: CaptureSummary = {
  files: [],
  format: "pcapng",
  startNs: null,
  recorderDrops: null,
  fileStarts: [],
  warnings: [],
};

/** Answers the calls that come through a port; `null`: this is no thread, and there are none. */
export function serveAnalysis(port: MessagePort | null): void {
  const handlersOf = (tell: (event: AnalystEvent) => void): Handlers<AnalystCalls> => {
    let analyst: StreamAnalysis | null = null;
    const begun = (): StreamAnalysis => {
      if (analyst === null) throw new Error("the analysis has not begun");
      return analyst;
    };
    return {
      begin: (order) => {
        analyst = new StreamAnalysis(order, () => tell("requests"));
      },
      records: async (bytes) => {
        await begun().feed(bytes);
        return bytes.buffer;
      },
      snapshot: (at) => begun().snapshot(at),
      end: (at) => begun().end(at),
    };
  };
  serveCalls<AnalystCalls, AnalystEvent>(port, handlersOf, (answer) =>
    answer instanceof ArrayBuffer ? [answer] : [],
  );
}

class StreamAnalysis {
  readonly #records = new ChunkStream();
  readonly #analysis: Analysis;
  /** Ends with the records, or with what is wrong with them. */
  readonly #reading: Promise<void>;
  readonly #keys: KeyFollower | null;
  #hasRecords = false;
  #capture: Capture | null = null;

  constructor(order: AnalysisOrder, onRequests: () => void) {
    this.#keys = order.keysFile === undefined ? null : new KeyFollower(order.keysFile);
    this.#analysis = new Analysis({ ...order.options, ...countingOf(order, onRequests), live: true });
    this.#reading = this.#read();
    // Thrown to the call that waits for it.
    this.#reading.catch(() => {});
  }

  /** Resolves when the records are analyzed. @throws Failure where they can't be read */
  async feed(bytes: Uint8Array): Promise<void> {
    this.#hasRecords = true;
    await Promise.race([this.#records.push(bytes), this.#reading]);
  }

  snapshot(at: Moment): DiagnosedRun {
    const summary = this.#summary(at);
    const nowNs = summary.startNs === null ? null : Number(at.nowNs - summary.startNs);
    return withDiagnosis(this.#analysis.snapshot(summary, nowNs));
  }

  async end(at: Moment): Promise<RunMetrics> {
    this.#records.end();
    if (this.#hasRecords) await this.#reading;
    return this.#analysis.finish(this.#summary(at));
  }

  async #read(): Promise<void> {
    const capture = await openCapture(this.#records, this.#analysis.batch);
    this.#capture = capture;
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      await addSecrets(this.#analysis, capture.takeSecrets() + (this.#keys?.more() ?? ""));
      this.#analysis.feed(batch, capture.startNs);
    }
  }

  #summary({ recorderDrops }: Moment): CaptureSummary {
    const summary = summaryOf(this.#capture ?? NOTHING);
    // Interfaces' own drops are said by the engine, not in its file.
    const known = [summary.recorderDrops, recorderDrops].filter((drops) => drops !== null);
    const problem = this.#keys?.problem ?? null;
    const warnings =
      problem === null
        ? summary.warnings
        : [...summary.warnings, warningOf("tls-keys", problem, message("keysNotReadAdvice"))];
    return { ...summary, warnings, recorderDrops: known.length === 0 ? null : Math.max(...known) };
  }
}

/** Counts exchanges as they end, where somebody waits for a number of them. */
function countingOf({ options, requests }: AnalysisOrder, onRequests: () => void) {
  if (requests === null) return {};
  const { balancer, backends = [] } = options;
  const everyPair = balancer === undefined && backends.length === 0;
  let count = 0;
  return {
    onExchange: ({ pair }: { readonly pair: string | null }) => {
      if ((everyPair || pair !== null) && ++count === requests) onRequests();
    },
  };
}
