/** Whether a connection turned out to speak HTTP/2, and who reads it then. */
import type { OpenExchange } from "../http/open-exchange.ts";
import type { Http2Connection } from "../http2/http2-connection.ts";
import { beginsPreface, beginsWithSettings, looksLikeHttp2, mayBegin } from "../http2/preface.ts";
import type { ConnectionShared } from "./connection-shared.ts";

/** What `clientOf` returns where HTTP/2 does not begin. */
export const NOT_HTTP2: i32 = -2;

export class Http2Switch {
  private readonly means: ConnectionShared;
  private reader: Http2Connection | null = null;

  constructor(means: ConnectionShared) {
    this.means = means;
  }

  get isOn(): boolean {
    return this.reader !== null;
  }

  /** Whether what was taken for HTTP/2 is something else. */
  get isOver(): boolean {
    const reader = this.reader;
    return reader === null ? false : reader.isOver;
  }

  /**
   * The side of the client, if HTTP/2 begins with these bytes of `side`; −1 where that is not told, else `NOT_HTTP2`.
   * @param isFirst they are the first of the side
   * @param fromStart the connection was seen from its begin
   */
  clientOf(side: i32, bytes: Uint8Array, start: i32, end: i32, isFirst: boolean, fromStart: boolean): i32 {
    if (!mayBegin(bytes, start, end)) return NOT_HTTP2;
    if (beginsPreface(bytes, start, end)) return side;
    if (!fromStart) return looksLikeHttp2(bytes, start, end) ? -1 : NOT_HTTP2;
    // A server may speak first (RFC 9113 §3.4).
    return isFirst && beginsWithSettings(bytes, start, end) ? 1 - side : NOT_HTTP2;
  }

  /** HTTP/2 begins: see `Http2Connection.open`. @param upgraded the request that asked for it, `null` = none did */
  begin(slot: i32, clientSide: i32, missed: i32, upgraded: OpenExchange | null): void {
    const reader = this.means.takeHttp2();
    reader.open(slot, clientSide, missed);
    if (upgraded !== null) reader.upgrade(upgraded);
    this.reader = reader;
  }

  data(side: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    const reader = this.reader;
    if (reader !== null) reader.data(side, bytes, start, end, timeNs, frame);
  }

  gap(side: i32, length: i32, timeNs: f64, frame: i32): void {
    const reader = this.reader;
    if (reader !== null) reader.gap(side, length, timeNs, frame);
  }

  close(side: i32, reason: i32, timeNs: f64): void {
    const reader = this.reader;
    if (reader !== null) reader.close(side, reason, timeNs);
  }

  /** Whether it turned out to be HTTP/1, and nothing else so far: then it is HTTP/1's again. */
  get isMistaken(): boolean {
    const reader = this.reader;
    return reader === null ? false : reader.isOver && reader.clientSide === -1;
  }

  /** The connection is over. */
  end(): void {
    const reader = this.reader;
    if (reader !== null) this.means.letHttp2Go(reader);
    this.reader = null;
  }
}
