/** The arguments of `lbqos worker`. */
import { availableParallelism } from "node:os";
import type { Command as Subcommand } from "commander";
import { parseQueueUrl, type QueuePlace } from "../../study/queue/queue-place.ts";
import { helpEnd, helpWords } from "../help-text.ts";
import { parsePage } from "../live/page-option.ts";
import { wholeNumber } from "../whole-number.ts";

const MAX_CONCURRENCY = 256;

/** What `lbqos worker` was asked for. */
export interface WorkerRequest {
  readonly place: QueuePlace;
  readonly root: string;
  readonly concurrency: number;
  /** Shared by all; `null`: none. */
  readonly store: string | null;
  /** Where metrics are served; `null`: nowhere. */
  readonly http: { readonly host: string; readonly port: number } | null;
}

interface WorkerTexts {
  readonly queue: string;
  readonly root: string;
  readonly store?: string;
  readonly concurrency?: number;
  readonly http?: string;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineWorker(subcommand: Subcommand, use: (request: WorkerRequest) => void): void {
  const { worker: words } = helpWords().queue;
  subcommand
    .requiredOption("--queue <url>", words.queue)
    .option("--root <folder>", words.root, ".")
    .option("--store <folder>", words.store)
    .option("--concurrency <number>", words.concurrency, wholeNumber("--concurrency", 1, MAX_CONCURRENCY))
    .option("--http <place>", words.http)
    .addHelpText(
      "after",
      helpEnd({
        text: words.after,
        exitStatus: words.exitStatus,
        examples: [
          [words.examples.start, `lbqos worker --queue redis://127.0.0.1:6379 --root fixtures`],
          [
            words.examples.compare,
            `lbqos compare fixtures/experiment.yaml --queue redis://127.0.0.1:6379 --root fixtures`,
          ],
        ],
      }),
    )
    .action((texts: WorkerTexts) => use(workerRequest(texts)));
}

/** @throws Failure (status 2) */
function workerRequest({ queue, root, store, concurrency, http }: WorkerTexts): WorkerRequest {
  return {
    place: parseQueueUrl(queue, process.env),
    root,
    concurrency: concurrency ?? availableParallelism(),
    store: store ?? null,
    http: parsePage(http, undefined, process.env),
  };
}
