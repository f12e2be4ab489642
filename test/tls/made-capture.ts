/** Captures of TLS sessions made by hand: HTTP/1.1 inside TLS 1.3 inside TCP. */
import { PcapngBuilder } from "../capture/build-pcapng.ts";
import { DraftCapture, get, ok } from "../faults/draft-capture.ts";
import {
  clientHello,
  DATA,
  FINISHED,
  HANDSHAKE,
  SECRETS,
  SERVER_HELLO,
  sealed,
  serverFlight,
} from "./made-records.ts";

export const CLIENT = "10.0.0.1";
export const SERVER = "10.0.0.2";
const START_NS = 1_700_000_000_000_000_000n;
const SECRETS_BLOCK = 10;
const TLS_KEY_LOG = 0x544c534b;

type Made = ReturnType<typeof clientHello>;
const octetsOf = (piece: Made): Buffer => Buffer.from("bytes" in piece ? piece.bytes : []);

/** A session with one request and its answer, of 30 ms. @param port of the client */
export function session(capture: DraftCapture, at: number, port: number): void {
  const tcp = capture.conversation({ address: CLIENT, port }, { address: SERVER, port: 443 });
  const { CLIENT_HANDSHAKE_TRAFFIC_SECRET, CLIENT_TRAFFIC_SECRET_0, SERVER_TRAFFIC_SECRET_0 } = SECRETS;
  tcp.open(at);
  tcp.send("client", at + 2, { data: octetsOf(clientHello("")) });
  tcp.send("server", at + 4, { data: octetsOf(SERVER_HELLO) });
  tcp.send("server", at + 5, { data: octetsOf(serverFlight(false)) });
  tcp.send("client", at + 6, { data: sealed(CLIENT_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, FINISHED) });
  tcp.send("client", at + 10, {
    data: sealed(CLIENT_TRAFFIC_SECRET_0, 0, DATA, Buffer.from(get(`/${port}`))),
  });
  tcp.send("server", at + 20, { data: sealed(SERVER_TRAFFIC_SECRET_0, 0, DATA, Buffer.from(ok())) });
  tcp.close(at + 25);
}

/** What stands in a file: a session, secrets (text of a key log), or frames of no interest, by their bytes. */
export type Part = "session" | { readonly secrets: string } | { readonly filler: number };

/** A capture in pcapng: sessions from ports 40000, 40001, …, one after the other. */
export function madeCapture(parts: readonly Part[]): Buffer {
  const ng = new PcapngBuilder();
  const blocks = [ng.section(), ng.description(1, [[9, Buffer.from([9])]])];
  let port = 40_000;
  let at = 0;
  for (const part of parts) {
    const draft = new DraftCapture();
    if (part === "session") session(draft, at, port++);
    else if ("secrets" in part) {
      const text = Buffer.from(part.secrets);
      blocks.push(ng.block(SECRETS_BLOCK, ng.u32(TLS_KEY_LOG, text.length), text));
    } else {
      for (let bytes = 0; bytes < part.filler; bytes += 1400)
        draft.frames.push({ at, bytes: Buffer.alloc(1400, 0xff), wireLength: 1400 });
    }
    for (const { at: atMs, bytes, wireLength } of draft.frames)
      blocks.push(ng.packet(0, START_NS + BigInt(Math.round(atMs * 1e6)), bytes, wireLength));
    at += 50;
  }
  return Buffer.concat(blocks);
}
