/** The monitor room's verb: a run under way as a web page, as server-sent events, as Prometheus metrics and as JSON. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import { Failure } from "../../failure.ts";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import type { Language } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import { type AccessRules, isLoopback, judge } from "./access.ts";
import { ConnectionPlaces } from "./connection-places.ts";
import { listen } from "./listen.ts";
import { MonitorContent, type MonitorContentOptions } from "./monitor-content.ts";
import { COMMON_HEADERS } from "./response-headers.ts";

export interface MonitorOptions extends MonitorContentOptions {
  /** Address or name to listen on; anything but loopback wants a token. */
  readonly host: string;
  /** 0 … 65535; 0: the kernel chooses a free one. */
  readonly port: number;
  /** What visitors must know; `null`: nothing, on loopback only. At least `SHORTEST_TOKEN` characters. */
  readonly token: string | null;
  /** Default `en`. */
  readonly language?: Language;
}

export interface Monitor {
  /** `http://127.0.0.1:8080/`, without the token; where every address is listened on, with one that others can reach. */
  readonly url: string;
  /** Shows the next moment. */
  update(snapshot: LiveSnapshot): void;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

export const SHORTEST_TOKEN = 16;

const MAX_HEADER_BYTES = 8192;
/** A request has to be there by then. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A connection on which nothing moves is given up; streams move more often. */
const IDLE_TIMEOUT_MS = 30_000;
const HEARTBEAT_MS = 10_000;

/**
 * Starts to listen.
 * @throws Failure where it can't; with status 2 where a token is missing, short or of other than visible ASCII characters
 */
export async function serveMonitor(options: MonitorOptions): Promise<Monitor> {
  const { host, port, token } = options;
  checkToken(host, token);
  const content = new MonitorContent(options, options.language ?? "en");
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 2000,
  });
  const places = new ConnectionPlaces();
  server.on("connection", (socket) => places.enter(socket));
  server.timeout = IDLE_TIMEOUT_MS;
  const address = await listen(server, host, port);
  if (isLoopback(host) && !isLoopback(address.address)) {
    server.close();
    throw new Failure(message("hostReachable", host, address.address), 2);
  }
  const rules: AccessRules = { host, token, cookieName: `lbqos_${address.port}` };
  server.on("request", (request, response) => answer(content, places, rules, request, response));
  const heartbeat = setInterval(() => content.streams.send(":\n\n"), HEARTBEAT_MS);
  heartbeat.unref();
  let closed: Promise<void> | null = null;
  return {
    url: `http://${endpointText(reachableName(host), address.port)}/`,
    update: (snapshot) => content.update(snapshot),
    close() {
      closed ??= new Promise((resolve) => {
        clearInterval(heartbeat);
        content.streams.endAll();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

function checkToken(host: string, token: string | null): void {
  if (token === null) {
    if (isLoopback(host)) return;
    throw new Failure(message("hostNeedsToken", host), 2);
  }
  if (token.length < SHORTEST_TOKEN || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Failure(message("tokenTooShort", SHORTEST_TOKEN), 2);
  }
}

/** What to ask for: nobody can ask for "every address". */
function reachableName(host: string): string {
  if (host !== "0.0.0.0" && host !== "::") return host;
  const addresses = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  const outside = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return outside?.address ?? "127.0.0.1";
}

async function answer(
  content: MonitorContent,
  places: ConnectionPlaces,
  rules: AccessRules,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const verdict = judge(rules, request.headers, new URLSearchParams(query).get("token"));
  if (
    request.headers["transfer-encoding"] !== undefined ||
    Number(request.headers["content-length"] ?? 0) > 0
  ) {
    // Nobody waits for what such a request brings.
    response.setHeader("Connection", "close");
    response.on("finish", () => request.socket.destroy());
    return content.refuse(response, 413, message("noContentTaken"));
  }
  if (verdict.kind === "refused") {
    if (verdict.status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="lbqos"');
    return content.refuse(response, verdict.status, verdict.why);
  }
  const leave = places.admit(request.socket);
  if (leave === null) {
    response.setHeader("Connection", "close");
    response.setHeader("Retry-After", "10");
    return content.refuse(response, 503, message("connectionsOpen"));
  }
  response.once("close", leave);
  const isHead = request.method === "HEAD";
  if (!content.has(path)) return content.refuse(response, 404, message("nothingHere"));
  if (request.method !== "GET" && !isHead) {
    response.setHeader("Allow", "GET, HEAD");
    return content.refuse(response, 405, message("onlyRead"));
  }
  if (verdict.kind === "signed-in") {
    const { cookieName } = rules;
    response.setHeader("Set-Cookie", `${cookieName}=${verdict.cookie}; Path=/; HttpOnly; SameSite=Strict`);
    return content.sendSignedIn(path, response);
  }
  try {
    await content.send(path, response, isHead);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else content.refuse(response, 500, error instanceof Failure ? error.words : message("notMadeNow"));
  }
}
