/** Sessions of OpenSSL, decrypted: the plaintext is what was sent, with every suite, and behind holes. */
import { describe, expect, test } from "vitest";
import { decrypt } from "./decrypted.ts";
import { batchOf, type Chunk, type Piece, recordSession, type SessionOptions } from "./recorded-session.ts";

const REQUESTS = ["GET /a HTTP/1.1\r\n\r\n", "GET /b HTTP/1.1\r\n\r\n", "GET /c HTTP/1.1\r\n\r\n"];
const ANSWERS = [
  `HTTP/1.1 200 OK\r\n\r\n${"a".repeat(40_000)}`,
  "HTTP/1.1 503 No\r\n\r\n",
  "HTTP/1.1 200 OK\r\n\r\nc",
];
const TURNS = { requests: REQUESTS, answers: ANSWERS };
const WITHOUT_ENCRYPT_THEN_MAC = 1 << 19;

function only(version: "TLSv1.2" | "TLSv1.3", ciphers: string, secureOptions = 0): SessionOptions {
  const options = {
    minVersion: version,
    maxVersion: version,
    // Node wants a suite of TLS 1.2 in the list, whatever the version.
    ciphers: `${ciphers}:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0`,
    secureOptions,
  };
  return { client: options, server: options, ...TURNS };
}

