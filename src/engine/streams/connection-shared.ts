/** What all connections share. */

import { Discards } from "../http/discards.ts";
import type { ExchangeListener } from "../http/exchange-listener.ts";
import { HeadShared } from "../http/head-reader.ts";
import { ExchangePool } from "../http/open-exchange.ts";
import { Http2Connection } from "../http2/http2-connection.ts";
import { Http2Shared } from "../http2/http2-shared.ts";

/** HTTP/2 connections that are kept for the next one. */
const MAX_SPARE: i32 = 64;

export class ConnectionShared extends HeadShared {
  readonly listener: ExchangeListener;
  readonly pool: ExchangePool = new ExchangePool();
  readonly discards: Discards = new Discards();
  /** `null` until a connection speaks HTTP/2. */
  private http2: Http2Shared | null = null;
  private readonly spareHttp2: Http2Connection[] = [];

  constructor(listener: ExchangeListener, details: boolean) {
    super(details);
    this.listener = listener;
  }

  /** Who reads a connection that turned out to speak HTTP/2. */
  takeHttp2(): Http2Connection {
    if (this.spareHttp2.length > 0) return this.spareHttp2.pop() as Http2Connection;
    let http2 = this.http2;
    if (http2 === null) {
      http2 = new Http2Shared(this.listener, this.pool, this.discards, this.headerMemory, this.details);
      this.http2 = http2;
    }
    return new Http2Connection(http2);
  }

  /** What is open on the connection ends; it is used again. */
  letHttp2Go(connection: Http2Connection): void {
    connection.forget();
    if (this.spareHttp2.length < MAX_SPARE) this.spareHttp2.push(connection);
  }
}
