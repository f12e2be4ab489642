/** Which connections the tls room follows: told by the first octets of either side, once per connection. */
import { expect, test } from "vitest";
import { TlsStarts } from "../../../src/engine/records/tls-starts.ts";
import { Connection } from "../../../src/engine/tcp/connection.ts";

const HELLO = Uint8Array.of(0x16, 0x03, 0x01);
const REQUEST = Uint8Array.from(Buffer.from("GET / HTTP/1.1\r\n"));

test("the first octets decide, and later ones don't", () => {
  const starts = new TlsStarts();
  starts.begin(new Connection(0), 0);
  expect(starts.startsWith(0, REQUEST, 0, REQUEST.length)).toBe(false);
  expect(starts.startsWith(0, HELLO, 0, HELLO.length)).toBe(false);
  expect(starts.open).toBe(0);
});

test("a connection that may be TLS is told once, and counted until it is gone", () => {
  const starts = new TlsStarts();
  const connection = new Connection(5000);
  starts.begin(connection, 1);
  starts.connected(5000, 42);
  expect(starts.startsWith(5000, HELLO, 0, HELLO.length)).toBe(true);
  expect(starts.startsWith(5000, HELLO, 0, HELLO.length)).toBe(false);
  expect(starts.connection(5000)).toBe(connection);
  expect([starts.clientSide(5000), starts.connectNs(5000), starts.open]).toEqual([1, 42, 1]);
  starts.end(5000);
  starts.end(5000);
  expect(starts.open).toBe(0);
});

test("a slot that is used again knows nothing of the connection before", () => {
  const starts = new TlsStarts();
  starts.begin(new Connection(3), 0);
  starts.connected(3, 42);
  starts.startsWith(3, REQUEST, 0, REQUEST.length);
  starts.end(3);
  starts.begin(new Connection(3), -1);
  expect(starts.startsWith(3, HELLO, 0, HELLO.length)).toBe(true);
  expect([starts.clientSide(3), starts.connectNs(3)]).toEqual([-1, -1]);
});
