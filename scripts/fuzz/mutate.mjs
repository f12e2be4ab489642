/** Ways to spoil an input: bytes of captures and requests, and texts of tables and manifests. */
import { gzipSync } from "node:zlib";

/** Numbers at which something turns over. */
const EDGES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const TEXT_EDGES = [
  ...["0", "-0", "-1", "1e400", "1e308", "-1e308", "1e-320", "NaN", "Infinity", "9007199254740993", "1e15"],
  ...[
    "",
    " ",
    "null",
    "~",
    "{}",
    "[]",
    "- -",
    "*a",
    "&a",
    "!!binary x",
    "<<: *a",
    "__proto__",
    "constructor",
  ],
  ...["\u0000", "\u001b[2J", "\u202e", "\ufeff", "😀", "=1+1", "../../x", "a".repeat(5000), ",".repeat(500)],
  ...["192.168.56.109", "::1", "[::1]:80", "256.1.1.1", "round-robin", "ip-hash", "%", ";", "\t", "\r\n"],
];

const BYTE_MUTATIONS = [
  (bytes, random) => edited(bytes, (copy) => copy.writeUInt8(random.below(256), random.below(copy.length))),
  (bytes, random) =>
    edited(bytes, (copy) => {
      const at = random.below(copy.length);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << random.below(8)), at);
    }),
  (bytes, random) => edited(bytes, (copy) => writeNumber(copy, random)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => without(bytes, ...range(bytes, random)),
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, random, other) => {
    const [from, to] = range(other, random);
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)]);
  },
  (bytes, random) => edited(bytes, (copy) => copy.fill(random.pick([0, 0xff]), ...range(copy, random))),
];

/** A capture: any bytes, or a field of a frame's record; sometimes compressed, and spoilt again. */
export function mutateCapture(bytes, random, other) {
  let spoilt = severalTimes(bytes, random, other, [
    ...BYTE_MUTATIONS,
    mutateRecord,
    mutateRecord,
    moveRecords,
  ]);
  if (random.chance(0.05)) spoilt = gzipSync(spoilt);
  if (random.chance(0.02)) spoilt = severalTimes(spoilt, random, other, BYTE_MUTATIONS);
  return spoilt;
}

/** A capture of streams: mostly what segments carry, and which of them are there. */
export function mutateStreams(bytes, random, other) {
  return severalTimes(bytes, random, other, [
    mutatePayload,
    mutatePayload,
    mutatePayload,
    mutatePayload,
    moveRecords,
    dropRecord,
    mutateRecord,
    ...BYTE_MUTATIONS.slice(0, 3),
  ]);
}

export function mutateBytes(bytes, random, other) {
  return severalTimes(bytes, random, other, BYTE_MUTATIONS);
}

export function mutateText(bytes, random, other) {
  const mutations = [
    mutateToken,
    mutateToken,
    mutateToken,
    mutateLines,
    mutateLines,
    ...BYTE_MUTATIONS.slice(0, 2),
  ];
  return severalTimes(bytes, random, other, mutations);
}

function severalTimes(bytes, random, other, mutations) {
  let spoilt = bytes;
  for (let left = 1 + random.below(random.pick([2, 4, 16])); left > 0 && spoilt.length > 0; left--) {
    spoilt = random.pick(mutations)(spoilt, random, other.length > 0 ? other : bytes);
  }
  return spoilt;
}

/** One field of one record's header: times, lengths, interfaces and types are where the parsers decide. */
function mutateRecord(bytes, random) {
  const starts = recordsOf(bytes);
  if (starts.length === 0) return bytes;
  return edited(bytes, (copy) => {
    const at = random.pick(starts) + 4 * random.below(8);
    if (at + 4 <= copy.length)
      copy.writeUInt32LE(random.chance(0.5) ? random.pick(EDGES) : random.below(2 ** 32), at);
  });
}

/** Ethernet, IPv4 and TCP without options, behind what a packet block has before its frame. */
const PACKET_HEAD = 28;
const PAYLOAD_AT = PACKET_HEAD + 54;

