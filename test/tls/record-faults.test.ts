/** Where records, alerts and memory end in the wrong place: sessions of TLS 1.3 made by hand. */
import { describe, expect, test } from "vitest";
import { putDouble } from "../../src/engine/dialect/doubles.ts";
import { dataLength, STREAM_RECORD_SIZE } from "../../src/engine/records/stream-records.ts";
import { TLS_STARTED_SIZE } from "../../src/engine/records/tls-record.ts";
import { FIN } from "../../src/engine/tcp/stream-listener.ts";
import { FollowedConnection } from "../../src/tls/followed-connection.ts";
import { KeyLog } from "../../src/tls/key-log.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";
import { RecordOutput } from "../../src/tls/record-output.ts";
import { SessionKeys } from "../../src/tls/session-keys.ts";
import { ServerTls } from "../../src/tls/tls-tally.ts";
import { decrypt } from "./decrypted.ts";
import {
  client,
  clientHello,
  DATA,
  FINISHED,
  HANDSHAKE,
  KEYS,
  plain,
  RANDOM,
  SECRETS,
  SERVER_HELLO,
  sealed,
  server,
  serverFlight,
  text,
} from "./made-records.ts";
import { batchOf, type Piece } from "./recorded-session.ts";

const FLIGHTS: readonly Piece[] = [
  clientHello(""),
  SERVER_HELLO,
  serverFlight(false),
  client(sealed(SECRETS.CLIENT_HANDSHAKE_TRAFFIC_SECRET, 0, HANDSHAKE, FINISHED)),
];

/** The client's n-th record. */
const asked = (sequence: number, content: string) =>
  sealed(SECRETS.CLIENT_TRAFFIC_SECRET_0, sequence, DATA, text(content));

describe("holes:", () => {
  test("records behind two holes close together are read", () => {
    const third = asked(2, "three ");
    const pieces: readonly Piece[] = [
      ...FLIGHTS,
      client(asked(0, "one ")),
      { side: 0, missing: asked(1, "two ").length },
      client(third.subarray(0, 12)),
      { side: 0, missing: third.length - 12 },
      client(asked(3, "four ")),
      client(asked(4, "five ")),
    ];
    expect(decrypt([batchOf(pieces)], KEYS).texts[0]).toMatch(/^one \[\d+ missing\]four five $/);
  });

  test("what only looks like records behind a hole makes the hole no larger", () => {
    const decoys = Buffer.alloc(600, Buffer.from("170303000100", "hex"));
    const second = Buffer.concat([asked(1, "two "), decoys]);
    const pieces: readonly Piece[] = [
      ...FLIGHTS,
      client(asked(0, "one ")),
      { side: 0, missing: 440 },
      client(second.subarray(second.length - decoys.length)),
      client(asked(20, "three ")),
    ];
    expect(decrypt([batchOf(pieces)], KEYS).texts[0]).toContain("three ");
  });
});

describe("an alert that is a warning", () => {
  const warning = server(plain(21, Buffer.from([1, 112])));

  test("fails no handshake that goes on", () => {
    const [hello, ...rest] = FLIGHTS;
    const { streams } = decrypt([batchOf([hello as Piece, warning, ...rest])], KEYS);
    expect([...(streams.servers[0]?.failures ?? [])]).toEqual([]);
    expect([...(streams.servers[0]?.alerts ?? [])]).toEqual([["unrecognized_name", 1]]);
    expect(streams.servers[0]?.handshakes).toBe(1);
  });

  test("is what failed the handshake where the connection ends behind it", () => {
    const pieces: readonly Piece[] = [clientHello(""), warning, { side: 1, closes: FIN }];
    const { streams } = decrypt([batchOf(pieces)], null);
    expect([...(streams.servers[0]?.failures ?? [])]).toEqual([["unrecognized_name", 1]]);
  });

  test("is not where something else came behind it", () => {
    const pieces: readonly Piece[] = [clientHello(""), warning, SERVER_HELLO, { side: 1, closes: FIN }];
    const { streams } = decrypt([batchOf(pieces)], null);
    expect([...(streams.servers[0]?.failures ?? [])]).toEqual([["closed", 1]]);
  });
});

