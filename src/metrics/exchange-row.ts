import type { Exchange } from "../http/exchange.ts";
import type { AddressBook, ConnectionBook } from "../tcp/connection-book.ts";
import type { Side } from "../tcp/side.ts";
import { isoTime, millisecondsFromNanoseconds } from "../units.ts";
import { endpointText } from "./endpoints.ts";

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
  readonly state: string;
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

/** Writes an exchange as a row; `startNs` is the absolute time of the capture's time 0. */
export function exchangeRow(
  exchange: Exchange,
  pair: string | null,
  table: ConnectionBook,
  addresses: AddressBook,
  startNs: bigint,
): ExchangeRow {
  const { connection, clientSide } = exchange;
  const endpoint = (side: Side) =>
    endpointText(addresses.bytesOf(table.addressOf(connection, side)), table.portOf(connection, side));
  const asked = exchange.requestStartNs >= 0;
  const answered = exchange.responseStartNs >= 0;
  return {
    pair,
    client: endpoint(clientSide),
    server: endpoint((1 - clientSide) as Side),
    connection: table.ordinalOf(connection),
    exchange: exchange.ordinal + 1,
    state: exchange.state,
    method: exchange.method || null,
    target: exchange.target || null,
    host: exchange.host || null,
    status: exchange.status || null,
    interimResponses: exchange.interimResponses,
    requestStart: asked ? isoTime(startNs + BigInt(exchange.requestStartNs)) : null,
    requestDurationMs: elapsedMs(exchange.requestStartNs, exchange.requestEndNs),
    timeToFirstByteMs: elapsedMs(exchange.requestEndNs, exchange.responseStartNs),
    timeToLastByteMs: elapsedMs(exchange.requestEndNs, exchange.responseEndNs),
    transferDurationMs: elapsedMs(exchange.responseStartNs, exchange.responseEndNs),
    requestBytes: asked ? exchange.requestBytes : null,
    responseBytes: answered ? exchange.responseBytes : null,
    requestFrame: exchange.requestEndFrame || null,
    responseStartFrame: exchange.responseStartFrame || null,
    responseEndFrame: exchange.responseEndFrame || null,
  };
}

/** `null` where one end was not seen, or was recorded before the other. */
function elapsedMs(fromNs: number, toNs: number): number | null {
  return fromNs < 0 || toNs < fromNs ? null : millisecondsFromNanoseconds(toNs - fromNs);
}
