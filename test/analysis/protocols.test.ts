/** What a capture says of connections whose requests it can't read. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { USUAL_SEQUENCES } from "../engine/tcp/plan-segment.ts";
import { captureOf } from "../engine/tcp/segment-frames.ts";
import { parseSegments } from "../engine/tcp/segment-notation.ts";

/** A connection from 10.0.0.1 to 10.0.0.2:80 on which the client sends these payloads, one segment each. */
function captureOfClient(payloads: readonly Buffer[], withHandshake = true): Buffer {
  let next = 1;
  const lines = payloads.map((payload, index) => {
    const line = `${10 + index} > ${next}:${next + payload.length} ack 1`;
    next += payload.length;
    return line;
  });
  const handshake = withHandshake ? ["0 > S 0", "1 < S 0 ack 1", "2 > 1 ack 1"] : [];
  const file = captureOf(
    parseSegments([...handshake, ...lines].join("\n")).map((plan) => ({ plan, initial: USUAL_SEQUENCES })),
  );
  let end = 24;
  let record = 0;
  while (end < file.length) {
    end += 16 + file.readUInt32LE(end + 8);
    const payload = payloads[record++ - handshake.length];
    if (payload !== undefined) payload.copy(file, end - payload.length);
  }
  return file;
}

const CLIENT_HELLO = Buffer.from("16030100310100002d0303", "hex");
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const UPGRADE = Buffer.from(
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n",
);
const REQUEST = Buffer.from("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");

async function protocolWarnings(...payloads: Buffer[]) {
  const { warnings } = await analyze(captureOfClient(payloads));
  return warnings.filter(({ code }) => code === "tls" || code === "http2");
}

describe("connections whose requests can't be read are said, by server:", () => {
  test("TLS", async () => {
    const [warning, ...others] = await protocolWarnings(CLIENT_HELLO);
    expect(warning).toMatchObject({ code: "tls", source: "10.0.0.2:80" });
    expect(warning?.message).toContain("1 connection to 10.0.0.2:80 is TLS (first seen at frame 4)");
    expect(others).toEqual([]);
  });

  test("TLS without the handshake in the capture", async () => {
    const { warnings } = await analyze(captureOfClient([CLIENT_HELLO], false));
    expect(warnings.find(({ code }) => code === "tls")?.source).toBe("10.0.0.2:80");
  });

  test("nothing of HTTP/2, which is read", async () => {
    expect(await protocolWarnings(PREFACE, Buffer.from("000000040000000000", "hex"))).toEqual([]);
  });

  test("and counted, with those that can be read", async () => {
    const { protocols } = await analyze(captureOfClient([REQUEST]));
    const none = { http1: 0, http2: 0, grpc: 0, webSocket: 0, tls: 0, tlsDecrypted: 0, other: 0 };
    expect(protocols).toEqual([{ server: "10.0.0.2:80", ...none, http1: 1 }]);
    const counted = async (payload: Buffer) => (await analyze(captureOfClient([payload]))).protocols[0];
    expect(await counted(CLIENT_HELLO)).toMatchObject({ ...none, tls: 1 });
    expect(await counted(PREFACE)).toMatchObject({ ...none, http2: 1 });
    expect(await counted(Buffer.from("SSH-2.0-x\r\n"))).toMatchObject({ ...none, other: 1 });
    expect(await counted(UPGRADE)).toMatchObject({ ...none, http1: 1, webSocket: 1 });
  });

  test("nothing of plain HTTP, nor of a protocol that nobody expects here", async () => {
    expect(await protocolWarnings(REQUEST)).toEqual([]);
    expect(await protocolWarnings(Buffer.from("SSH-2.0-x\r\n"))).toEqual([]);
  });
});
