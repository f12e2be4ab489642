/**
 * Captures that are hard on memory rather than long: connections that are kept, with a request per frame, from both sides or
 * from one (direct server return, a mirror of one direction); requests through a balancer that nobody ever answers; and very many clients.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";

const REQUEST = Buffer.from("GET /index.html HTTP/1.1\r\nHost: backend\r\n\r\n");
const RESPONSE = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
const CLIENT = 0x0a000009;
const BALANCER = 0x0a000001;
const BACKEND = 0x0a000002;
/** The first of many. */
const CLIENTS = 0x0b000000;
const FIRST_PORT = 1024;
/** Each side's first byte. */
const ASKER_SEQUENCE = 1000;
const ANSWERER_SEQUENCE = 5000;
const HTTP_PORT = 80;
const STEP_US = 20;
const HEADERS_LENGTH = 54;
const RECORD_LENGTH = 16;
const PSH_ACK = 0x18;

/** `connections` of a balancer's to one backend, `requests` on each; `directions` 1: without what the backend says. */
export async function keptConnections(file, connections, requests, directions) {
  return await written(file, function* () {
    for (let round = 0; round < requests; round++) {
      const sent = ASKER_SEQUENCE + round * REQUEST.length;
      const answered = ANSWERER_SEQUENCE + round * RESPONSE.length;
      for (let index = 0; index < connections; index++) {
        const port = FIRST_PORT + index;
        yield frame([BALANCER, port], [BACKEND, HTTP_PORT], sent, answered, REQUEST);
        if (directions === 1) continue;
        yield frame([BACKEND, HTTP_PORT], [BALANCER, port], answered, sent + REQUEST.length, RESPONSE);
      }
    }
  });
}

/** Requests of as many clients' connections, each with its copy to the backend, and no answer. */
export async function neverAnswered(file, requests) {
  return await written(file, function* () {
    for (let index = 0; index < requests; index++) {
      const port = FIRST_PORT + (index % 60_000);
      const round = Math.floor(index / 60_000);
      yield request([CLIENT + round, port], [BALANCER, HTTP_PORT]);
      yield request([BALANCER + 256 + round, port], [BACKEND, HTTP_PORT]);
    }
  });
}

/** So many clients with one exchange each: every address is new. */
export async function manyClients(file, clients) {
  return await written(file, function* () {
    for (let index = 0; index < clients; index++) {
      const client = [CLIENTS + index, FIRST_PORT];
      yield request(client, [BACKEND, HTTP_PORT]);
      yield frame([BACKEND, HTTP_PORT], client, ANSWERER_SEQUENCE, ASKER_SEQUENCE + REQUEST.length, RESPONSE);
    }
  });
}

/** The first request of a connection. */
function request(client, server) {
  return frame(client, server, ASKER_SEQUENCE, ANSWERER_SEQUENCE, REQUEST);
}

/** Writes a classic capture with microseconds, a frame each 20 µs. */
async function written(file, frames) {
  const out = createWriteStream(file);
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  out.write(header);
  let packets = 0;
  for (const bytes of frames()) {
    const timeUs = ++packets * STEP_US;
    const record = Buffer.alloc(RECORD_LENGTH);
    record.writeUInt32LE(1_700_000_000 + Math.floor(timeUs / 1e6), 0);
    record.writeUInt32LE(timeUs % 1e6, 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(bytes.length, 12);
    out.write(record);
    if (!out.write(bytes)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return { file, packets };
}

/** Ethernet, IPv4 and TCP without options; checksums of 0. */
function frame([source, sourcePort], [destination, destinationPort], sequence, acknowledgement, payload) {
  const bytes = Buffer.alloc(HEADERS_LENGTH + payload.length);
  bytes.writeUInt16BE(0x0800, 12);
  bytes.writeUInt8(0x45, 14);
  bytes.writeUInt16BE(bytes.length - 14, 16);
  bytes.writeUInt16BE(0x4000, 20);
  bytes.writeUInt8(64, 22);
  bytes.writeUInt8(6, 23);
  bytes.writeUInt32BE(source, 26);
  bytes.writeUInt32BE(destination, 30);
  bytes.writeUInt16BE(sourcePort, 34);
  bytes.writeUInt16BE(destinationPort, 36);
  bytes.writeUInt32BE(sequence, 38);
  bytes.writeUInt32BE(acknowledgement, 42);
  bytes.writeUInt8(5 << 4, 46);
  bytes.writeUInt8(PSH_ACK, 47);
  bytes.writeUInt16BE(500, 48);
  payload.copy(bytes, HEADERS_LENGTH);
  return bytes;
}
