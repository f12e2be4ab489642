/** Runs analyses by putting them into the queue, and waits for whoever does them. */
import { setTimeout as pause } from "node:timers/promises";
import type { Job, Queue } from "bullmq";
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import { Failure } from "../../failure.ts";
import { version } from "../../version.ts";
import { distinctMessages, type Message, message } from "../../words/message.ts";
import { openCache } from "../cache/result-cache.ts";
import { type AnalysisJob, runJob } from "../jobs/analysis-job.ts";
import { BrokenOff, type RemoteRunner } from "../jobs/job-runner.ts";
import {
  type BullMq,
  endConnections,
  isOfConnection,
  keptUp,
  loadBullMq,
  tryConnection,
} from "./load-bullmq.ts";
import { QUEUE_JOB, QUEUE_NAME, type QueueJob, queueJob, queueJobId } from "./queue-job.ts";
import type { QueuePlace } from "./queue-place.ts";
import { decodeInline, type QueueResult, resultOf } from "./queue-result.ts";

/** Jobs of this command that are in the queue at the same time. */
const MAX_UNDER_WAY = 1_000;
/** Times that a job is begun whose worker fails; one whose worker dies is begun once more than it may stall. */
export const MAX_ATTEMPTS = 3;
const RETRY_MS = 500;
/** Done and failed jobs are kept for others who ask the same, and for this command when it is repeated. */
const KEPT_SECONDS = 86_400;
/** Events can be lost with a server; so often every job is looked at. */
const LOOK_MS = 2_000;
/** A server that is away for longer is lost: seconds, in this variable; absent or no number: 60. */
const PATIENCE_VARIABLE = "LBQOS_QUEUE_PATIENCE_SECONDS";
const LOST_AFTER_SECONDS = Number(process.env[PATIENCE_VARIABLE]) || 60;
/** Times that a job is asked whose result is not there though it is done. */
const MAX_ASKED = 2;
/** After a connection broke, until what was asked is asked again. */
const ASK_AGAIN_MS = 200;
/** After so long without any worker, that is said once. */
const LONELY_AFTER_MS = 3_000;

export interface QueueOptions {
  readonly place: QueuePlace;
  /** What workers' roots stand for here. */
  readonly root: string;
  /** A folder that workers share with this machine, for large results; absent: none. */
  readonly store?: string;
  /** Says what the user should know while it waits. */
  readonly onNotice: (notice: Message) => void;
}

/** What became of a job. A result of `null` was lost, or is none. */
type Outcome = { readonly result: QueueResult | null } | { readonly failure: Message };
type DoneResult = Exclude<QueueResult, { kind: "failure" }>;

/** A job that somebody waits for. */
interface Waiting {
  readonly data: QueueJob;
  readonly onProgress: (bytesRead: number) => void;
  readonly done: (outcome: Outcome) => void;
  readonly broken: (error: unknown) => void;
}

/**
 * @returns what runs jobs; `stop` lets go of the queue, where jobs stay that were put there
 * @throws Failure where the queue can't be reached or its packages are missing
 */
export async function openQueue(options: QueueOptions): Promise<RemoteRunner> {
  const bullmq = await loadBullMq();
  await tryConnection(bullmq, options.place);
  return new QueueRunner(bullmq, options);
}

class QueueRunner implements RemoteRunner {
  readonly atOnce = MAX_UNDER_WAY;
  readonly #options: QueueOptions;
  readonly #queue: Queue;
  readonly #events: InstanceType<BullMq["QueueEvents"]>;
  readonly #waiting = new Map<string, Waiting[]>();
  /** Those of them that were put into the queue: what stands there of the others is from an earlier time. */
  readonly #begun = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #awaySince: number | null = null;
  #lonelySince: number | null = null;
  #looking = false;
  #toldLonely = false;
  #isStopped = false;

