/** Does jobs of the queue, one after the other in each of its threads, until it is told to end. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Job, Queue, Worker } from "bullmq";
import { Failure } from "../../failure.ts";
import { canStartThreads } from "../../threads/start-thread.ts";
import { version } from "../../version.ts";
import { type Message, message, withNames } from "../../words/message.ts";
import { contentHash } from "../cache/content-hash.ts";
import { programFingerprint } from "../cache/program-fingerprint.ts";
import { noCache, openCache } from "../cache/result-cache.ts";
import { type AnalysisJob, jobPaths, nameIn } from "../jobs/analysis-job.ts";
import { type JobRunner, ownThread, startJobThread } from "../jobs/job-runner.ts";
import { whyNotAllowed } from "./allowed-captures.ts";
import { type BullMq, endConnections, keptUp, loadBullMq, tryConnection } from "./load-bullmq.ts";
import { jobBelow, QUEUE_JOB, QUEUE_NAME, type QueueJob } from "./queue-job.ts";
import type { QueuePlace } from "./queue-place.ts";
import { encodeResult, NoPlace, type QueueResult } from "./queue-result.ts";
import { MAX_ATTEMPTS } from "./run-on-queue.ts";

/** A worker that is not heard of for so long is taken for dead, and its job goes to another: seconds, in this variable; absent or no number: 10. */
const STALLED_VARIABLE = "LBQOS_QUEUE_STALLED_SECONDS";
const LOCK_MS = 1000 * (Number(process.env[STALLED_VARIABLE]) || 10);
const STALLED_CHECK_MS = LOCK_MS / 2;
/** An analysis that has not read a byte for so long hangs. */
const HANG_MS = 120_000;
const PROGRESS_MS = 1_000;
/** Before a job that one worker could not do is offered again. */
const OFFER_AGAIN_MS = 300;

/** What a worker has done since it was started. */
export interface WorkerCounts {
  /** Captures by what became of them. */
  done: number;
  known: number;
  unreadable: number;
  declined: number;
  broken: number;
  bytes: number;
  busySeconds: number;
}

export interface WorkerOptions {
  readonly place: QueuePlace;
  /** The only folder below which captures are opened. */
  readonly root: string;
  readonly concurrency: number;
  /** A folder that workers and askers share, where results are kept by content; absent: none. */
  readonly store?: string;
  readonly onNotice: (notice: Message) => void;
}

export interface QueueWorker {
  readonly counts: Readonly<WorkerCounts>;
  /** Ends when what is under way is done. */
  readonly stop: () => Promise<void>;
}

/** @throws Failure where the queue can't be reached or its packages are missing */
export async function startQueueWorker(options: WorkerOptions): Promise<QueueWorker> {
  const bullmq = await loadBullMq();
  await tryConnection(bullmq, options.place);
  return new RunningWorker(bullmq, options);
}

class RunningWorker implements QueueWorker {
  readonly counts: WorkerCounts = {
    done: 0,
    known: 0,
    unreadable: 0,
    declined: 0,
    broken: 0,
    bytes: 0,
    busySeconds: 0,
  };
  /** Machine and process, and a part that tells containers of one name apart. */
  readonly #name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
  readonly #options: WorkerOptions;
  readonly #bullmq: BullMq;
  readonly #worker: Worker;
  readonly #idle: JobRunner[] = [];
  /** Asked who else works, of jobs that this worker can't do; there from the first one on. */
  #queue: Queue | null = null;
  #isAway = false;

