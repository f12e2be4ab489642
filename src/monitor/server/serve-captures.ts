/** The page that analyzes captures, with some at hand: served on loopback, to whoever knows the address with its token. */
import { randomBytes } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { escapeHtml } from "../../report/html/escape-html.ts";
import { type Message, message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import type { Language } from "../../words/words.ts";
import { type AccessRules, judge } from "./access.ts";
import { listen } from "./listen.ts";
import { COMMON_HEADERS } from "./response-headers.ts";

/** A capture that the page finds loaded. */
export interface ServedCapture {
  /** As the page is to call it. */
  readonly name: string;
  readonly path: string;
}

export interface CaptureServer {
  /** With the token that lets a browser in. */
  readonly url: string;
  close(): void;
}

export interface CaptureServerOptions {
  /** The built page, as it lies in a file. */
  readonly page: string;
  readonly captures: readonly ServedCapture[];
  /** 0: one that is free. */
  readonly port: number;
  readonly language: Language;
}

const HOST = "127.0.0.1";
const TOKEN_BYTES = 24;
const POLICY = /(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)/;

/**
 * Serves until it is closed.
 * @throws Failure where the port can't be had
 */
export async function serveCaptures(options: CaptureServerOptions): Promise<CaptureServer> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const server = createServer();
  const { port } = await listen(server, HOST, options.port);
  const rules: AccessRules = { host: HOST, token, cookieName: `lbqos_${port}` };
  const { html, policy } = servedPage(options.page, options.captures);
  server.on("request", (request, response) => {
    for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
    answer(request, response, rules, options, { html, policy });
  });
  return {
    url: `http://${HOST}:${port}/?token=${token}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface ServedPage {
  readonly html: string;
  readonly policy: string;
}

/** The page with the captures' names in it; it may ask this server for them, and nobody else for anything. */
function servedPage(page: string, captures: readonly ServedCapture[]): ServedPage {
  const own = POLICY.exec(page)?.[2] ?? "";
  const policy = own.replace("connect-src 'none'", "connect-src 'self'");
  const names = escapeHtml(JSON.stringify(captures.map(({ name }) => name)));
  const html = page.replace(
    POLICY,
    (_, before, _own, after) => `${before}${policy}${after}\n<meta name="lbqos-captures" content="${names}">`,
  );
  return { html, policy: `${policy}; frame-ancestors 'none'` };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  rules: AccessRules,
  { captures, language }: CaptureServerOptions,
  { html, policy }: ServedPage,
): void {
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const refuse = (status: number, why: Message): void => {
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(`${status}: ${say(why, language)}\n`);
  };
  const verdict = judge(rules, request.headers, new URLSearchParams(query).get("token"));
  const capture = captures[Number(/^\/captures\/(\d+)$/.exec(path)?.[1] ?? Number.NaN)];
  if (verdict.kind === "signed-in") {
    response.setHeader(
      "Set-Cookie",
      `${rules.cookieName}=${verdict.cookie}; Path=/; HttpOnly; SameSite=Strict`,
    );
  }
  if (verdict.kind === "refused") refuse(verdict.status, verdict.why);
  else if (request.method !== "GET") refuse(405, message("onlyRead"));
  else if (path === "/") {
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
    });
    response.end(html);
  } else if (capture !== undefined)
    sendFile(capture.path, response, () => refuse(404, message("notMadeNow")));
  else refuse(404, message("nothingHere"));
}

/** A file as it is now; where it ends early, the connection does, too. */
function sendFile(path: string, response: ServerResponse, gone: () => void): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    gone();
    return;
  }
  response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": size });
  const file = createReadStream(path, { end: Math.max(0, size - 1) });
  file.on("error", () => response.destroy());
  response.on("close", () => file.destroy());
  file.pipe(response);
}
