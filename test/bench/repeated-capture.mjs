/**
 * Captures of any size: the frames of one capture written again and again as classic pcap (nanoseconds), each time later
 * and with the sequence and acknowledgement numbers moved on, so that ports are reused as in life; or with another client
 * and other ports each time, so that few connections take another one's place. Ethernet and IPv4; checksums stay stale.
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { openCapture } from "../../dist/parts/open-capture.js";

const NANOSECOND_MAGIC = 0xa1b23c4d;
const HEADER_LENGTH = 24;
const RECORD_LENGTH = 16;
const ETHERNET = 1;
const IPV4 = 0x0800;
const TCP = 6;
/** Between one repetition's last frame and the next one's first. */
const PAUSE_NS = 200_000_000;
const SEQUENCE_STEP = 50_000_017;
const SYN = 0x02;
const ACK = 0x10;
/** The testbed's client, and the network of those that stand in for it. */
const CLIENT = 0xc0a83801;
const CLIENTS = 0x0a000001;
/** Linux's ephemeral ports; each repetition's lie this much further on. */
const FIRST_PORT = 32_768;
const PORTS = 28_232;
const PORT_STEP = 1013;

/**
 * Writes `source` `times` over to `path`, `isSpread` with other clients and ports each time; returns the number of frames, and of
 * connections that begin in them.
 */
export async function repeatCapture(source, path, times, isSpread = false) {
  const frames = await readFrames(source);
  const span = Math.max(...frames.map(({ timeNs }) => timeNs)) + PAUSE_NS;
  const out = createWriteStream(path);
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt32LE(NANOSECOND_MAGIC, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(ETHERNET, 20);
  out.write(header);
  for (let time = 0; time < times; time++) {
    const copy = Buffer.concat(frames.flatMap((frame) => recordOf(frame, time, span, isSpread)));
    if (!out.write(copy)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  const begun = frames.filter(beginsConnection).length;
  return { packets: frames.length * times, connections: begun * times };
}

async function readFrames(source) {
  const capture = await openCapture(source);
  const frames = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const start = batch.offset[row];
      const bytes = Buffer.from(batch.bytes.subarray(start, start + batch.capturedLength[row]));
      frames.push({ bytes, wireLength: batch.wireLength[row], timeNs: batch.timeNs[row] });
    }
  }
  await capture.close();
  return frames;
}

function recordOf({ bytes, wireLength, timeNs }, time, span, isSpread) {
  const at = 1e9 * 1_700_000_000 + time * span + timeNs;
  const header = Buffer.alloc(RECORD_LENGTH);
  header.writeUInt32LE(Math.floor(at / 1e9), 0);
  header.writeUInt32LE(Math.floor(time * span + timeNs) % 1e9, 4);
  header.writeUInt32LE(bytes.length, 8);
  header.writeUInt32LE(wireLength, 12);
  return [header, movedOn(bytes, time, isSpread)];
}

/** Where the TCP header lies, −1 where there is none. */
function tcpOffset(bytes) {
  if (bytes.readUInt16BE(12) !== IPV4 || bytes[23] !== TCP) return -1;
  return 14 + (bytes[14] & 15) * 4;
}

function beginsConnection({ bytes }) {
  const tcp = tcpOffset(bytes);
  return tcp !== -1 && (bytes[tcp + 13] & (SYN | ACK)) === SYN;
}

function movedOn(bytes, time, isSpread) {
  const tcp = tcpOffset(bytes);
  if (tcp === -1) return bytes;
  const moved = Buffer.from(bytes);
  const step = (time * SEQUENCE_STEP) % 2 ** 32;
  moved.writeUInt32BE((bytes.readUInt32BE(tcp + 4) + step) % 2 ** 32, tcp + 4);
  if ((bytes[tcp + 13] & ACK) !== 0)
    moved.writeUInt32BE((bytes.readUInt32BE(tcp + 8) + step) % 2 ** 32, tcp + 8);
  if (isSpread) {
    for (const address of [26, 30]) {
      if (moved.readUInt32BE(address) === CLIENT) moved.writeUInt32BE(CLIENTS + time, address);
    }
    for (const port of [tcp, tcp + 2]) {
      const number = moved.readUInt16BE(port) - FIRST_PORT;
      if (number >= 0) moved.writeUInt16BE(FIRST_PORT + ((number + time * PORT_STEP) % PORTS), port);
    }
  }
  return moved;
}
