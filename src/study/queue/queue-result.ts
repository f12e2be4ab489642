/** What a worker answers: the result itself where it is small, compressed; its place in the shared store where it is not. */
import { promisify } from "node:util";
import { constants, deflateRaw, inflateRaw } from "node:zlib";
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import { Failure } from "../../failure.ts";
import { type Message, message } from "../../words/message.ts";

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Bytes of a compressed result that still goes through Redis, which keeps it in memory for a day. */
export const MAX_INLINE_BYTES = 1 << 20;
/** No result of an analysis is larger; what claims to be was made to fill memory. */
const MAX_RESULT_BYTES = 1 << 30;

export type QueueResult =
  /** JSON, deflated (RFC 1951), in base64. */
  | { readonly kind: "inline"; readonly deflated: string }
  /** In the shared store, under the name that the job's content gives it. */
  | { readonly kind: "stored" }
  /** The captures can't be read, here or anywhere. */
  | { readonly kind: "failure"; readonly words: Message };

/**
 * @param hasStore whether the result is in a shared store already
 * @throws Failure where it is too large and there is no store
 */
export async function encodeResult(metrics: DiagnosedRun, hasStore: boolean): Promise<QueueResult> {
  const json = JSON.stringify(metrics);
  const deflated = await deflate(json, { level: constants.Z_BEST_SPEED });
  if (deflated.length <= MAX_INLINE_BYTES) return { kind: "inline", deflated: deflated.toString("base64") };
  if (hasStore) return { kind: "stored" };
  throw new Failure(message("resultTooLarge", Math.ceil(deflated.length / (1 << 20))));
}

/** A result that came through Redis. */
export async function decodeInline(deflated: string): Promise<DiagnosedRun> {
  const json = await inflate(Buffer.from(deflated, "base64"), { maxOutputLength: MAX_RESULT_BYTES });
  return JSON.parse(json.toString("utf8"));
}
