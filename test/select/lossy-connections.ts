/** Connections of HTTP and TLS with segments that are lost, sent twice or late: the same for the same seed. */
import { randomNumbers } from "../engine/tcp/random-segments.ts";
import { FIN, type SentSegment, segmentFrame } from "./payload-frames.ts";

const CONNECTIONS = 120;
const MESSAGES = 8;
const PORTS = [80, 8080, 8123, 3128, 443, 8443, 993];
const TLS_PORTS = new Set([443, 8443, 993]);
const SEGMENT_LENGTHS = [60, 300, 1460];

/** Frames in the order in which they were recorded. */
export function lossyConnections(seed: number): Buffer[] {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const port = PORTS[below(PORTS.length)] as number;
    const isTls = TLS_PORTS.has(port);
    const sent = { client: 0, server: 0 };
    const segments: SentSegment[] = [];
    const clientPort = 30_000 + index;
    for (let turn = 0; turn < MESSAGES; turn++) {
      const from = turn % 2 === 0 ? "client" : "server";
      const other = from === "client" ? "server" : "client";
      const bytes = isTls
        ? records(below, turn)
        : Buffer.from(from === "client" ? request(below) : response(below));
      for (const [start, end] of recorded(bytes.length, SEGMENT_LENGTHS[below(3)] as number, random)) {
        const text = bytes.subarray(start, end);
        segments.push({ from, at: sent[from] + start, text, acknowledges: sent[other], clientPort });
        if (random() < 0.4)
          segments.push({ from: other, at: sent[other], text: "", acknowledges: sent[from], clientPort });
      }
      sent[from] += bytes.length;
    }
    if (random() < 0.5) segments.push({ from: "server", at: sent.server, text: "", flags: FIN, clientPort });
    return segments.map((segment) => segmentFrame(segment, port));
  }).flat();
}

/** Where segments begin and end: one in 25 comes behind the next, one in 25 twice, one in 50 never. */
function recorded(length: number, most: number, random: () => number): (readonly [number, number])[] {
  const all: (readonly [number, number])[] = [];
  for (let start = 0; start < length; start += most) {
    const segment = [start, Math.min(length, start + most)] as const;
    const chance = random();
    if (chance < 0.04 && all.length > 0) all.splice(-1, 0, segment);
    else if (chance < 0.08) all.push(segment, segment);
    else if (chance < 0.98) all.push(segment);
  }
  return all;
}

function request(below: (limit: number) => number): string {
  const path = "a".repeat(below(1500));
  const body = "p".repeat(below(3) === 0 ? below(3000) : 0);
  return body === ""
    ? `GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`
    : `POST /${path} HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function response(below: (limit: number) => number): string {
  const body = "v".repeat(1 + below(4000));
  const size = body.length.toString(16);
  return below(2) === 0
    ? `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    : `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size};x=1\r\n${body}\r\n0\r\nX-Sum: 1\r\n\r\n`;
}

/** One to three records: hellos first, then application data. */
function records(below: (limit: number) => number, turn: number): Buffer {
  return Buffer.concat(
    Array.from({ length: 1 + below(3) }, (_, index) => {
      const content = Buffer.from(Array.from({ length: 1 + below(3000) }, () => below(256)));
      if (turn < 2 && index === 0) content[0] = turn + 1;
      const type = turn < 2 ? 22 : 23;
      return Buffer.concat([Buffer.from([type, 3, 3, content.length >> 8, content.length & 0xff]), content]);
    }),
  );
}
