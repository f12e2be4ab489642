/** Records of TLS 1.3 sessions made by hand, in TLS_AES_128_GCM_SHA256. */
import { createCipheriv } from "node:crypto";
import { hexOf } from "../../src/tls/key-log.ts";
import { expandLabel } from "../../src/tls/key-schedule.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";
import type { Piece } from "./recorded-session.ts";

export const HANDSHAKE = 22;
export const DATA = 23;
export const RANDOM = new Uint8Array(32).fill(1);
export const SECRETS = {
  CLIENT_EARLY_TRAFFIC_SECRET: new Uint8Array(32).fill(2),
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: new Uint8Array(32).fill(3),
  SERVER_HANDSHAKE_TRAFFIC_SECRET: new Uint8Array(32).fill(4),
  CLIENT_TRAFFIC_SECRET_0: new Uint8Array(32).fill(5),
  SERVER_TRAFFIC_SECRET_0: new Uint8Array(32).fill(6),
};
export const KEYS = Object.entries(SECRETS)
  .map(([label, secret]) => `${label} ${hexOf(RANDOM)} ${hexOf(secret)}`)
  .join("\n");

export function message(type: number, body: string): Buffer {
  const octets = Buffer.from(body, "hex");
  return Buffer.concat([Buffer.from([type, 0, octets.length >> 8, octets.length & 0xff]), octets]);
}

export function plain(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 0xff]), content]);
}

/** A record by RFC 8446 §5.2, in TLS_AES_128_GCM_SHA256. */
export function sealed(secret: Uint8Array, sequence: number, type: number, content: Uint8Array): Buffer {
  const key = expandLabel(nodeCrypto, "sha256", secret, "key", 16);
  const nonce = expandLabel(nodeCrypto, "sha256", secret, "iv", 12);
  nonce[11] = (nonce[11] as number) ^ sequence;
  const length = content.length + 17;
  const header = Buffer.from([DATA, 3, 3, length >> 8, length & 0xff]);
  const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(header);
  const body = Buffer.concat([cipher.update(Buffer.concat([content, Buffer.from([type])])), cipher.final()]);
  return Buffer.concat([header, body, cipher.getAuthTag()]);
}

export const client = (bytes: Buffer): Piece => ({ side: 0, bytes });
export const server = (bytes: Buffer): Piece => ({ side: 1, bytes });
export const text = (content: string): Buffer => Buffer.from(content, "latin1");

/** @param extensions as hexadecimal digits */
export function clientHello(extensions: string): Piece {
  const list = (extensions.length / 2).toString(16).padStart(4, "0");
  return client(
    plain(HANDSHAKE, message(1, `0303${hexOf(RANDOM)}0000021301 0100${list}${extensions}`.replace(" ", ""))),
  );
}

export const SERVER_HELLO = server(
  plain(HANDSHAKE, message(2, `0303${"09".repeat(32)}00130100000c002b00020304002900020000`)),
);
export const EARLY_DATA = "002a0000";
export const FINISHED = message(20, "00".repeat(32));

export function serverFlight(acceptsEarlyData: boolean): Piece {
  const extensions = message(8, acceptsEarlyData ? `0004${EARLY_DATA}` : "0000");
  return server(
    sealed(SECRETS.SERVER_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, Buffer.concat([extensions, FINISHED])),
  );
}
