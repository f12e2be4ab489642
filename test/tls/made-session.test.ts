/** What OpenSSL in Node does not do of itself, from sessions of TLS 1.3 made by hand: KeyUpdate, and early data. */
import { describe, expect, test } from "vitest";
import { expandLabel } from "../../src/tls/key-schedule.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";
import { decrypt } from "./decrypted.ts";
import {
  client,
  clientHello,
  DATA,
  EARLY_DATA,
  FINISHED,
  HANDSHAKE,
  KEYS,
  message,
  plain,
  SECRETS,
  SERVER_HELLO,
  sealed,
  server,
  serverFlight,
  text,
} from "./made-records.ts";
import { batchOf } from "./recorded-session.ts";

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
