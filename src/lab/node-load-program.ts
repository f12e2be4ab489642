/** A load generator of the lab's own, for Node.js: TLS, HTTP/2 and gRPC, requests at a rate, the secrets of its sessions. */
import { join } from "node:path";
import { CERTIFICATE_NAME, type SideProtocols, serverPort, tlsFiles } from "./lab-protocols.ts";

/**
 * The program. Request n is sent n / rate seconds after the first, whether those before are answered or not; over HTTP/1 it
 * waits until its connection is free. A new connection is opened when one has its requests, and resumes the latest session of
 * TLS. {n} in the path is the request's number, from 0. It prints one JSON object, as the generator in Python does.
 */
export const NODE_LOAD_PROGRAM = `import { appendFileSync, readFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";

const settings = JSON.parse(process.argv[2]);
const { address, port, tls, isHttp2, isGrpc, uri, requests, rate, calls, bodyBytes, timeoutSeconds } = settings;
const counts = { requests: 0, replies: 0, errors: 0, failures: 0 };
const certificate = tls && readFileSync(tls.certificate);
const body = isGrpc ? message(bodyBytes) : Buffer.alloc(bodyBytes, "x");
const method = body.length > 0 ? "POST" : "GET";
let session;

/** A message of gRPC: not compressed, its length, its bytes. */
function message(length) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, Buffer.alloc(length, "x")]);
}

function connect() {
  if (!tls) return net.connect({ host: address, port, noDelay: true });
  const socket = connectTls({
    host: address,
    port,
    servername: tls.name,
    ca: certificate,
    session,
    minVersion: tls.version,
    maxVersion: tls.version,
    ALPNProtocols: [isHttp2 ? "h2" : "http/1.1"],
  });
  socket.setNoDelay(true);
  socket.on("keylog", (line) => appendFileSync(tls.keys, line));
  socket.on("session", (latest) => {
    session = latest;
  });
  return socket;
}

function openHttp1() {
  const agent = new http.Agent({ keepAlive: calls > 1, maxSockets: 1 });
  agent.createConnection = connect;
  const headers = body.length > 0 ? { "content-length": body.length } : {};
  const ask = (path) =>
    new Promise((resolve, reject) => {
      const request = http.request({ agent, host: address, port, method, path, headers, timeout: 1000 * timeoutSeconds });
      request.on("timeout", () => request.destroy(new Error("no answer in time")));
      request.on("error", reject);
      request.on("response", (response) => {
        response.on("error", reject);
        response.on("end", () => resolve(response.statusCode >= 400));
        response.resume();
      });
      request.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

function openHttp2() {
  const origin = (tls ? "https://" : "http://") + "lab.test:" + port;
  const client = http2.connect(origin, { createConnection: connect });
  client.on("error", () => undefined);
  const fields = isGrpc ? { "content-type": "application/grpc", te: "trailers" } : {};
  const ask = (path) =>
    new Promise((resolve, reject) => {
      const head = { ":method": method, ":path": path, ...fields };
      const stream = client.request(head, { endStream: body.length === 0 });
      let status = 0;
      let grpcStatus = 0;
      const take = (fields) => {
        grpcStatus = Number(fields["grpc-status"] ?? grpcStatus);
      };
      stream.setTimeout(1000 * timeoutSeconds, () => stream.destroy(new Error("no answer in time")));
      stream.on("response", (fields) => {
        status = fields[":status"];
        take(fields);
      });
      stream.on("trailers", take);
      stream.on("error", reject);
      stream.on("close", () => (status === 0 ? reject(new Error("no answer")) : resolve(status >= 400 || grpcStatus > 0)));
      stream.resume();
      if (body.length > 0) stream.end(body);
    });
  return { ask, close: () => client.close() };
}

const begin = performance.now();
const answers = [];
let connection;
let onConnection = [];
for (let number = 0; number < requests; number++) {
  const waitMs = begin + (1000 * number) / rate - performance.now();
  if (waitMs > 0) await sleep(waitMs);
  if (number % calls === 0) {
    connection = isHttp2 ? openHttp2() : openHttp1();
    onConnection = [];
  }
  counts.requests++;
  const answer = connection.ask(uri.replaceAll("{n}", number)).then(
    (isFailure) => {
      counts.replies++;
      if (isFailure) counts.failures++;
    },
    (error) => {
      counts.errors++;
      console.error(error.message);
    },
  );
  onConnection.push(answer);
  answers.push(answer);
  const isLast = number % calls === calls - 1 || number === requests - 1;
  if (isLast) void Promise.all(onConnection).then(connection.close);
}
await Promise.all(answers);
console.log(JSON.stringify({ ...counts, seconds: (performance.now() - begin) / 1000 }));
`;

/** Path of the program in a lab's folder. */
export function nodeLoadProgram(folder: string): string {
  return join(folder, "load.mjs");
}

/** The requests that it sends: see `ClientLoad`. */
interface NodeLoad {
  readonly server: string;
  readonly uri: string;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly requestsPerConnection: number;
  readonly bodyBytes: number;
  readonly protocols: SideProtocols;
  readonly isGrpc: boolean;
}

/** The command that sends the load. @param timeoutSeconds after which an answer is no longer waited for */
export function nodeLoadCommand(load: NodeLoad, folder: string, timeoutSeconds: number): string[] {
  const { server, uri, requests, requestsPerSecond, requestsPerConnection, bodyBytes, protocols } = load;
  const { tls, http2 } = protocols;
  const { certificate, keys } = tlsFiles(folder);
  const settings = {
    address: server,
    port: serverPort(protocols),
    tls: tls === null ? null : { name: CERTIFICATE_NAME, certificate, version: `TLSv${tls}`, keys },
    isHttp2: http2,
    isGrpc: load.isGrpc,
    uri,
    requests,
    rate: requestsPerSecond,
    calls: requestsPerConnection,
    bodyBytes,
    timeoutSeconds,
  };
  return [process.execPath, nodeLoadProgram(folder), JSON.stringify(settings)];
}
