/** What a worker answers: the result itself where it is small, compressed; its place in the shared store where it is not. */
import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";
import { z } from "zod";
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { MESSAGE } from "./queue-job.ts";

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Bytes of a compressed result that still goes through Redis, which keeps it in memory for a day. */
export const MAX_INLINE_BYTES = 1 << 20;
/** No result of an analysis is larger; what claims to be was made to fill memory. */
const MAX_RESULT_BYTES = 1 << 30;

const QUEUE_RESULT = z.discriminatedUnion("kind", [
  /** JSON, deflated (RFC 1951), in base64. */
  z.object({ kind: z.literal("inline"), deflated: z.string() }),
  /** In the shared store, under the name that the job's content gives it. */
  z.object({ kind: z.literal("stored") }),
  /** The captures can't be read, here or anywhere. */
  z.object({ kind: z.literal("failure"), words: MESSAGE }),
]);

export type QueueResult = z.infer<typeof QUEUE_RESULT>;

/** What lies in Redis as a job's result; `null` where it is none. */
export function resultOf(value: unknown): QueueResult | null {
  return QUEUE_RESULT.safeParse(value).data ?? null;
}

/** A worker has no place for a result, which says nothing of the captures: another worker may have one. */
export class NoPlace extends Failure {}

/**
 * @param store where the result is kept already, or why it is not; absent: there is no store
 * @throws NoPlace where it is too large for Redis, and in no store
 */
export async function encodeResult(
  metrics: DiagnosedRun,
  store: { readonly folder: string; readonly notKept: string | null } | null,
): Promise<QueueResult> {
  const json = JSON.stringify(metrics);
  const deflated = await deflate(json, { level: constants.Z_BEST_SPEED });
  if (deflated.length <= MAX_INLINE_BYTES) return { kind: "inline", deflated: deflated.toString("base64") };
  if (store === null) throw new NoPlace(message("resultTooLarge", Math.ceil(deflated.length / (1 << 20))));
  if (store.notKept !== null) throw new NoPlace(message("storeNotWritten", store.folder, store.notKept));
  return { kind: "stored" };
}

/** A result that came through Redis; `null` where it is damaged. */
export async function decodeInline(deflated: string): Promise<DiagnosedRun | null> {
  try {
    const json = await inflate(Buffer.from(deflated, "base64"), { maxOutputLength: MAX_RESULT_BYTES });
    return JSON.parse(json.toString("utf8"));
  } catch {
    return null;
  }
}
