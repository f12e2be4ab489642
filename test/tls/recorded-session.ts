/** TLS sessions of Node's OpenSSL with itself, over loopback, as the records that the tracking program would write of them. */
import {
  type AddressInfo,
  connect as connectTcp,
  createServer,
  type Server,
  type Socket as TcpSocket,
} from "node:net";
import { type ConnectionOptions, connect, createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { RecordBatch } from "../../src/engine/records/record-batch.ts";
import { CLOSE, DATA, dataValue, GAP, writeStreamRecord } from "../../src/engine/records/stream-records.ts";
import { CERTIFICATE, PRIVATE_KEY } from "./certificate.ts";

/** Bytes that one side sent. */
export interface Chunk {
  readonly side: 0 | 1;
  readonly bytes: Uint8Array;
}

export interface RecordedSession {
  readonly chunks: readonly Chunk[];
  readonly keys: string;
  readonly session: Buffer | undefined;
}

export interface SessionOptions {
  readonly client?: ConnectionOptions;
  readonly server?: TlsOptions;
  /** Asked and answered in turn. */
  readonly requests: readonly string[];
  readonly answers: readonly string[];
  /** Before the last request. */
  readonly renegotiates?: boolean;
}

/** A session over loopback, through a relay that records what passes. The client is side 0. */
export async function recordSession(options: SessionOptions): Promise<RecordedSession> {
  const { client = {}, server = {}, requests, answers, renegotiates = false } = options;
  const chunks: Chunk[] = [];
  let keys = "";
  let session: Buffer | undefined;
  let turn = 0;
  const far = createTlsServer(
    { cert: CERTIFICATE, key: PRIVATE_KEY, ALPNProtocols: ["http/1.1"], ...server },
    (socket) => {
      socket.on("error", () => socket.destroy());
      socket.on("data", () => socket.write(answers[turn] ?? ""));
    },
  );
  const farPort = await listening(far);
  const relay = createServer((near) => {
    const behind = connectTcp(farPort, "127.0.0.1");
    const pass = (side: 0 | 1, from: TcpSocket, to: TcpSocket): void => {
      from.on("data", (bytes: Buffer) => {
        chunks.push({ side, bytes: Uint8Array.from(bytes) });
        to.write(bytes);
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
    };
    pass(0, near, behind);
    pass(1, behind, near);
  });
  const port = await listening(relay);
  const socket = connect({
    port,
    host: "127.0.0.1",
    servername: "shop.example",
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: false,
    ...client,
  });
  socket.on("keylog", (line: Buffer) => {
    keys += line.toString("latin1");
  });
  socket.on("session", (ticket: Buffer) => {
    session = ticket;
  });
  socket.on("error", () => socket.destroy());
  const ask = (): void => {
    const send = (): boolean => socket.write(requests[turn] ?? "");
    if (turn === requests.length) socket.end();
    else if (renegotiates && turn === requests.length - 1)
      socket.renegotiate({ rejectUnauthorized: false }, () => send());
    else send();
  };
  let got = 0;
  socket.on("data", (bytes: Buffer) => {
    got += bytes.length;
    if (got < (answers[turn]?.length ?? 0)) return;
    got = 0;
    turn++;
    ask();
  });
  socket.once("secureConnect", ask);
  await new Promise((resolve) => socket.once("close", resolve));
  await Promise.all([
    new Promise((resolve) => relay.close(resolve)),
    new Promise((resolve) => far.close(resolve)),
  ]);
  return { chunks, keys, session };
}

/** The port that the kernel chose. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return (server.address() as AddressInfo).port;
}

/** A piece of a stream, a hole in it, or its end: a reason of `stream-listener.ts`. */
export type Piece =
  | Chunk
  | { readonly side: 0 | 1; readonly missing: number }
  | { readonly side: 0 | 1; readonly closes: number };

/** TLS_STARTED, of a connection whose handshake was not seen. */
const STARTED = Int32Array.from([
  ...[16, 0, 0, 1, 0],
  ...[40_000, 4, 0x0a000001, 0, 0, 0],
  ...[443, 4, 0x0a000002, 0, 0, 0],
  ...[0, 0],
  ...new Int32Array(new Float64Array([-1]).buffer),
]);
const CLOSED = Int32Array.from([4, 0, 0]);

/** The records of one connection that may be TLS, from 10.0.0.1 to 10.0.0.2:443; piece n lies in frame n + 1, n ms after the first. */
export function batchOf(pieces: readonly Piece[], isClosed = true): RecordBatch {
  const words = new Int32Array(STARTED.length + 6 * pieces.length + CLOSED.length);
  words.set(STARTED);
  let at = STARTED.length;
  for (const [index, piece] of pieces.entries()) {
    const [kind, value] = recordOf(piece);
    writeStreamRecord(words, at, kind, piece.side, value, 1e6 * index, index + 1);
    at += 6;
  }
  if (isClosed) words.set(CLOSED, at);
  const octets = Buffer.concat(pieces.flatMap((piece) => ("bytes" in piece ? [piece.bytes] : [])));
  return { words: isClosed ? words : words.subarray(0, at), octets, hasTls: true };
}

/** Kind and value of the record of a piece. */
function recordOf(piece: Piece): [kind: number, value: number] {
  if ("bytes" in piece) return [DATA, dataValue(piece.bytes.length, 1)];
  return "missing" in piece ? [GAP, piece.missing] : [CLOSE, piece.closes];
}
