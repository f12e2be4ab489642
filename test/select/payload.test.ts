/** Which frames have HTTP, TLS and QUIC, by hand; `tshark.test.ts` asks tshark about shipped captures. */
import { describe, expect, test } from "vitest";
import { client, FIN, server, shownSegments } from "./payload-frames.ts";

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

/** A record of application data. */
function record(length: number): Buffer {
  return Buffer.concat([Buffer.from([23, 3, 3, length >> 8, length & 0xff]), Buffer.alloc(length)]);
}

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
});
