/** Backends that speak TLS, HTTP/2 and gRPC, which Flask does not: a program for Node.js, with Flask's pages. */
import { join } from "node:path";
import { behaviourPath } from "./flask-app.ts";
import { addressOf, type BackendHost, type HostSettings } from "./lab-hosts.ts";
import { protocolsOf, serverPort, tlsFiles } from "./lab-protocols.ts";

/**
 * The program. Its pages, and the file that makes every answer slow or a failure, are those of the Flask application
 * (`flask-app.ts`). gRPC's methods, of any service, are Say, Slow (20 ms), Many (five messages), Fail (status 14), and
 * Flaky: Many, of which every third call fails.
 * For each request it notes down one JSON object a line: when it began, was received whole, was answered, and the answer ended.
 */
export const SERVER_PROGRAM = String.raw`import { appendFileSync, readFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

const { name, address, port, tls, isHttp2, behaviour, log } = JSON.parse(process.argv[2]);
const UNAVAILABLE = 14;
const MESSAGES = 5;
const FLAKY = 3;
let flakyCalls = 0;
const now = () => performance.timeOrigin + performance.now();

/** slow SECONDS: every answer comes later; fail STATUS: every answer is a failure. */
function behaves() {
  try {
    const [kind, value] = readFileSync(behaviour, "utf8").trim().split(" ");
    return { [kind]: Number(value) };
  } catch {
    return {};
  }
}

/** Status, pieces of the body, and how long they take in ms. */
function page(url, body) {
  const number = (parameter, usual) => Number(url.searchParams.get(parameter) ?? usual);
  switch (url.pathname) {
    case "/":
      return [200, ["Hello from " + name + "\n"], 0];
    case "/slow":
      return [200, ["slow\n"], 1000 * number("s", 0.02)];
    case "/large":
      return [200, ["x".repeat(number("n", 100000))], 0];
    case "/chunked":
      return [200, Array.from({ length: number("n", 20) }, (_, index) => "chunk " + index + "\n"), 0];
    case "/fail":
      return [number("status", 500), ["failed on purpose\n"], 0];
    case "/echo":
      return [200, [body], 0];
    case "/sink":
      return [200, [body.length + " bytes\n"], 0];
    default:
      return [404, ["not found\n"], 0];
  }
}

async function answerPage(url, body, { slow = 0, fail }, response, note) {
  const [status, pieces, takesMs] = fail === undefined ? page(url, body) : [fail, ["failed on purpose\n"], 0];
  if (takesMs + slow > 0) await sleep(takesMs + 1000 * slow);
  note.status = status;
  note.first = now();
  const length = pieces.length === 1 ? { "content-length": Buffer.byteLength(pieces[0]) } : {};
  response.writeHead(status, { "content-type": "text/plain", ...length });
  for (const piece of pieces) response.write(piece);
  response.end();
}

/** A message of gRPC: not compressed, its length, its bytes. */
function message(text) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([head, Buffer.from(text)]);
}

async function answerCall(method, { slow = 0, fail }, response, note) {
  const seconds = slow + (method === "Slow" ? 0.02 : 0);
  if (seconds > 0) await sleep(1000 * seconds);
  note.status = 200;
  const fails = fail !== undefined || method === "Fail" || (method === "Flaky" && ++flakyCalls % FLAKY === 0);
  note.grpcStatus = fails ? UNAVAILABLE : 0;
  note.first = now();
  response.setHeader("content-type", "application/grpc");
  if (note.grpcStatus > 0) {
    // Trailers only: the status stands in the head.
    response.setHeader("grpc-status", String(note.grpcStatus));
    response.end();
    return;
  }
  for (let left = method === "Many" || method === "Flaky" ? MESSAGES : 1; left > 0; left--) {
    response.write(message("Hello from " + name));
    if (left > 1) await sleep(1);
  }
  response.addTrailers({ "grpc-status": "0" });
  response.end();
}

async function answer(request, response) {
  const note = { name, method: request.method, target: request.url, begun: now() };
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  note.received = now();
  response.once("finish", () => appendFileSync(log, JSON.stringify({ ...note, ended: now() }) + "\n"));
  const url = new URL(request.url, "http://lab.test");
  if ((request.headers["content-type"] ?? "").startsWith("application/grpc"))
    await answerCall(url.pathname.split("/").at(-1), behaves(), response, note);
  else await answerPage(url, Buffer.concat(pieces), behaves(), response, note);
}

const listener = (request, response) => void answer(request, response).catch(() => response.destroy());
const secure = tls && {
  key: readFileSync(tls.privateKey),
  cert: readFileSync(tls.certificate),
  minVersion: tls.version,
  maxVersion: tls.version,
};
const server = isHttp2
  ? tls ? http2.createSecureServer(secure, listener) : http2.createServer(listener)
  : tls ? https.createServer(secure, listener) : http.createServer(listener);
// The balancer ends idle connections: a server that did would race with the next request.
server.keepAliveTimeout = 75_000;
server.on("keylog", (line) => appendFileSync(tls.keys, line));
server.listen({ host: address, port, backlog: 4096 });
`;

/** Path of the program in a lab's folder. */
export function serverProgram(folder: string): string {
  return join(folder, "server.mjs");
}

/** Path of what the backends note down of their requests. */
export function backendsLog(folder: string): string {
  return join(folder, "backends.jsonl");
}

/** The command of one backend. */
export function serverCommand(folder: string, host: BackendHost, hosts: HostSettings): string[] {
  const { behind } = protocolsOf(hosts);
  const settings = {
    name: host.title,
    address: addressOf(host, hosts),
    port: serverPort(behind),
    tls: behind.tls === null ? null : { ...tlsFiles(folder), version: `TLSv${behind.tls}` },
    isHttp2: behind.http2,
    behaviour: behaviourPath(folder, host.name),
    log: backendsLog(folder),
  };
  return [process.execPath, serverProgram(folder), JSON.stringify(settings)];
}
