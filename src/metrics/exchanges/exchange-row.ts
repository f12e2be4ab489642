import { EXCHANGE_STATES } from "../../engine/http/exchange-state.ts";
import { methodName } from "../../engine/http/methods.ts";
import type { ExchangeReadings } from "../../engine/readings/exchange-readings.ts";
import { millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../../units.ts";
import type { BalancedExchangeRow } from "../balancer-metrics.ts";

/**
 * How an exchange ended. The first that fits:
 * - `responseOnly`: the request was not captured
 * - `uncertain`: messages were lost, or a header was cut by a hole. The pairing is a guess, or (where `status` is 0) there
 *   was more than one candidate for the response, and none was chosen
 * - `malformed`: the framing of request or response can't be understood (a wrong chunk size, lengths that differ), or a
 *   header is longer than 256 KiB
 * - `aborted`: the connection ended, or was reset, before the framing said so: request or response was cut
 * - `running`: request or response was still under way when the capture ended, or the connection had been quiet for an hour
 * - `unanswered`: the connection or the capture ended and no byte of a final response had come
 * - `bodyHole`: complete, but bytes of a body are missing in the capture. They were passed over by their number; where that
 *   was impossible, the end of request or response is not known
 * - `complete`: request and final response were framed to their last byte
 */
export type ExchangeState = (typeof EXCHANGE_STATES)[number];

/**
 * Where the time from the request's last byte to the answer's first went, where a tap farther on its way recorded the exchange too.
 * The network's parts are wrong by the clocks' bound, one by as much too long as the other too short; the sum of all is
 * `timeToFirstByteMs`.
 */
export interface ExchangeParts {
  /** The request's last byte, from this tap to the farther one. */
  readonly networkThereMs: number;
  /** At the farther tap, from the request's last byte to the answer's first: the host behind it. Exact. */
  readonly serverMs: number;
  /** The answer's first byte, from the farther tap to this one. */
  readonly networkBackMs: number;
}

/** One HTTP exchange as a row for `--exchanges`; what was not seen is `null`, parts of times are absent where no tap tells them. */
export interface ExchangeRow extends Partial<ExchangeParts> {
  /** Name of the pair that the exchange belongs to; `null` outside the pairs asked for. */
  readonly pair: string | null;
  /** `address:port`, IPv6 in brackets. */
  readonly client: string;
  readonly server: string;
  /** 1, 2, … in order of the connection's first frame in the capture. */
  readonly connection: number;
  /** 1, 2, … on its connection. */
  readonly exchange: number;
  /** Wireshark's number of the connection. */
  readonly tcpStream: number;
  /** The connection's Community ID, version 1, seed 0: what Zeek, Suricata and Wireshark call it by. */
  readonly communityId: string;
  /** How it ended. */
  readonly state: ExchangeState;
  readonly method: string | null;
  readonly target: string | null;
  readonly host: string | null;
  readonly status: number | null;
  /** gRPC's status, 0 … 16; absent where none came. */
  readonly grpcStatus?: number;
  /** Of HTTP/2: how long the stream waited for WINDOW_UPDATE, in all; absent where it didn't. */
  readonly stallMs?: number;
  readonly interimResponses: number;
  /** First byte of the request: ISO 8601, UTC, nine decimals; `null` also outside of the years 0 to 9999. */
  readonly requestStart: string | null;
  /** The same in seconds since the capture's first frame, as Wireshark's column Time. */
  readonly requestStartSeconds: number | null;
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
  /** What a balancer did for it; `null` where it was not asked of a balancer, or what it caused was not found. */
  readonly upstream: UpstreamLink | null;
  /** Why a balancer asked it; `null` where no balancer did, or no client's exchange explains it. */
  readonly downstream: DownstreamLink | null;
}

/** What is known of an exchange on the balancer's other side. */
export type ExchangeLinks = Pick<ExchangeRow, "upstream" | "downstream">;

/** From a client's exchange to the backends' that it caused, found by `BalancerMetrics`' rules. */
export type UpstreamLink = Pick<
  BalancedExchangeRow,
  "outcome" | "uncertain" | "attempts" | "waitBeforeMs" | "waitAfterMs" | "addedTimeToFirstByteMs"
>;

/** From a backend's exchange to the client's that caused it. */
export interface DownstreamLink extends Pick<BalancedExchangeRow, "client" | "connection" | "exchange"> {
  readonly uncertain: boolean;
}

/** Who is behind the numbers of a run's addresses. */
export interface ExchangeNames {
  /** `address:port`, IPv6 in brackets. */
  endpoint(address: number, port: number): string;
  /** Name of the pair with this destination; port 0 = all. */
  pair(destination: number, port: number): string;
  /** A row's Community ID, as a property that is computed where it is read: most outputs don't. One for all rows. */
  readonly communityId: { readonly enumerable: true; get(this: ExchangeRow): string };
  /** An absolute time, from ns since the capture's first packet. */
  isoTime(elapsedNs: number): string | null;
}

/** An exchange as the engine read it, with the names of its ends. @internal */
export function exchangeRow(
  readings: ExchangeReadings,
  { upstream, downstream }: ExchangeLinks,
  names: ExchangeNames,
): ExchangeRow {
  const { pairDestination, requestStartNs, requestEndNs, responseStartNs, responseEndNs } = readings;
  const asked = requestStartNs >= 0;
  const row = {
    pair: pairDestination < 0 ? null : names.pair(pairDestination, readings.pairPort),
    client: names.endpoint(readings.client, readings.clientPort),
    server: names.endpoint(readings.server, readings.serverPort),
    connection: readings.connection,
    exchange: readings.ordinal + 1,
    tcpStream: readings.connection - 1,
    state: EXCHANGE_STATES[readings.state] ?? "complete",
    method: methodName(readings.method) || readings.methodName.text || null,
    target: readings.target.text || null,
    host: readings.host.text || null,
    status: readings.status || null,
    ...(readings.grpcStatus >= 0 && { grpcStatus: readings.grpcStatus }),
    ...(readings.stalledNs > 0 && { stallMs: millisecondsFromNanoseconds(readings.stalledNs) }),
    interimResponses: readings.interimResponses,
    requestStart: asked ? names.isoTime(requestStartNs) : null,
    requestStartSeconds: asked ? requestStartNs / NANOSECONDS_PER_SECOND : null,
    requestDurationMs: elapsedMs(requestStartNs, requestEndNs),
    timeToFirstByteMs: elapsedMs(requestEndNs, responseStartNs),
    timeToLastByteMs: elapsedMs(requestEndNs, responseEndNs),
    transferDurationMs: elapsedMs(responseStartNs, responseEndNs),
    requestBytes: asked ? readings.requestBytes : null,
    responseBytes: responseStartNs >= 0 ? readings.responseBytes : null,
    requestFrame: readings.requestEndFrame || null,
    responseStartFrame: readings.responseStartFrame || null,
    responseEndFrame: readings.responseEndFrame || null,
    upstream,
    downstream,
  };
  return Object.defineProperty(row, "communityId", names.communityId) as typeof row &
    Pick<ExchangeRow, "communityId">;
}

/** `null` where one end was not seen, or was recorded before the other. */
function elapsedMs(fromNs: number, toNs: number): number | null {
  return fromNs < 0 || toNs < fromNs ? null : millisecondsFromNanoseconds(toNs - fromNs);
}
