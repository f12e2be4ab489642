/**
 * Server-sent events (HTML Living Standard, 9.2) to every open page: bounded in number, and a page that does not read
 * is dropped: when it comes back it gets the history.
 */
import type { ServerResponse } from "node:http";

/** Pages open at once; a browser opens one stream per tab. */
export const MAX_STREAMS = 32;
/** Of one address: others can have a page too. */
export const MAX_STREAMS_OF_ADDRESS = 16;
/** Bytes that may wait for one page: a whole history and some minutes of updates. */
const MAX_WAITING_BYTES = 4 << 20;
/** Milliseconds after which a page whose stream ended comes again. */
const RETRY_MS = 1000;

/** One event, as it goes over the wire. @param json a text without line breaks */
export function eventText(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}

export class EventStreams {
  /** With the address of whose page it is. */
  readonly #open = new Map<ServerResponse, string>();

  get count(): number {
    return this.#open.size;
  }

  /** Whether there is room for one more of this address. */
  hasRoomFor(address: string): boolean {
    const own = [...this.#open.values()].filter((other) => other === address).length;
    return this.#open.size < MAX_STREAMS && own < MAX_STREAMS_OF_ADDRESS;
  }

  /** Takes a response whose head was sent. */
  add(response: ServerResponse, address: string, firstEvents: string): void {
    this.#open.set(response, address);
    response.on("close", () => this.#open.delete(response));
    response.write(`retry: ${RETRY_MS}\n\n${firstEvents}`);
  }

  /** Sends to all; drops those who have not read what went before. */
  send(text: string): void {
    for (const response of this.#open.keys()) {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else response.write(text);
    }
  }

  endAll(): void {
    for (const response of this.#open.keys()) response.end();
    this.#open.clear();
  }
}
