/** A bare HTTP client: any header, any method, and connections that misbehave. */
import { type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function ask(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(url), { path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Sends a text as it is and takes what comes until the server ends the connection. */
export class RawConnection {
  text = "";
  readonly ended: Promise<string>;

  constructor(url: string, request: string, localAddress?: string) {
    const { hostname, port } = new URL(url);
    const socket = connect({ port: Number(port), host: hostname, ...(localAddress && { localAddress }) });
    socket.setEncoding("latin1");
    socket.write(request);
    socket.on("data", (part: string) => {
      this.text += part;
    });
    this.ended = new Promise((resolve) => {
      socket.on("error", () => {});
      socket.on("close", () => resolve(this.text));
    });
  }
}

/** A stream of events as it comes, and when it ended. */
export class EventReader {
  /** Status line and headers. */
  head = "";
  status = 0;
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #events: { readonly name: string; readonly data: string }[] = [];
  /** What came after the last whole event. */
  #rest = "";

  constructor(url: string, localAddress?: string) {
    const { hostname, port, host } = new URL(url);
    this.#socket = connect({ port: Number(port), host: hostname, ...(localAddress && { localAddress }) });
    this.#socket.setEncoding("utf8");
    this.#socket.write(`GET /events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    this.#socket.on("data", (part: string) => this.#take(part));
    this.ended = new Promise((resolve) => {
      this.#socket.on("error", () => {});
      this.#socket.on("close", () => resolve());
    });
  }

  /** The data of the events of a name, parsed. */
  events(name: string): unknown[] {
    return this.#events.filter((event) => event.name === name).map(({ data }) => JSON.parse(data));
  }

  get count(): number {
    return this.#events.length;
  }

  /** Reads nothing more. */
  stall(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.destroy();
  }

  /** The server writes event by event, so that a chunk of HTTP ends where an event ends. */
  #take(part: string): void {
    this.#rest += part;
    if (this.head === "") {
      const end = this.#rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.head = this.#rest.slice(0, end);
      this.status = Number(this.head.split(" ")[1]);
      this.#rest = this.#rest.slice(end + 4);
    }
    const pieces = this.#rest.split("\n\n");
    this.#rest = pieces.pop() ?? "";
    for (const piece of pieces) {
      const [, name, data] = /event: (\w+)\ndata: (.*)$/.exec(piece) ?? [];
      if (name !== undefined && data !== undefined) this.#events.push({ name, data });
    }
  }
}
