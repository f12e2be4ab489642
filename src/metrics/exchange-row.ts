import { methodName } from "../engine/http/methods.ts";
import { isoTime, millisecondsFromNanoseconds } from "../units.ts";
import type { ReadingsReader } from "./readings-reader.ts";

/**
 * How an exchange ended. The first that fits:
 * - `responseOnly`: the request was not captured
 * - `uncertain`: messages were lost, or a header was cut by a hole. The pairing is a guess, or (where `status` is 0) there
 *   was more than one candidate for the response, and none was chosen
 * - `aborted`: the stream ended, or was reset, before the framing said so, or the framing can't be understood: request or
 *   response was cut
 * - `unanswered`: the connection or the capture ended and no byte of a final response had come
 * - `bodyHole`: complete, but bytes of a body are missing in the capture. They were passed over by their number; where that
 *   was impossible, the end of request or response is not known
 * - `complete`: request and final response were framed to their last byte
 */
export type ExchangeState = "complete" | "unanswered" | "aborted" | "responseOnly" | "bodyHole" | "uncertain";

/** By the numbers of `exchange-state.ts` of the http room. */
const STATES: readonly ExchangeState[] = [
  "complete",
  "unanswered",
  "aborted",
  "responseOnly",
  "bodyHole",
  "uncertain",
];

/** One HTTP exchange as a row for `--exchanges`; what was not seen is `null`. */
export interface ExchangeRow {
  /** Name of the pair that the exchange belongs to; `null` outside the pairs asked for. */
  readonly pair: string | null;
  /** `address:port`, IPv6 in brackets. */
  readonly client: string;
  readonly server: string;
  /** 1, 2, … in order of the connection's first frame in the capture. */
  readonly connection: number;
  /** 1, 2, … on its connection. */
  readonly exchange: number;
  /** How it ended. */
  readonly state: ExchangeState;
  readonly method: string | null;
  readonly target: string | null;
  readonly host: string | null;
  readonly status: number | null;
  readonly interimResponses: number;
  /** First byte of the request: ISO 8601, UTC, nine decimals. */
  readonly requestStart: string | null;
  /** First to last byte of the request. */
  readonly requestDurationMs: number | null;
  /** Last byte of the request → first byte of the final response. */
  readonly timeToFirstByteMs: number | null;
  /** Last byte of the request → last byte of the final response. */
  readonly timeToLastByteMs: number | null;
  /** First to last byte of the final response. */
  readonly transferDurationMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  /** Frame numbers as Wireshark shows them: of the request's last byte, of the response's first and last byte. */
  readonly requestFrame: number | null;
  readonly responseStartFrame: number | null;
  readonly responseEndFrame: number | null;
}

/** Who is behind the numbers of a run's addresses. */
export interface ExchangeNames {
  /** `address:port`, IPv6 in brackets. */
  endpoint(address: number, port: number): string;
  /** Name of the pair with this destination; port 0 = all. */
  pair(destination: number, port: number): string;
  /** Absolute time of the capture's time 0. */
  readonly startNs: bigint;
}

/** Reads what `putExchange` of the tally room puts down. */
export function readExchangeRow(figures: ReadingsReader, names: ExchangeNames): ExchangeRow {
  const destination = figures.number();
  const pairPort = figures.number();
  const endpoint = () => names.endpoint(figures.number(), figures.number());
  const who = {
    pair: destination < 0 ? null : names.pair(destination, pairPort),
    client: endpoint(),
    server: endpoint(),
    connection: figures.number(),
    exchange: figures.number() + 1,
  };
  const state = STATES[figures.number()] ?? "complete";
  const method = figures.number();
  const unknownMethod = figures.text();
  const what = {
    state,
    method: methodName(method) || unknownMethod || null,
    target: figures.text() || null,
    host: figures.text() || null,
    status: figures.number() || null,
    interimResponses: figures.number(),
  };
  const requestStartNs = figures.number();
  const requestEndNs = figures.number();
  const responseStartNs = figures.number();
  const responseEndNs = figures.number();
  const frames = {
    requestFrame: figures.number() || null,
    responseStartFrame: figures.number() || null,
    responseEndFrame: figures.number() || null,
  };
  const requestBytes = figures.number();
  const responseBytes = figures.number();
  const asked = requestStartNs >= 0;
  return {
    ...who,
    ...what,
    requestStart: asked ? isoTime(names.startNs + BigInt(requestStartNs)) : null,
    requestDurationMs: elapsedMs(requestStartNs, requestEndNs),
    timeToFirstByteMs: elapsedMs(requestEndNs, responseStartNs),
    timeToLastByteMs: elapsedMs(requestEndNs, responseEndNs),
    transferDurationMs: elapsedMs(responseStartNs, responseEndNs),
    requestBytes: asked ? requestBytes : null,
    responseBytes: responseStartNs >= 0 ? responseBytes : null,
    ...frames,
  };
}

/** `null` where one end was not seen, or was recorded before the other. */
function elapsedMs(fromNs: number, toNs: number): number | null {
  return fromNs < 0 || toNs < fromNs ? null : millisecondsFromNanoseconds(toNs - fromNs);
}
