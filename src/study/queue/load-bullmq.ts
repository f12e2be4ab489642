/** The packages of the queue, which are optional: they are loaded when a queue is named. */
import { setTimeout as pause } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { connectionReason, type QueuePlace } from "./queue-place.ts";

/** What a lost connection waits before it is tried again, at most. */
const MAX_RETRY_MS = 1_000;

/** How long connections to a server that is away have to end. */
const FAREWELL_MS = 500;

/** What lbqos uses of them. */
export interface BullMq {
  readonly Queue: typeof import("bullmq").Queue;
  readonly QueueEvents: typeof import("bullmq").QueueEvents;
  readonly Worker: typeof import("bullmq").Worker;
  readonly DelayedError: typeof import("bullmq").DelayedError;
  readonly UnrecoverableError: typeof import("bullmq").UnrecoverableError;
  readonly Redis: typeof import("ioredis").Redis;
}

/** @throws Failure where the packages are not installed */
export async function loadBullMq(): Promise<BullMq> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    const { Queue, QueueEvents, Worker, DelayedError, UnrecoverableError } = bullmq;
    return { Queue, QueueEvents, Worker, DelayedError, UnrecoverableError, Redis };
  } catch {
    throw new Failure(message("bullMqMissing"));
  }
}

/** How connections are kept up: commands wait until the server is back. */
export function keptUp(place: QueuePlace) {
  return {
    ...place.connection,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(MAX_RETRY_MS, times * 100),
  };
}

/**
 * Connects once, to see whether the server is there and lets us in.
 * @throws Failure
 */
export async function tryConnection({ Redis }: BullMq, place: QueuePlace): Promise<void> {
  const options = {
    ...place.connection,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  };
  const redis = new Redis(options);
  let reason: unknown = null;
  redis.on("error", (error) => {
    reason ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new Failure(message("queueNotReached", place.name, connectionReason(reason ?? error)));
  } finally {
    redis.disconnect();
  }
}

/**
 * Whether an error says that the connection broke, and nothing of what was asked: the system's have a code (`EPIPE`, `ECONNRESET`),
 * ioredis' own have their text.
 */
export function isOfConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && typeof error.code === "string") || /connection is closed/i.test(error.message);
}

/** What BullMQ keeps connections for. */
interface Connected {
  close(): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * Ends connections. A server that is away answers no good-bye, and BullMQ waits for it even to disconnect; of a connection that has just
 * broken, nobody knows yet that it is away. So nothing is waited for without an end.
 */
export async function endConnections(connected: readonly Connected[], isAway: boolean): Promise<void> {
  const ended = connected.map((one) => (isAway ? one.disconnect() : one.close()));
  await Promise.race([Promise.allSettled(ended), pause(FAREWELL_MS)]);
}
