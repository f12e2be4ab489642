/** What OpenSSL in Node does not do of itself, from sessions of TLS 1.3 made by hand: KeyUpdate, and early data. */
import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hexOf } from "../../src/tls/key-log.ts";
import { expandLabel } from "../../src/tls/key-schedule.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";
import { decrypt } from "./decrypted.ts";
import { batchOf, type Piece } from "./recorded-session.ts";

const HANDSHAKE = 22;
const DATA = 23;
const RANDOM = new Uint8Array(32).fill(1);
const SECRETS = {
  CLIENT_EARLY_TRAFFIC_SECRET: new Uint8Array(32).fill(2),
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: new Uint8Array(32).fill(3),
  SERVER_HANDSHAKE_TRAFFIC_SECRET: new Uint8Array(32).fill(4),
  CLIENT_TRAFFIC_SECRET_0: new Uint8Array(32).fill(5),
  SERVER_TRAFFIC_SECRET_0: new Uint8Array(32).fill(6),
};
const KEYS = Object.entries(SECRETS)
  .map(([label, secret]) => `${label} ${hexOf(RANDOM)} ${hexOf(secret)}`)
  .join("\n");

function message(type: number, body: string): Buffer {
  const octets = Buffer.from(body, "hex");
  return Buffer.concat([Buffer.from([type, 0, octets.length >> 8, octets.length & 0xff]), octets]);
}

function plain(type: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 0xff]), content]);
}

/** A record by RFC 8446 §5.2, in TLS_AES_128_GCM_SHA256. */
function sealed(secret: Uint8Array, sequence: number, type: number, content: Uint8Array): Buffer {
  const key = expandLabel(nodeCrypto, "sha256", secret, "key", 16);
  const nonce = expandLabel(nodeCrypto, "sha256", secret, "iv", 12);
  nonce[11] = (nonce[11] as number) ^ sequence;
  const length = content.length + 17;
  const header = Buffer.from([DATA, 3, 3, length >> 8, length & 0xff]);
  const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(header);
  const body = Buffer.concat([cipher.update(Buffer.concat([content, Buffer.from([type])])), cipher.final()]);
  return Buffer.concat([header, body, cipher.getAuthTag()]);
}

const client = (bytes: Buffer): Piece => ({ side: 0, bytes });
const server = (bytes: Buffer): Piece => ({ side: 1, bytes });
const text = (content: string): Buffer => Buffer.from(content, "latin1");

/** @param extensions as hexadecimal digits */
function clientHello(extensions: string): Piece {
  const list = (extensions.length / 2).toString(16).padStart(4, "0");
  return client(
    plain(HANDSHAKE, message(1, `0303${hexOf(RANDOM)}0000021301 0100${list}${extensions}`.replace(" ", ""))),
  );
}

const SERVER_HELLO = server(
  plain(HANDSHAKE, message(2, `0303${"09".repeat(32)}00130100000c002b00020304002900020000`)),
);
const EARLY_DATA = "002a0000";
const FINISHED = message(20, "00".repeat(32));

function serverFlight(acceptsEarlyData: boolean): Piece {
  const extensions = message(8, acceptsEarlyData ? `0004${EARLY_DATA}` : "0000");
  return server(
    sealed(SECRETS.SERVER_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, Buffer.concat([extensions, FINISHED])),
  );
}

describe("of sessions made by hand,", () => {
  test("records behind a KeyUpdate are read, also where the hole holds the update", () => {
    const updated = expandLabel(nodeCrypto, "sha256", SECRETS.CLIENT_TRAFFIC_SECRET_0, "traffic upd", 32);
    const update = sealed(SECRETS.CLIENT_TRAFFIC_SECRET_0, 1, HANDSHAKE, message(24, "00"));
    const pieces = [
      clientHello(""),
      SERVER_HELLO,
      serverFlight(false),
      client(sealed(SECRETS.CLIENT_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, FINISHED)),
      client(sealed(SECRETS.CLIENT_TRAFFIC_SECRET_0, 0, DATA, text("one "))),
      client(update),
      client(sealed(updated, 0, DATA, text("two "))),
    ];
    expect(decrypt([batchOf(pieces)], KEYS).texts[0]).toBe("one two ");
    const withHole = pieces.with(5, { side: 0, missing: update.length });
    expect(decrypt([batchOf(withHole)], KEYS).texts[0]).toContain("two ");
  });

  test.each([
    ["counts where the server takes it", true, "early late"],
    ["does not where the server rejects it, for the client sends it again", false, "late"],
  ] as const)("early data %s", (_title, isAccepted, read) => {
    const endOfEarlyData = sealed(SECRETS.CLIENT_EARLY_TRAFFIC_SECRET, 1, HANDSHAKE, message(5, ""));
    const pieces = [
      clientHello(EARLY_DATA),
      client(sealed(SECRETS.CLIENT_EARLY_TRAFFIC_SECRET, 0, DATA, text("early "))),
      SERVER_HELLO,
      serverFlight(isAccepted),
      ...(isAccepted ? [client(endOfEarlyData)] : []),
      client(sealed(SECRETS.CLIENT_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, FINISHED)),
      client(sealed(SECRETS.CLIENT_TRAFFIC_SECRET_0, 0, DATA, text("late"))),
    ];
    const { texts, frames, streams } = decrypt([batchOf(pieces)], KEYS);
    expect(texts[0]).toBe(read);
    expect(frames[0]).toBe(isAccepted ? 2 : 6);
    expect(streams.servers[0]).toMatchObject({
      resumed: 1,
      earlyDataOffered: 1,
      earlyDataAccepted: isAccepted ? 1 : 0,
    });
  });

  test("a failed handshake is counted by its alert", () => {
    const alert = server(plain(21, Buffer.from([2, 40])));
    const { streams } = decrypt([batchOf([clientHello(""), alert])], null);
    expect([...(streams.servers[0]?.failures ?? [])]).toEqual([["handshake_failure", 1]]);
    expect([...(streams.servers[0]?.alerts ?? [])]).toEqual([["handshake_failure", 1]]);
  });
});