test("memory that is given up is free, at the price of the record under way", () => {
  const log = new KeyLog();
  log.add(`${KEYS}\n`);
  const output = new RecordOutput();
  const counted = new ServerTls(new Uint8Array(4), 443);
  const connection = new FollowedConnection(0, output, new SessionKeys(log, nodeCrypto), 1, () => counted);
  const long = asked(0, "long ".repeat(3000));
  const { words, octets } = batchOf([
    ...FLIGHTS,
    client(long.subarray(0, 14_000)),
    client(long.subarray(14_000)),
    client(asked(1, "short")),
  ]);
  output.begin({ words, octets, hasTls: true });
  output.copyUntil(0, 0);
  let octetsAt = 0;
  const take = (pieces: number, from: number): void => {
    for (let index = from; index < from + pieces; index++) {
      const at = TLS_STARTED_SIZE + index * STREAM_RECORD_SIZE;
      const length = dataLength(words, at);
      connection.record(words, at, octets.subarray(octetsAt, octetsAt + length));
      octetsAt += length;
    }
  };
  take(FLIGHTS.length + 1, 0);
  expect(connection.heldBytes).toBeGreaterThan(14_000);
  connection.drop();
  expect(connection.heldBytes).toBe(0);
  take(2, FLIGHTS.length + 1);
  connection.end();
  expect(counted.lostRecords).toBe(1);
  const told = output.end();
  expect(Buffer.from(told.octets).toString("latin1")).toContain("short");
});

test("secrets that come behind the ClientHello open nothing, and what was sent goes on as it came", () => {
  const log = new KeyLog();
  const output = new RecordOutput();
  const counted = new ServerTls(new Uint8Array(4), 443);
  const connection = new FollowedConnection(0, output, new SessionKeys(log, nodeCrypto), 1, () => counted);
  const { words, octets } = batchOf([...FLIGHTS, client(asked(0, "late"))]);
  output.begin({ words, octets, hasTls: true });
  let octetsAt = 0;
  for (let at = TLS_STARTED_SIZE; at < words.length; at += STREAM_RECORD_SIZE) {
    const start = octetsAt;
    octetsAt += dataLength(words, at);
    // As TlsStreams does.
    if (connection.takesRecords) {
      output.copyUntil(at, start);
      output.leaveOutUntil(at + STREAM_RECORD_SIZE, octetsAt);
    }
    connection.record(words, at, octets.subarray(start, octetsAt));
    if (start === 0) log.add(`${KEYS}\n`);
  }
  expect(Buffer.from(output.end().octets)).toEqual(Buffer.from(octets));
});

test("a key log keeps the sessions that were added last, as many as are allowed, and counts the others", () => {
  const log = new KeyLog(2);
  const randoms = [1, 2, 3].map((value) => new Uint8Array(32).fill(value));
  for (const [index] of randoms.entries())
    log.add(`CLIENT_RANDOM ${`0${index + 1}`.repeat(32)} ${"ab".repeat(48)}\n`);
  expect(randoms.map((random) => log.of(random) !== undefined)).toEqual([false, true, true]);
  expect([log.size, log.forgotten]).toEqual([2, 1]);
  expect(log.of(RANDOM)).toBeUndefined();
});

test("the time to connect is that of the handshake before the ClientHello, if it was seen", () => {
  const connectTimes = (batch: ReturnType<typeof batchOf>) =>
    decrypt([batch], null).streams.servers[0]?.connectTimes.distribution();
  const unseen = batchOf(FLIGHTS);
  expect(connectTimes(unseen)).toMatchObject({ count: 0 });
  const words = unseen.words.slice();
  putDouble(words, TLS_STARTED_SIZE - 2, 42_000);
  expect(connectTimes({ ...unseen, words })).toMatchObject({ count: 1, max: 42_000 });
});
