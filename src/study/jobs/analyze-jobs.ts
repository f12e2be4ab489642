/** Many runs at once, in worker threads, each only if the cache doesn't know it. */
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { RunOutcome } from "../../experiment/analyzed-experiment.ts";
import { Failure } from "../../failure.ts";
import { canStartThreads } from "../../threads/start-thread.ts";
import { unlessAborted } from "../../threads/unless-aborted.ts";
import { withNames } from "../../words/message.ts";
import { contentHash, hashWithKeys } from "../cache/content-hash.ts";
import { noCache, openCache, type ResultCache } from "../cache/result-cache.ts";
import { type AnalysisJob, jobPaths, nameIn } from "./analysis-job.ts";
import { BrokenOff, type JobRunner, ownThread, type RemoteRunner, startJobThread } from "./job-runner.ts";

/** How analyses are run. */
export interface AnalysisPlan {
  /** Captures that are analyzed at the same time, each in a thread; 1: in this thread. Default: one per processor. */
  readonly jobs?: number;
  /** Where results are kept by content, so that the next time is quick; absent: nowhere. */
  readonly cacheFolder?: string;
  /** Of all jobs only each `count`th, from the `index`th on (0 …): the others have no outcome. */
  readonly part?: JobPart;
  /** What runs the jobs in place of this machine's threads: a queue. @internal */
  readonly remote?: RemoteRunner;
  /** Secrets of TLS sessions for all captures: text of a key log (RFC 9850). Results are kept apart by it, and without it. */
  readonly keys?: string;
  /** Ends all of it before its time: threads end, results that are kept stay, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then: bytes of captures done with so far, and of how many. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

/** A share of the jobs, for several machines that share a cache. */
export interface JobPart {
  readonly index: number;
  readonly count: number;
}

/**
 * Outcomes in the order of the jobs. A capture that can't be read is an outcome too; other errors are thrown.
 * @throws the reason of the plan's signal once it is aborted
 */
export async function analyzeJobs(jobs: readonly AnalysisJob[], plan: AnalysisPlan): Promise<RunOutcome[]> {
  const cache = plan.cacheFolder === undefined ? noCache : openCache(plan.cacheFolder);
  const sizes = await Promise.all(jobs.map(jobBytes));
  const progress = sumProgress(sizes, plan.onProgress);
  const outcomes: RunOutcome[] = [];
  // The longest first: then threads end at about the same time.
  const { part } = plan;
  const queue = [...jobs.keys()]
    .filter((at) => part === undefined || at % part.count === part.index)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  const { remote, signal } = plan;
  const most = remote?.atOnce ?? plan.jobs ?? availableParallelism();
  const maxAtOnce = Math.max(1, Math.min(most, jobs.length));

  const inThreads = maxAtOnce > 1 && canStartThreads;

  const startRunner = (): JobRunner => {
    signal?.throwIfAborted();
    if (remote !== undefined) return shared(remote);
    return inThreads ? startJobThread() : ownThread(signal);
  };
  const inTurn = remote === undefined ? <T>(work: () => Promise<T>) => work() : oneByOne();

  const runners: LazyRunner[] = [];
  const work = async (): Promise<void> => {
    const runner = lazyRunner(startRunner);
    runners.push(runner);
    try {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
        const job = jobs[index];
        if (job === undefined) continue;
        const at = index;
        const onJob = (bytes: number) => progress(at, bytes);
        const keys = job.keys ?? plan.keys;
        outcomes[at] = await outcomeOf(job, keys, cache, runner.get, inTurn, onJob);
        progress(at, sizes[at] ?? 0);
      }
    } finally {
      queue.length = 0;
      await runner.stop();
    }
  };
  try {
    await unlessAborted(signal, Promise.all(Array.from({ length: maxAtOnce }, work)));
  } finally {
    queue.length = 0;
    // After an abort nobody else does: what a thread was asked is never answered.
    for (const runner of runners) await runner.stop();
  }
  await cache.tidy();
  return outcomes;
}

async function outcomeOf(
  job: AnalysisJob,
  keys: string | undefined,
  cache: ResultCache,
  runner: () => JobRunner,
  inTurn: InTurn,
  onProgress: (bytesRead: number) => void,
): Promise<RunOutcome> {
  const hash = await inTurn(() => contentHash(jobPaths(job)));
  const keptAs = hash === null ? null : hashWithKeys(hash, keys);
  const known = keptAs === null ? null : await cache.find(job, keptAs);
  if (known !== null) return { contentHash: hash, metrics: known, failure: null };
  try {
    const metrics = await runner().run(keys === undefined ? job : { ...job, keys }, onProgress, keptAs);
    if (keptAs !== null) await cache.keep(job, keptAs, metrics);
    return { contentHash: hash, metrics, failure: null };
  } catch (error) {
    if (!(error instanceof Failure) || error instanceof BrokenOff) throw error;
    return { contentHash: hash, metrics: null, failure: withNames(error.words, nameIn(job)) };
  }
}

/** Does work now, or when it is its turn. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after the other: captures of many jobs are not all read at the same time. */
function oneByOne(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const own = last.then(work);
    last = own.catch(() => undefined);
    return own;
  };
}

/** A runner that many use, and that its owner stops. */
function shared(remote: RemoteRunner): JobRunner {
  return { run: (...job) => remote.run(...job), stop: async () => undefined };
}

/** A runner that is there from its first use on: results from the cache need none. */
interface LazyRunner {
  readonly get: () => JobRunner;
  /** Harmless when called twice. */
  readonly stop: () => Promise<void>;
}

function lazyRunner(start: () => JobRunner): LazyRunner {
  let runner: JobRunner | null = null;
  return {
    get: () => {
      runner ??= start();
      return runner;
    },
    stop: async () => runner?.stop(),
  };
}

async function jobBytes(job: AnalysisJob): Promise<number> {
  const sizes = await Promise.all(
    jobPaths(job).map(async (path) => (await stat(path).catch(() => null))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Brings the progress of several jobs together. */
function sumProgress(
  sizes: readonly number[],
  report: AnalysisPlan["onProgress"],
): (index: number, bytes: number) => void {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const done = sizes.map(() => 0);
  return (index, bytes) => {
    done[index] = Math.min(bytes, sizes[index] ?? 0);
    report?.(
      done.reduce((sum, one) => sum + one, 0),
      total,
    );
  };
}
