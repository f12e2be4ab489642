/** What the queue's two ends do with connections that break, in an order that no real server can be made to keep. */
import type { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DiagnosedRun } from "../../../src/diagnosis/diagnosed-run.ts";
import type { RemoteRunner } from "../../../src/study/jobs/job-runner.ts";
import { endConnections, isOfConnection } from "../../../src/study/queue/load-bullmq.ts";
import { encodeResult } from "../../../src/study/queue/queue-result.ts";
import { openQueue } from "../../../src/study/queue/run-on-queue.ts";

const brokenPipe = () => Object.assign(new Error("write EPIPE"), { code: "EPIPE", syscall: "write" });

/** A queue in this process, of one job that is done at once; its commands break as often as each list says. */
const queue = vi.hoisted(() => ({
  breaks: { getJob: 0, add: 0, getJobState: 0 },
  events: [] as EventEmitter[],
  jobs: new Map<string, { returnvalue: unknown; failedReason?: string }>(),
  answer: null as unknown,
  /** Answers that get lost. */
  lost: 0,
}));

vi.mock("ioredis", async () => {
  const { EventEmitter } = await import("node:events");
  class Redis extends EventEmitter {
    connect = async () => undefined;
    ping = async () => "PONG";
    disconnect = () => undefined;
  }
  return { Redis };
});

vi.mock("bullmq", async () => {
  const { EventEmitter } = await import("node:events");
  const orBreak = (command: keyof typeof queue.breaks) => {
    if (queue.breaks[command]-- > 0) throw brokenPipe();
  };
  class Queue extends EventEmitter {
    getJob = async (id: string) => {
      orBreak("getJob");
      const job = queue.jobs.get(id);
      return (
        job && {
          ...job,
          isFailed: async () => job.failedReason !== undefined,
          remove: async () => queue.jobs.delete(id),
        }
      );
    };
    add = async (_name: string, _data: unknown, { jobId }: { jobId: string }) => {
      orBreak("add");
      queue.jobs.set(jobId, { returnvalue: queue.lost-- > 0 ? null : queue.answer });
      for (const events of queue.events) events.emit("completed", { jobId });
    };
    getJobState = async (id: string) => {
      orBreak("getJobState");
      const job = queue.jobs.get(id);
      return job === undefined ? "unknown" : job.failedReason === undefined ? "completed" : "failed";
    };
    getWorkers = async () => [{}];
    close = async () => undefined;
    disconnect = async () => undefined;
  }
  class QueueEvents extends EventEmitter {
    constructor() {
      super();
      queue.events.push(this);
    }
    close = async () => undefined;
    disconnect = async () => undefined;
  }
  return { Queue, QueueEvents, Worker: EventEmitter, DelayedError: Error, UnrecoverableError: Error };
});

const job = { folder: "/captures", files: ["run.pcap"], options: {} };
const metrics = { title: "a run" } as unknown as DiagnosedRun;
let runner: RemoteRunner;

/** Runs the job; from one look at it to the next passes less time than in life. */
async function run(): Promise<DiagnosedRun> {
  let isOver = false;
  const running = runner
    .run(job, () => undefined, "0".repeat(64))
    .finally(() => {
      isOver = true;
    });
  while (!isOver) {
    await Promise.race([running.catch(() => undefined), pause(50)]);
    vi.advanceTimersToNextTimer();
  }
  return running;
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  queue.events = [];
  queue.jobs.clear();
  queue.answer = await encodeResult(metrics, null);
  queue.breaks = { getJob: 0, add: 0, getJobState: 0 };
  queue.lost = 0;
  const place = { name: "redis:6379", connection: {} };
  runner = await openQueue({ place, root: "/captures", onNotice: () => undefined });
});
afterEach(async () => {
  await runner.stop();
  vi.useRealTimers();
});

test("a command that breaks while a job is put there is said again", async () => {
  queue.breaks = { getJob: 2, add: 1, getJobState: 0 };
  expect(await run()).toEqual(metrics);
});

// Vitest fails for a rejection that nobody handles, as the command does.
test("a look that breaks when the outcome is announced is had again", async () => {
  queue.breaks = { getJob: 0, add: 0, getJobState: 1 };
  expect(await run()).toEqual(metrics);
});

test("an outcome of an earlier time is none, although its job can't be put there anew for now", async () => {
  await run();
  for (const one of queue.jobs.values()) Object.assign(one, { failedReason: "yesterday" });
  queue.breaks = { getJob: 0, add: 12, getJobState: 0 };
  expect(await run()).toEqual(metrics);
});

test("a job that is asked anew is forgotten first, whatever breaks", async () => {
  queue.lost = 1;
  queue.breaks = { getJob: 1, add: 1, getJobState: 1 };
  expect(await run()).toEqual(metrics);
});

test("a good-bye that nobody answers is not waited for", async () => {
  const never = new Promise<void>(() => undefined);
  const rejected = async () => Promise.reject(brokenPipe());
  for (const isAway of [true, false]) {
    await endConnections(
      [
        { close: () => never, disconnect: () => never },
        { close: rejected, disconnect: rejected },
      ],
      isAway,
    );
  }
});

test("an error of what was asked is none of the connection", () => {
  expect(isOfConnection(brokenPipe())).toBe(true);
  expect(isOfConnection(new Error("Connection is closed."))).toBe(true);
  expect(isOfConnection(new Error("WRONGTYPE Operation against a key"))).toBe(false);
  // BullMQ numbers its own.
  expect(isOfConnection(Object.assign(new Error("Missing lock for job"), { code: -2 }))).toBe(false);
  expect(isOfConnection("EPIPE")).toBe(false);
});
