/** The open streams of a connection, by number and in a list. */
import type { OpenExchange } from "../http/open-exchange.ts";
import { Http2Stream } from "./http2-stream.ts";

/** Streams that are kept for the next exchange. */
const MAX_SPARE: i32 = 16_384;

/** Streams of all connections, used again and again. */
export class StreamPool {
  private readonly spare: Http2Stream[] = [];

  take(): Http2Stream {
    return this.spare.length > 0 ? (this.spare.pop() as Http2Stream) : new Http2Stream();
  }

  release(stream: Http2Stream): void {
    stream.end();
    if (this.spare.length < MAX_SPARE) this.spare.push(stream);
  }
}

export class StreamTable {
  /** In no particular order. */
  readonly list: Http2Stream[] = [];
  private readonly byId: Map<i32, Http2Stream> = new Map<i32, Http2Stream>();
  private readonly pool: StreamPool;

  constructor(pool: StreamPool) {
    this.pool = pool;
  }

  /** The open stream of this number; `null` = none. */
  get(id: i32): Http2Stream | null {
    return this.byId.has(id) ? (this.byId.get(id) as Http2Stream) : null;
  }

  add(id: i32, exchange: OpenExchange): Http2Stream {
    const stream = this.pool.take();
    stream.begin(id, exchange);
    stream.place = this.list.length;
    this.list.push(stream);
    this.byId.set(id, stream);
    return stream;
  }

  remove(stream: Http2Stream): void {
    const last = this.list.pop() as Http2Stream;
    if (last !== stream) {
      this.list[stream.place] = last;
      last.place = stream.place;
    }
    this.byId.delete(stream.id);
    this.pool.release(stream);
  }

  /** All of them, in the order in which their exchanges began. */
  inOrder(): Http2Stream[] {
    const streams = this.list.slice(0);
    streams.sort(earliestFirst);
    return streams;
  }
}

function earliestFirst(a: Http2Stream, b: Http2Stream): i32 {
  return a.exchange.ordinal - b.exchange.ordinal;
}