/** Bytes of one segment's payload, as many as before. */
function mutatePayload(bytes, random) {
  const starts = [...recordsOf(bytes), bytes.length];
  const carrying = starts.slice(0, -1).filter((at, index) => starts[index + 1] - at > PAYLOAD_AT + 8);
  if (carrying.length === 0) return bytes;
  const at = random.pick(carrying);
  const end = starts[starts.indexOf(at) + 1] - 4;
  const spoilt = random.pick(BYTE_MUTATIONS.slice(0, 3))(bytes.subarray(at + PAYLOAD_AT, end), random);
  return Buffer.concat([bytes.subarray(0, at + PAYLOAD_AT), spoilt, bytes.subarray(end)]);
}

/** One record less: a hole in a stream. */
function dropRecord(bytes, random) {
  const starts = [...recordsOf(bytes), bytes.length];
  if (starts.length < 3) return bytes;
  const dropped = 1 + random.below(starts.length - 2);
  return without(bytes, starts[dropped], starts[dropped + 1]);
}

/** Frames in another order, or one of them many times. */
function moveRecords(bytes, random) {
  const starts = [...recordsOf(bytes), bytes.length];
  if (starts.length < 3) return bytes;
  const records = starts.slice(0, -1).map((start, index) => bytes.subarray(start, starts[index + 1]));
  const [from, to] = [random.below(records.length), random.below(records.length)];
  if (random.chance(0.5)) [records[from], records[to]] = [records[to], records[from]];
  else records.splice(to, 0, ...Array.from({ length: 1 + random.below(20) }, () => records[from]));
  return Buffer.concat([bytes.subarray(0, starts[0]), ...records]);
}

/** Where the records of a classic pcap or the blocks of a pcapng begin, as far as it is whole; little-endian only. */
export function recordsOf(bytes) {
  const starts = [];
  if (bytes.length < 24) return starts;
  const isNg = bytes.readUInt32LE(0) === 0x0a0d0d0a;
  for (let at = isNg ? 0 : 24; at + 16 <= bytes.length; ) {
    const length = isNg ? bytes.readUInt32LE(at + 4) : 16 + bytes.readUInt32LE(at + 8);
    if (length < 12 || at + length > bytes.length) break;
    starts.push(at);
    at += length;
  }
  return starts;
}

/** A word or number of a text, replaced by another of it or by one that is trouble. */
function mutateToken(bytes, random) {
  const text = bytes.toString();
  const tokens = [...text.matchAll(/[\w.+-]+|[^\w\s]/g)];
  if (tokens.length === 0) return bytes;
  const { 0: token, index } = random.pick(tokens);
  const put = random.chance(0.6) ? random.pick(TEXT_EDGES) : random.pick(tokens)[0];
  return Buffer.from(text.slice(0, index) + put + text.slice(index + token.length));
}

function mutateLines(bytes, random) {
  const lines = bytes.toString().split("\n");
  const [from, to] = [random.below(lines.length), random.below(lines.length)];
  if (random.chance(0.3)) lines.splice(from, 1);
  else if (random.chance(0.5))
    lines.splice(to, 0, ...Array.from({ length: 1 + random.below(30) }, () => lines[from]));
  else [lines[from], lines[to]] = [lines[to], lines[from]];
  return Buffer.from(lines.join("\n"));
}

function edited(bytes, edit) {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  edit(copy);
  return copy;
}

function writeNumber(copy, random) {
  const size = random.pick([1, 2, 4]);
  if (copy.length < size) return;
  const value = random.pick(EDGES) % 2 ** (8 * size);
  const at = random.below(copy.length - size + 1);
  if (random.chance(0.5)) copy.writeUIntLE(value, at, size);
  else copy.writeUIntBE(value, at, size);
}

function range(bytes, random) {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + random.below(random.pick([4, 64, 4096])))];
}

function without(bytes, from, to) {
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}
