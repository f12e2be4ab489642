/** What all HTTP/2 connections share. */
import type { Discards } from "../http/discards.ts";
import type { ExchangeListener } from "../http/exchange-listener.ts";
import type { ExchangePool } from "../http/open-exchange.ts";
import type { HeaderMemory } from "../http/split-header.ts";
import { HeadFields } from "./head-fields.ts";
import { HeaderDecoder } from "./header-decoder.ts";
import { StreamPool } from "./stream-table.ts";
import { TableMemory } from "./table-memory.ts";

export class Http2Shared {
  readonly listener: ExchangeListener;
  readonly pool: ExchangePool;
  readonly discards: Discards;
  readonly memory: HeaderMemory;
  /** Whether exchanges carry the octets of their requests' target and fields. */
  readonly details: boolean;
  readonly decoder: HeaderDecoder = new HeaderDecoder();
  /** The block read last, on whichever connection. */
  readonly fields: HeadFields = new HeadFields();
  readonly streams: StreamPool = new StreamPool();
  readonly tables: TableMemory = new TableMemory(0);

  constructor(
    listener: ExchangeListener,
    pool: ExchangePool,
    discards: Discards,
    memory: HeaderMemory,
    details: boolean,
  ) {
    this.listener = listener;
    this.pool = pool;
    this.discards = discards;
    this.memory = memory;
    this.details = details;
  }
}
