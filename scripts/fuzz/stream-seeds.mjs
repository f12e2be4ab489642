/** Captures of HTTP/2, gRPC and TLS made by hand, with everything that their parsers decide by: seeds for the fuzzer. */
import { createCipheriv, createHmac } from "node:crypto";

const CLIENT = 0;
const SERVER = 1;

/** A pcapng of connections, each a list of [side, bytes]. @param secrets text of a key log, in the file itself; "" = none */
function captureOf(connections, secrets) {
  const blocks = [
    block(0x0a0d0d0a, u32(0x1a2b3c4d), Buffer.from("01000000ffffffffffffffff", "hex")),
    block(1, u16(1, 0), u32(0)),
  ];
  if (secrets !== "") blocks.push(block(10, u32(0x544c534b, secrets.length), padded(Buffer.from(secrets))));
  let ticks = 1_700_000_000_000_000n;
  const put = (frame) => {
    ticks += 100n;
    const fields = u32(0, Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), frame.length, frame.length);
    blocks.push(block(6, fields, padded(frame)));
  };
  for (const [index, chunks] of connections.entries()) {
    const next = [1000, 5000];
    const send = (side, flags, data = Buffer.alloc(0)) => {
      put(segment(index, side, next[side], next[1 - side], flags, data));
      next[side] += data.length + (flags & 3 ? 1 : 0);
    };
    send(CLIENT, 0x02);
    send(SERVER, 0x12);
    send(CLIENT, 0x10);
    for (const [side, data] of chunks) send(side, 0x18, data);
    send(CLIENT, 0x11);
    send(SERVER, 0x11);
  }
  return Buffer.concat(blocks);
}

/** Ethernet, IPv4, TCP; checksums are not looked at. */
function segment(index, side, sequence, acknowledgement, flags, data) {
  const bytes = Buffer.alloc(54);
  bytes.writeUInt16BE(0x0800, 12);
  bytes.writeUInt8(0x45, 14);
  bytes.writeUInt16BE(40 + data.length, 16);
  bytes.writeUInt16BE(64 << 8, 22);
  bytes.writeUInt8(6, 23);
  const ends = [
    [0x0a000001, 40_000 + index],
    [0x0a000002, 443],
  ];
  for (const [at, [address, port]] of [ends[side], ends[1 - side]].entries()) {
    bytes.writeUInt32BE(address, 26 + 4 * at);
    bytes.writeUInt16BE(port, 34 + 2 * at);
  }
  bytes.writeUInt32BE(sequence, 38);
  bytes.writeUInt32BE(flags & 0x10 ? acknowledgement : 0, 42);
  bytes.writeUInt16BE(0x5000 | flags, 46);
  bytes.writeUInt16BE(0xffff, 48);
  return Buffer.concat([bytes, data]);
}

function block(type, ...body) {
  const length = u32(12 + body.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([u32(type), length, ...body, length]);
}

function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function u32(...values) {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}

function u16(...values) {
  return Buffer.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

const hex = (digits) => Buffer.from(digits.replaceAll(" ", ""), "hex");
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** A frame of HTTP/2. */
function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A literal field that joins the table. */
function field(name, value) {
  return Buffer.concat([
    Buffer.from([0x40, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ]);
}

/** What a client and a server of HTTP/2 say: every kind of frame, blocks in pieces, padding, trailers, windows. */
function http2() {
  const grpc = field("content-type", "application/grpc");
  const message = hex("00 00000003 616263");
  return [
    [
      CLIENT,
      Buffer.concat([
        PREFACE,
        frame(4, 0, 0, hex("0004 0000000a 0001 00010000")),
        frame(8, 0, 0, hex("7fffffff")),
      ]),
    ],
    [SERVER, Buffer.concat([frame(4, 0, 0), frame(4, 1, 0)])],
    [
      CLIENT,
      Buffer.concat([
        frame(4, 1, 0),
        frame(1, 5, 1, Buffer.concat([hex("3fe1ff03 82 86 84"), field("x", "y".repeat(90))])),
      ]),
    ],
    [CLIENT, frame(1, 0x28, 3, Buffer.concat([hex("02 00000000 10"), hex("83 86 84 be"), hex("0000")]))],
    [CLIENT, frame(9, 4, 3, hex("418cf1e3c2e5f23a6ba0ab90f4ff"))],
    [CLIENT, frame(0, 8, 3, hex("03 616263 000000"))],
    [CLIENT, frame(0, 1, 3, Buffer.alloc(300, "c"))],
    [SERVER, Buffer.concat([frame(1, 4, 1, hex("08 03 313033")), frame(1, 4, 1, hex("88 be"))])],
    [SERVER, Buffer.concat([frame(0, 0, 1, Buffer.alloc(10, "d")), frame(6, 0, 0, Buffer.alloc(8, 1))])],
    [
      CLIENT,
      Buffer.concat([
        frame(6, 1, 0, Buffer.alloc(8, 1)),
        frame(8, 0, 1, hex("000000ff")),
        frame(4, 0, 0, hex("0004 7fffffff")),
      ]),
    ],
    [
      SERVER,
      Buffer.concat([frame(0, 1, 1, Buffer.alloc(200, "d")), frame(5, 4, 3, hex("00000002 82 86 84"))]),
    ],
    [
      SERVER,
      Buffer.concat([frame(1, 4, 2, hex("88")), frame(0, 1, 2, hex("00")), frame(3, 0, 3, hex("00000008"))]),
    ],
    [
      CLIENT,
      Buffer.concat([
        frame(1, 4, 5, Buffer.concat([hex("83 86 84"), grpc])),
        frame(0, 1, 5, message),
        frame(2, 0, 7, hex("00000000 05")),
      ]),
    ],
    [
      SERVER,
      Buffer.concat([
        frame(1, 4, 5, Buffer.concat([hex("88"), grpc])),
        frame(0, 0, 5, message),
        frame(1, 5, 5, field("grpc-status", "14")),
      ]),
    ],
    [
      CLIENT,
      frame(
        1,
        4,
        7,
        Buffer.concat([hex("02 07 434f4e4e454354"), field(":protocol", "websocket"), hex("86 84")]),
      ),
    ],
    [
      SERVER,
      Buffer.concat([
        frame(1, 4, 7, hex("88")),
        frame(7, 0, 0, hex("00000005 00000000")),
        frame(0x2a, 0, 0, hex("01")),
      ]),
    ],
  ];
}

/** HTTP/1 that is left for HTTP/2. */
function upgraded() {
  const asked = "GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  const switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
  return [
    [CLIENT, Buffer.from(asked)],
    [SERVER, Buffer.concat([Buffer.from(switched), frame(4, 0, 0)])],
    [CLIENT, Buffer.concat([PREFACE, frame(4, 0, 0)])],
    [SERVER, Buffer.concat([frame(1, 4, 1, hex("88")), frame(0, 1, 1, Buffer.from("up"))])],
  ];
}

const RANDOM = Buffer.alloc(32, 1);
const SECRETS = {
  CLIENT_EARLY_TRAFFIC_SECRET: Buffer.alloc(32, 2),
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: Buffer.alloc(32, 3),
  SERVER_HANDSHAKE_TRAFFIC_SECRET: Buffer.alloc(32, 4),
  CLIENT_TRAFFIC_SECRET_0: Buffer.alloc(32, 5),
  SERVER_TRAFFIC_SECRET_0: Buffer.alloc(32, 6),
};
const KEYS = Object.entries(SECRETS)
  .map(([label, secret]) => `${label} ${RANDOM.toString("hex")} ${secret.toString("hex")}\n`)
  .join("");

/** HKDF-Expand-Label of no more than 32 octets (RFC 8446 §7.1). */
function expand(secret, label, length) {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0, 1])]);
  return createHmac("sha256", secret).update(info).digest().subarray(0, length);
}

