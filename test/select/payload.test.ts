/** Which frames have HTTP, TLS and QUIC, by hand; `tshark.test.ts` asks tshark about shipped captures. */
import { describe, expect, test } from "vitest";
import { client, FIN, server, shownDatagrams, shownSegments } from "./payload-frames.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n";
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

describe("http is shown in the frame", () => {
  test("that completes a body of a known length", () => {
    expect(
      shownSegments("http", 80, [
        client(0, GET),
        server(0, OK),
        server(OK.length, "abc"),
        server(OK.length + 3, "def"),
      ]),
    ).toEqual([1, 4]);
  });

  test("that completes a head, cut in the middle of a line end", () => {
    expect(
      shownSegments("http", 80, [
        client(0, GET.slice(0, 15)),
        client(15, GET.slice(15, -1)),
        client(GET.length - 1, "\n"),
      ]),
    ).toEqual([3]);
  });

  test("that completes the last chunk, and one with pipelined requests once", () => {
    const chunks = ["4\r\nabcd\r", "\n3;x=1\r\nefg\r\n0", "\r\n\r\n"];
    const places = [0, 8, 8 + 14].map((place) => place + CHUNKED.length);
    expect(
      shownSegments("http", 80, [
        client(0, GET + GET),
        server(0, CHUNKED),
        ...chunks.map((text, index) => server(places[index] ?? 0, text)),
        server((places[2] ?? 0) + 4, `${OK}abcdef`),
      ]),
    ).toEqual([1, 5, 6]);
  });

  test("with the FIN, where only that ends a body", () => {
    const head = "HTTP/1.0 200 OK\r\n\r\n";
    expect(
      shownSegments("http", 80, [
        client(0, GET),
        server(0, `${head}a`),
        server(head.length + 1, "b"),
        server(head.length + 2, "", FIN),
      ]),
    ).toEqual([1, 4]);
  });

  test("of a HEAD's answer at once, and of a 304", () => {
    const head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
    const none = "HTTP/1.1 304 Not Modified\r\nContent-Length: 6\r\n\r\n";
    expect(
      shownSegments("http", 80, [
        client(0, head),
        server(0, OK),
        client(head.length, GET),
        server(OK.length, none),
      ]),
    ).toEqual([1, 2, 3, 4]);
  });

  test("in none, where a segment of the message never came, or came as a retransmission", () => {
    expect(shownSegments("http", 80, [client(0, GET), server(0, OK), server(OK.length + 3, "def")])).toEqual([
      1,
    ]);
    expect(
      shownSegments("http", 80, [
        client(0, GET),
        server(0, OK),
        server(OK.length + 3, "def"),
        ...Array.from({ length: 9 }, () => client(GET.length, "")),
        server(OK.length, "abc"),
      ]),
    ).toEqual([1]);
  });

  test("that continues in what can't be read, once a request was seen", () => {
    expect(shownSegments("http", 80, [server(0, "\u0000\u0001\u0002\u0003")])).toEqual([]);
    expect(shownSegments("http", 80, [client(0, GET), server(0, "\u0000\u0001\u0002\u0003")])).toEqual([
      1, 2,
    ]);
  });

  test("on other ports from the version in a first line on; not on ports of other protocols", () => {
    expect(shownSegments("http", 8001, [client(0, GET), server(0, `${OK}abcdef`)])).toEqual([1, 2]);
    expect(shownSegments("http", 6379, [client(0, GET), server(0, `${OK}abcdef`)])).toEqual([]);
  });

  test("that was cut off, where its first line is there", () => {
    const cut = { ...client(0, GET), captured: 14 + 20 + 20 + 10 };
    expect(shownSegments("http", 80, [cut])).toEqual([1]);
  });

  test("of what a proxy passes on, and the TLS in it", () => {
    const connect = "CONNECT a:443 HTTP/1.1\r\n\r\n";
    const segments = [
      client(0, connect),
      server(0, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
      client(connect.length, record(3)),
    ];
    expect(shownSegments("http", 3128, segments)).toEqual([1, 2, 3]);
    expect(shownSegments("tls", 3128, segments)).toEqual([3]);
  });

  test("up to the change to another protocol", () => {
    const upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    expect(
      shownSegments("http", 80, [
        client(0, GET),
        server(0, upgrade),
        server(upgrade.length, "\u0081\u0002hi"),
      ]),
    ).toEqual([1, 2]);
  });
});

/** A record of TLS 1.2, of application data unless said otherwise. */
function record(content: number | Buffer, type = 23): Buffer {
  const bytes = typeof content === "number" ? Buffer.alloc(content) : content;
  return Buffer.concat([Buffer.from([type, 3, 3, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

/** A ServerHello; `extensions` with their length before them. */
function serverHello(extensions: readonly number[] = []): Buffer {
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    Buffer.from([0, 0x13, 1, 0, ...extensions]),
  ]);
  return record(Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]), 22);
}

/** The extension that says TLS 1.3. */
const IS_TLS_1_3 = [0, 6, 0, 43, 0, 2, 3, 4];

/** From the middle of a ciphertext: it might begin 4100 bytes of SSL 2. */
const LIKE_SSL_2 = Buffer.from("9004011111111111", "hex");
/** And a record of an unknown version. */
const LIKE_TLS = Buffer.from("1799991111111111", "hex");

describe("tls is shown in the frame", () => {
  test("with a record's beginning, and the one that completes it; not between", () => {
    const long = record(3000);
    expect(
      shownSegments("tls", 443, [
        client(0, long.subarray(0, 1000)),
        client(1000, long.subarray(1000, 2000)),
        client(2000, Buffer.concat([long.subarray(2000), record(5).subarray(0, 3)])),
        client(3008, record(5).subarray(3)),
      ]),
    ).toEqual([1, 3, 4]);
  });

  test("not where a text stands at its port; on other ports where the bytes are a record", () => {
    expect(shownSegments("tls", 443, [client(0, "hello world")])).toEqual([]);
    expect(
      shownSegments("tls", 4433, [client(0, "hello world"), client(11, record(8)), server(0, record(1))]),
    ).toEqual([2, 3]);
    expect(shownSegments("tls", 80, [client(0, record(8))])).toEqual([]);
  });

  test.each([
    ["nothing", Buffer.alloc(0), LIKE_SSL_2, false],
    ["nothing", Buffer.alloc(0), LIKE_TLS, true],
    ["no message of SSL 2", Buffer.alloc(0), Buffer.from("9004031111111111", "hex"), true],
    ["a record of TLS 1.2", record(9), LIKE_SSL_2, true],
    ["a record of TLS 1.2", record(9), LIKE_TLS, false],
    ["a handshake, not a ClientHello", record(Buffer.from([11, 0, 0, 0]), 22), LIKE_SSL_2, true],
    ["a ClientHello", record(Buffer.from([1, 0, 0, 0]), 22), LIKE_SSL_2, false],
    ["a ServerHello of TLS 1.2", serverHello(), LIKE_SSL_2, true],
    ["a ServerHello of TLS 1.3", serverHello(IS_TLS_1_3), LIKE_SSL_2, false],
    ["a ServerHello of TLS 1.3", serverHello(IS_TLS_1_3), LIKE_TLS, true],
    [
      "ServerHello of SSL 2",
      Buffer.from("8008040000000000000000", "hex"),
      Buffer.from("10041111", "hex"),
      false,
    ],
  ])("after a loss what follows is shown by the version: %s", (_, before, lost, isShown) => {
    const at = before.length;
    const segments = [
      ...(at === 0 ? [] : [server(0, before)]),
      server(at + 1000, lost),
      server(at + 1000 + lost.length, Buffer.alloc(20, 0x99)),
    ];
    const all = segments.map((_segment, index) => index + 1);
    expect(shownSegments("tls", 443, segments)).toEqual(isShown ? all : all.slice(0, -1));
  });

  test("by the version that a record says over several segments, or cut off", () => {
    const hello = serverHello(IS_TLS_1_3);
    const next = [server(900, LIKE_TLS), server(908, Buffer.alloc(20, 0x99))];
    expect(
      shownSegments("tls", 443, [server(0, hello.subarray(0, 20)), server(20, hello.subarray(20)), ...next]),
    ).toEqual([1, 2, 3, 4]);
    const cut = { ...server(0, record(100)), captured: 14 + 20 + 20 + 30 };
    expect(
      shownSegments("tls", 443, [cut, server(900, LIKE_SSL_2), server(908, Buffer.alloc(20, 0x99))]),
    ).toEqual([1, 2, 3]);
  });
});

describe("quic is shown in the datagrams", () => {
  const short = Buffer.alloc(30, 0x45);

  /** A header with its version and its connection IDs, 8 bytes and 0 unless said otherwise. */
  function long(version: number, destinationId = 8, sourceId = 0): Buffer {
    const header = Buffer.from([0xc3, 0, 0, 0, 0, destinationId]);
    header.writeUInt32BE(version, 1);
    return Buffer.concat([header, Buffer.alloc(destinationId), Buffer.from([sourceId]), Buffer.alloc(40)]);
  }

  function shownWith(second: Buffer): readonly number[] {
    return shownDatagrams("quic", 4433, [
      { from: "client", bytes: short },
      { from: "client", bytes: second },
      { from: "server", bytes: short },
      { from: "client", bytes: Buffer.alloc(0) },
      { from: "client", bytes: Buffer.from([0]) },
    ]);
  }

  // As tshark 4.0.17 shows them.
  test.each([1, 0x6b3343cf, 0xff00000b, 0xff00001d, 0xfaceb001, 0xfaceb002, 0xfaceb00e, 0x51303530])(
    "from the first long header on: version %i",
    (version) => {
      expect(shownWith(long(version))).toEqual([2, 3, 5]);
    },
  );

  test.each([0x54303530, 0x54303531, 0x1a2a3a4a])(
    "and those of Google, and that force negotiation: %i",
    (version) => {
      expect(shownWith(long(version, 20, 20))).toEqual([2, 3, 5]);
    },
  );

  test.each([0, 2, 0xff00000a, 0xff010000, 0xfaceb000, 0xfaceb003, 0x51303433, 0x709a50c4])(
    "of no other version: %i",
    (version) => {
      expect(shownWith(long(version))).toEqual([]);
    },
  );

  test("with connection IDs of at most 20 bytes, and a header that is whole", () => {
    expect(shownWith(long(1, 21))).toEqual([]);
    expect(shownWith(long(1, 8, 21))).toEqual([]);
    expect(shownWith(long(1).subarray(0, 14))).toEqual([]);
    expect(shownWith(long(1).subarray(0, 15))).toEqual([2, 3, 5]);
  });
});