  constructor({ Queue, QueueEvents }: BullMq, options: QueueOptions) {
    this.#options = options;
    const connection = keptUp(options.place);
    this.#queue = new Queue(QUEUE_NAME, { connection });
    this.#events = new QueueEvents(QUEUE_NAME, { connection });
    this.#queue.on("error", () => this.#isAway());
    this.#events.on("error", () => this.#isAway());
    // What a broken connection hides now, the next look at all finds.
    this.#events.on("completed", ({ jobId }) => void this.#look(jobId).catch(() => undefined));
    this.#events.on("failed", ({ jobId }) => void this.#look(jobId).catch(() => undefined));
    this.#events.on("progress", ({ jobId, data }) => {
      for (const { onProgress } of this.#waiting.get(jobId) ?? []) {
        if (typeof data === "number") onProgress(data);
      }
    });
    this.#timer = setInterval(() => void this.#lookAtAll(), LOOK_MS);
  }

  async run(
    job: AnalysisJob,
    onProgress: (bytesRead: number) => void,
    contentHash: string | null,
  ): Promise<DiagnosedRun> {
    // What can't be read here is said in the words of an analysis.
    if (contentHash === null) return runJob(job);
    const data = queueJob(job, contentHash, this.#options.root, version());
    for (let asked = 1; ; asked++) {
      const outcome = await this.#outcomeOf(data, onProgress);
      if ("failure" in outcome) throw new Failure(outcome.failure);
      const { result } = outcome;
      if (result?.kind === "failure") throw new Failure(result.words);
      const metrics = await this.#metricsOf(result, job, contentHash);
      if (metrics !== null) return metrics;
      if (asked === MAX_ASKED) throw new Failure(message("resultNotInStore", this.#options.store ?? "–"));
      await this.#whateverBreaks(() => this.#forget(queueJobId(data)));
    }
  }

  /** `null` where a job is said to be done whose result is not there, or no longer. */
  async #metricsOf(result: DoneResult | null, job: AnalysisJob, hash: string): Promise<DiagnosedRun | null> {
    if (result?.kind === "inline") return decodeInline(result.deflated);
    const { store } = this.#options;
    return result === null || store === undefined ? null : openCache(store).find(job, hash);
  }

  /** Takes the job out of the queue, so that it can be asked anew. */
  async #forget(id: string): Promise<void> {
    const job: Job | undefined = await this.#queue.getJob(id);
    // Somebody else may have begun it anew, and has it under way.
    await job?.remove().catch((error) => {
      if (isOfConnection(error)) throw error;
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#waiting.clear();
    this.#isStopped = true;
    await endConnections([this.#queue, this.#events], this.#awaySince !== null);
  }

  #outcomeOf(data: QueueJob, onProgress: Waiting["onProgress"]): Promise<Outcome> {
    return new Promise((done, broken) => {
      const id = queueJobId(data);
      const others = this.#waiting.get(id) ?? [];
      this.#waiting.set(id, [...others, { data, onProgress, done, broken }]);
      if (others.length === 0) this.#whateverBreaks(() => this.#begin(id, data)).catch(broken);
    });
  }

  /** Asks again while connections break: an error of a command may come before that of its connection, or without it. */
  async #whateverBreaks(ask: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isOfConnection(error)) throw error;
        this.#isAway();
        if (this.#isStopped) return;
        if (this.#isLost()) throw this.#lost();
      }
      await pause(ASK_AGAIN_MS);
    }
  }

  #isAway(): void {
    this.#awaySince ??= Date.now();
  }

  #isLost(): boolean {
    return this.#awaySince !== null && Date.now() - this.#awaySince > 1000 * LOST_AFTER_SECONDS;
  }

  #lost(): BrokenOff {
    return new BrokenOff(message("queueLost", this.#options.place.name, LOST_AFTER_SECONDS));
  }

  /** Puts a job into the queue, unless it is there; one that failed before is begun anew. */
  async #begin(id: string, data: QueueJob): Promise<void> {
    const old: Job | undefined = await this.#queue.getJob(id);
    if (old !== undefined && (await old.isFailed())) await this.#forget(id);
    this.#begun.add(id);
    await this.#queue.add("capture", data, {
      jobId: id,
      attempts: MAX_ATTEMPTS,
      backoff: { type: "fixed", delay: RETRY_MS },
      removeOnComplete: { age: KEPT_SECONDS },
      removeOnFail: { age: KEPT_SECONDS },
    });
    if (old !== undefined) await this.#look(id);
  }

  /** Whether a job has an outcome by now. */
  async #look(id: string): Promise<void> {
    const [first] = this.#waiting.get(id) ?? [];
    if (first === undefined || !this.#begun.has(id)) return;
    // The state first: of a job that was fetched before it ended, the outcome would be missing.
    const state = await this.#queue.getJobState(id);
    this.#awaySince = null;
    if (state !== "completed" && state !== "failed" && state !== "unknown") return;
    const job: Job | undefined = state === "unknown" ? undefined : await this.#queue.getJob(id);
    // A server that was started again may have forgotten it.
    if (job === undefined) await this.#begin(id, first.data);
    else if (state === "completed") this.#end(id, { result: resultOf(job.returnvalue) });
    else this.#end(id, { failure: failureOf(job) });
  }

  #end(id: string, outcome: Outcome): void {
    const waiting = this.#waiting.get(id) ?? [];
    this.#waiting.delete(id);
    this.#begun.delete(id);
    for (const { done } of waiting) done(outcome);
  }

  async #lookAtAll(): Promise<void> {
    if (this.#isLost()) this.#breakAll(this.#lost());
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const id of [...this.#waiting.keys()]) await this.#look(id);
      await this.#tellLonely();
    } catch (error) {
      if (isOfConnection(error)) this.#isAway();
      else this.#breakAll(error);
    } finally {
      this.#looking = false;
    }
  }

  #breakAll(error: unknown): void {
    for (const { broken } of [...this.#waiting.values()].flat()) broken(error);
  }

  /** Says once that nobody works. */
  async #tellLonely(): Promise<void> {
    if (this.#toldLonely || this.#waiting.size === 0) return;
    if ((await this.#queue.getWorkers()).length > 0) {
      this.#lonelySince = null;
      return;
    }
    this.#lonelySince ??= Date.now();
    if (Date.now() - this.#lonelySince < LONELY_AFTER_MS) return;
    this.#toldLonely = true;
    this.#options.onNotice(message("noWorkers", this.#options.place.name));
  }
}

/** Why a job failed for good: what workers said who could not do it, or that each that began it died or broke off. */
function failureOf(job: Job): Message {
  const { data } = QUEUE_JOB.safeParse(job.data);
  const reasons = distinctMessages(
    (data?.declined ?? []).map(({ worker, why }) => message("workerSays", worker, why)),
  );
  if (reasons.length > 0) return message("nobodyCan", [...reasons]);
  if (/stalled/.test(job.failedReason)) return message("workersDied", job.stalledCounter);
  return message("gaveUp", job.attemptsMade, job.failedReason);
}