/** A record of TLS 1.3 in TLS_AES_128_GCM_SHA256. */
function sealed(secret, sequence, type, content) {
  const nonce = Buffer.from(expand(secret, "iv", 12));
  nonce.writeUInt8(nonce.readUInt8(11) ^ sequence, 11);
  const head = plain(23, Buffer.alloc(content.length + 17)).subarray(0, 5);
  const cipher = createCipheriv("aes-128-gcm", expand(secret, "key", 16), nonce).setAAD(head);
  const body = Buffer.concat([cipher.update(Buffer.concat([content, Buffer.from([type])])), cipher.final()]);
  return Buffer.concat([head, body, cipher.getAuthTag()]);
}

function plain(type, content) {
  return Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 0xff]), content]);
}

function handshake(type, body) {
  return Buffer.concat([Buffer.from([type, 0, body.length >> 8, body.length & 0xff]), body]);
}

/** A session of TLS 1.3 around a conversation, with early data, a KeyUpdate and an alert. */
function tls13(inner, early = Buffer.alloc(0)) {
  const secret = (side, stage) => SECRETS[`${side === CLIENT ? "CLIENT" : "SERVER"}_${stage}`];
  const hello = Buffer.concat([
    hex("0303"),
    RANDOM,
    hex("00 0002 1301 0100 0012 002a 0000 0010 000a 0008 02 6832 04 68322d31"),
  ]);
  const answer = hex(`0303 ${"09".repeat(32)} 00 1301 00 000c 002b 0002 0304 0029 0002 0000`);
  const extensions = handshake(8, hex("000d 0010 0005 0003 02 6832 002a 0000"));
  const finished = handshake(20, Buffer.alloc(32));
  const chunks = [
    [
      CLIENT,
      Buffer.concat([
        plain(22, handshake(1, hello)),
        sealed(SECRETS.CLIENT_EARLY_TRAFFIC_SECRET, 0, 23, early),
      ]),
    ],
    [
      SERVER,
      Buffer.concat([
        plain(22, handshake(2, answer)),
        plain(20, hex("01")),
        sealed(secret(SERVER, "HANDSHAKE_TRAFFIC_SECRET"), 0, 22, Buffer.concat([extensions, finished])),
      ]),
    ],
    [CLIENT, sealed(secret(CLIENT, "HANDSHAKE_TRAFFIC_SECRET"), 0, 22, finished)],
  ];
  const sequence = [0, 0];
  for (const [side, bytes] of inner)
    chunks.push([side, sealed(secret(side, "TRAFFIC_SECRET_0"), sequence[side]++, 23, bytes)]);
  chunks.push([
    CLIENT,
    sealed(secret(CLIENT, "TRAFFIC_SECRET_0"), sequence[CLIENT], 22, handshake(24, hex("00"))),
  ]);
  chunks.push([SERVER, plain(21, hex("02 28"))]);
  return chunks;
}

/** The captures. */
export function streamSeeds() {
  const rest = http2().map(([side, bytes], index) => [side, index === 0 ? bytes.subarray(5) : bytes]);
  return [
    captureOf([http2()], ""),
    captureOf([upgraded(), http2().slice(2)], ""),
    captureOf([tls13(http2())], KEYS),
    captureOf([tls13(rest, PREFACE.subarray(0, 5)), tls13(upgraded())], KEYS),
    captureOf([tls13([])], ""),
  ];
}