  constructor(bullmq: BullMq, options: WorkerOptions) {
    this.#bullmq = bullmq;
    this.#options = options;
    this.#worker = new bullmq.Worker(QUEUE_NAME, (job, token) => this.#take(job, token), {
      connection: keptUp(options.place),
      name: this.#name,
      concurrency: options.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_ATTEMPTS,
    });
    this.#worker.on("error", () => {
      if (!this.#isAway) options.onNotice(message("queueAway", options.place.name));
      this.#isAway = true;
    });
    this.#worker.on("active", () => {
      this.#isAway = false;
    });
  }

  async stop(): Promise<void> {
    const queue = this.#queue;
    // Waits for what is under way, however long that takes.
    if (!this.#isAway) await this.#worker.close();
    await endConnections([this.#worker, ...(queue === null ? [] : [queue])], this.#isAway);
    for (const runner of this.#idle) await runner.stop();
  }

  async #take(job: Job, token: string | undefined): Promise<QueueResult> {
    const parsed = QUEUE_JOB.safeParse(job.data);
    if (!parsed.success) {
      this.#options.onNotice(message("notOurJob", job.id ?? "–"));
      throw new this.#bullmq.UnrecoverableError("not-a-job");
    }
    const data = parsed.data;
    if (data.program !== programFingerprint()) {
      return this.#decline(job, token, data, message("otherVersion", version(), data.version));
    }
    const analysis = jobBelow(this.#options.root, data);
    const why = await whyNotAllowed(this.#options.root, analysis);
    if (why !== null) return this.#decline(job, token, data, why);
    if ((await contentHash(jobPaths(analysis))) !== data.contentHash) {
      return this.#decline(job, token, data, message("captureDiffers", data.files.join(", ")));
    }
    const beganAt = performance.now();
    try {
      return await this.#analyze(job, data, analysis);
    } catch (error) {
      if (error instanceof NoPlace) return await this.#decline(job, token, data, error.words);
      if (error instanceof Failure) {
        this.counts.unreadable++;
        return { kind: "failure", words: withNames(error.words, nameIn(analysis)) };
      }
      this.counts.broken++;
      throw error;
    } finally {
      this.counts.busySeconds += (performance.now() - beganAt) / 1000;
    }
  }

  async #analyze(job: Job, data: QueueJob, analysis: AnalysisJob): Promise<QueueResult> {
    const { store } = this.#options;
    const cache = store === undefined ? noCache : openCache(store);
    const known = await cache.find(analysis, data.contentHash);
    if (known !== null) {
      this.counts.known++;
      return encodeResult(known, keptIn(store, null));
    }
    const runner = this.#idle.pop() ?? (canStartThreads ? startJobThread() : ownThread());
    try {
      const metrics = await this.#watched(job, runner, analysis, data);
      const notKept = await cache.keep(analysis, data.contentHash, metrics);
      const result = await encodeResult(metrics, keptIn(store, notKept));
      this.counts.done++;
      this.#idle.push(runner);
      return result;
    } catch (error) {
      if (error instanceof Failure) this.#idle.push(runner);
      else await runner.stop();
      throw error;
    }
  }

  /** Runs the job; an analysis that reads nothing for long is ended. */
  async #watched(job: Job, runner: JobRunner, analysis: AnalysisJob, data: QueueJob) {
    let readAt = performance.now();
    let toldAt = 0;
    let bytes = 0;
    const run = runner.run(
      analysis,
      (bytesRead) => {
        readAt = performance.now();
        this.counts.bytes += bytesRead - bytes;
        bytes = bytesRead;
        if (readAt - toldAt < PROGRESS_MS) return;
        toldAt = readAt;
        job.updateProgress(bytesRead).catch(() => undefined);
      },
      data.contentHash,
    );
    let watch: NodeJS.Timeout | undefined;
    const hanging = new Promise<never>((_resolve, reject) => {
      watch = setInterval(() => {
        if (performance.now() - readAt > HANG_MS)
          reject(new Error(`nothing was read for ${HANG_MS / 1000} s`));
      }, PROGRESS_MS);
    });
    try {
      return await Promise.race([run, hanging]);
    } finally {
      clearInterval(watch);
    }
  }

  /** Leaves a job to others; the last one of all workers who can't do it says so for good. */
  async #decline(job: Job, token: string | undefined, data: QueueJob, why: Message): Promise<never> {
    const { DelayedError, UnrecoverableError } = this.#bullmq;
    this.counts.declined++;
    const isNew = !data.declined.some(({ worker }) => worker === this.#name);
    if (isNew) this.#options.onNotice(message("jobDeclined", data.files.join(", "), why));
    const declined = isNew ? [...data.declined, { worker: this.#name, why }] : data.declined;
    if (isNew) await job.updateData({ ...data, declined });
    const workers = await this.#othersOf(declined.map(({ worker }) => worker));
    if (workers === 0) throw new UnrecoverableError("nobody-can");
    await job.moveToDelayed(Date.now() + OFFER_AGAIN_MS, token);
    throw new DelayedError();
  }

  /** How many workers there are but for these. */
  async #othersOf(names: readonly string[]): Promise<number> {
    this.#queue ??= this.#openQueue();
    const present = (await this.#queue.getWorkers()).map((one) => String(one["rawname"] ?? one["name"]));
    return present.filter((raw) => !names.some((name) => raw.endsWith(name))).length;
  }

  #openQueue(): Queue {
    const queue = new this.#bullmq.Queue(QUEUE_NAME, { connection: keptUp(this.#options.place) });
    // The worker's own connection says that the server is away.
    queue.on("error", () => {});
    return queue;
  }
}

function keptIn(store: string | undefined, notKept: string | null) {
  return store === undefined ? null : { folder: store, notKept };
}
