import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";

/** An exchange of a client with a server, as a row; what is not said is usual. */
export function drawnRow(said: Partial<ExchangeRow> = {}): ExchangeRow {
  return {
    pair: "A",
    client: "10.0.0.9:4000",
    server: "10.0.0.1:80",
    connection: 1,
    exchange: 1,
    tcpStream: 0,
    communityId: "1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    state: "complete",
    method: "GET",
    target: "/",
    host: null,
    status: 200,
    interimResponses: 0,
    requestStart: "2026-11-22T20:54:26.324605004Z",
    requestStartSeconds: 6.25,
    requestDurationMs: 0,
    timeToFirstByteMs: 1,
    timeToLastByteMs: 2,
    transferDurationMs: 1,
    requestBytes: 40,
    responseBytes: 100,
    requestFrame: 4,
    responseStartFrame: 5,
    responseEndFrame: 6,
    upstream: null,
    downstream: null,
    ...said,
  };
}
