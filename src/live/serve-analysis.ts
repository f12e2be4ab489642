/** The analyst's side: the same analysis as of a saved capture, fed with a stream of records, asked now and then. */
import type { MessagePort } from "node:worker_threads";
import { Analysis } from "../analysis/analysis.ts";
import type { CaptureSummary } from "../analysis/record-analysis.ts";
import type { Capture } from "../capture/capture.ts";
import { openCapture } from "../capture/open-capture.ts";
import type { AnalysisOrder, FromAnalyst, Moment, ToAnalyst } from "./analyst-messages.ts";
import { ChunkStream } from "./chunk-stream.ts";

/** Before the first record. */
const NOTHING: CaptureSummary = {
  files: [],
  format: "pcapng",
  startNs: null,
  recorderDrops: null,
  warnings: [],
};

/** Answers the messages that come through a port, one after the other. */
export function serveAnalysis(port: MessagePort): void {
  const send = (message: FromAnalyst): void => port.postMessage(message);
  let analyst: Analyst | null = null;
  let before: Promise<void> = Promise.resolve();
  const answer = async (message: ToAnalyst): Promise<void> => {
    if (message.kind === "begin") analyst = new Analyst(message.order, send);
    else if (message.kind === "records") analyst?.feed(message.bytes);
    else if (message.kind === "end") analyst?.end(message.at);
    else {
      // Whatever was fed is analyzed then: between it and here lie promises only, no input and no output.
      await new Promise((resolve) => setImmediate(resolve));
      analyst?.tell(message.at);
    }
  };
  port.on("message", (message: ToAnalyst) => {
    before = before.then(() => answer(message)).catch((error: unknown) => send(failed(error)));
  });
}

function failed(error: unknown): FromAnalyst {
  return { kind: "failed", what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

class Analyst {
  readonly #records: ChunkStream;
  #hasRecords = false;
  readonly #analysis: Analysis;
  readonly #send: (message: FromAnalyst) => void;
  #capture: Capture | null = null;
  #last: Moment | null = null;

  constructor(order: AnalysisOrder, send: (message: FromAnalyst) => void) {
    this.#send = send;
    this.#analysis = new Analysis({ ...order.options, ...countingOf(order, send), live: true });
    this.#records = new ChunkStream(() => send({ kind: "taken" }));
    this.#analyze().catch((error: unknown) => send(failed(error)));
  }

  feed(bytes: Uint8Array): void {
    this.#hasRecords = true;
    this.#records.push(bytes);
  }

  tell(at: Moment): void {
    const summary = this.#summary(at);
    const nowNs = summary.startNs === null ? null : Number(at.nowNs - summary.startNs);
    this.#send({ kind: "snapshot", metrics: this.#analysis.snapshot(summary, nowNs) });
  }

  end(at: Moment): void {
    this.#last = at;
    if (this.#hasRecords) this.#records.end();
    else this.#finish(at);
  }

  async #analyze(): Promise<void> {
    const capture = await openCapture(this.#records, this.#analysis.batch);
    this.#capture = capture;
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      this.#analysis.feed(batch, capture.startNs);
    }
    if (this.#last !== null) this.#finish(this.#last);
  }

  #finish(at: Moment): void {
    this.#send({ kind: "done", metrics: this.#analysis.finish(this.#summary(at)) });
  }

  #summary({ recorderDrops }: Moment): CaptureSummary {
    const { files, format, startNs, warnings, recorderDrops: recorded } = this.#capture ?? NOTHING;
    return { files, format, startNs, warnings, recorderDrops: recorded ?? recorderDrops };
  }
}

/** Counts exchanges as they end, where somebody waits for a number of them. */
function countingOf({ options, requests }: AnalysisOrder, send: (message: FromAnalyst) => void) {
  if (requests === null) return {};
  const { balancer, backends = [] } = options;
  const everyPair = balancer === undefined && backends.length === 0;
  let count = 0;
  return {
    onExchange: ({ pair }: { readonly pair: string | null }) => {
      if ((everyPair || pair !== null) && ++count === requests) send({ kind: "requests" });
    },
  };
}