const SUITES: readonly (readonly [name: string, suite: string, options: SessionOptions])[] = [
  ["TLS 1.3, AES-128-GCM", "TLS_AES_128_GCM_SHA256", only("TLSv1.3", "TLS_AES_128_GCM_SHA256")],
  ["TLS 1.3, AES-256-GCM", "TLS_AES_256_GCM_SHA384", only("TLSv1.3", "TLS_AES_256_GCM_SHA384")],
  ["TLS 1.3, ChaCha20", "TLS_CHACHA20_POLY1305_SHA256", only("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256")],
  ["TLS 1.3, AES-128-CCM", "TLS_AES_128_CCM_SHA256", only("TLSv1.3", "TLS_AES_128_CCM_SHA256")],
  ["TLS 1.3, AES-128-CCM-8", "TLS_AES_128_CCM_8_SHA256", only("TLSv1.3", "TLS_AES_128_CCM_8_SHA256")],
  [
    "AES-128-GCM",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    only("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"),
  ],
  [
    "AES-256-GCM",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    only("TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384"),
  ],
  ["AES-128-CCM", "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", only("TLSv1.2", "ECDHE-ECDSA-AES128-CCM")],
  ["AES-256-CCM-8", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8", only("TLSv1.2", "ECDHE-ECDSA-AES256-CCM8")],
  [
    "ChaCha20",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    only("TLSv1.2", "ECDHE-ECDSA-CHACHA20-POLY1305"),
  ],
  [
    "AES-128-CBC, encrypt-then-MAC",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    only("TLSv1.2", "ECDHE-ECDSA-AES128-SHA"),
  ],
  [
    "AES-256-CBC with SHA-384",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    only("TLSv1.2", "ECDHE-ECDSA-AES256-SHA384"),
  ],
  [
    "AES-128-CBC, MAC first",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    only("TLSv1.2", "ECDHE-ECDSA-AES128-SHA256", WITHOUT_ENCRYPT_THEN_MAC),
  ],
];

describe("what OpenSSL encrypted is read:", () => {
  test.each(SUITES)("%s", async (_name, suite, options) => {
    const { chunks, keys } = await recordSession(options);
    const { texts, streams } = decrypt([batchOf(chunks)], keys);
    expect(texts).toEqual([REQUESTS.join(""), ANSWERS.join("")]);
    const [server] = streams.servers;
    expect(server).toMatchObject({ connections: 1, decrypted: 1, handshakes: 1, resumed: 0, lostRecords: 0 });
    expect([...(server?.suites ?? [])]).toEqual([[suite, 1]]);
    expect([...(server?.serverNames ?? [])]).toEqual([["shop.example", 1]]);
    expect([...(server?.alpn ?? [])]).toEqual([["http/1.1", 1]]);
  });

  test("in segments of any size, in the frame that completes each record", async () => {
    const { chunks, keys } = await recordSession(only("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
    const whole = decrypt([batchOf(chunks)], keys);
    for (const size of [1, 7, 1460]) {
      const pieces = chunks.flatMap(({ side, bytes }) =>
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => ({
          side,
          bytes: bytes.subarray(index * size, (index + 1) * size),
        })),
      );
      const { texts, frames } = decrypt([batchOf(pieces)], keys);
      expect(texts).toEqual(whole.texts);
      expect(frames.length).toBe(whole.frames.length);
    }
    expect(whole.frames).toEqual([...whole.frames].sort((a, b) => a - b));
  });

  test("a renegotiation, and a session that is taken up again", async () => {
    const first = only("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256");
    const renegotiated = await recordSession({ ...first, renegotiates: true });
    expect(decrypt([batchOf(renegotiated.chunks)], renegotiated.keys).texts).toEqual([
      REQUESTS.join(""),
      ANSWERS.join(""),
    ]);
    const ticketKeys = Buffer.alloc(48, 7);
    const server = { ...first.server, ticketKeys };
    const { session } = await recordSession({ ...first, server });
    const again = await recordSession({
      ...first,
      server,
      client: { ...first.client, session: session as Buffer },
    });
    const { texts, streams } = decrypt([batchOf(again.chunks)], again.keys);
    expect(texts).toEqual([REQUESTS.join(""), ANSWERS.join("")]);
    expect(streams.servers[0]).toMatchObject({ handshakes: 1, resumed: 1 });
  });
});

describe("without its keys", () => {
  test("a connection goes on as it came, and its handshake is read", async () => {
    const { chunks } = await recordSession(only("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
    const batch = batchOf(chunks);
    const foreign = `CLIENT_RANDOM ${"ab".repeat(32)} ${"cd".repeat(48)}`;
    for (const keys of [null, foreign]) {
      const { streams, texts } = decrypt([batch], keys);
      expect(Buffer.from(texts.join(""), "latin1").length).toBe(batch.octets.length);
      const [server] = streams.servers;
      expect(server).toMatchObject({ connections: 1, decrypted: 0, handshakes: 1 });
      expect([...(server?.versions ?? [])]).toEqual([["TLS 1.3", 1]]);
    }
  });

  test("a batch without TLS is the very same batch", () => {
    const batch = { ...batchOf([{ side: 0, bytes: Buffer.from(REQUESTS[0] as string) }]), hasTls: false };
    const { streams } = decrypt([], `CLIENT_RANDOM ${"ab".repeat(32)} ${"cd".repeat(48)}`);
    expect(streams.read(batch)).toBe(batch);
  });

  test("what begins within a connection is said", async () => {
    const { chunks, keys } = await recordSession(only("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
    const late = chunks.slice(-4);
    expect(decrypt([batchOf(late)], keys).streams.servers[0]).toMatchObject({
      connections: 1,
      withoutStart: 1,
    });
  });
});

describe("a hole costs the records that it touches, and no more:", () => {
  test.each(SUITES)("%s", async (_name, _suite, options) => {
    const { chunks, keys } = await recordSession(options);
    const segments = chunks.flatMap(segmentsOf);
    // A segment in the middle of the long answer, and two whole requests later everything is read again.
    const long = segments.findIndex(({ side }, index) => side === 1 && index > segments.length / 2 - 8);
    const pieces: Piece[] = segments.map((segment, index) =>
      index === long ? { side: segment.side, missing: segment.bytes.length } : segment,
    );
    const { texts } = decrypt([batchOf(pieces)], keys);
    expect(texts[0]).toBe(REQUESTS.join(""));
    expect(texts[1]).toMatch(/\[\d+ missing\]/);
    expect(texts[1].endsWith(ANSWERS.slice(1).join(""))).toBe(true);
  });
});

function segmentsOf({ side, bytes }: Chunk): Chunk[] {
  const size = 1000;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => ({
    side,
    bytes: bytes.subarray(index * size, (index + 1) * size),
  }));
}
