/** Frames at random, many connections in one capture, with all that happens to segments on their way: one seed, one capture. */
import { FrameBatch } from "../../src/capture/frame.ts";
import { LinkType } from "../../src/packet/link-type.ts";
import { ENCAPSULATIONS } from "../packet/encapsulations.ts";
import { randomConversation, randomNumbers } from "./tcp/random-segments.ts";
import { frameOf } from "./tcp/segment-frames.ts";
import type { PlannedSegment } from "./tcp/segment-notation.ts";

/** A frame, before it is recorded. */
interface Sent {
  readonly timeNs: number;
  readonly bytes: Buffer;
  readonly linkType: number;
  readonly interfaceIndex: number;
}

type Random = () => number;

/** What client and server say, over and over. */
const SAID = [
  [
    "GET /a HTTP/1.1\r\nHost: example.org\r\nX-Request-ID: 7\r\n\r\n",
    "POST /b HTTP/1.1\r\nContent-Length: 7\r\nX-Forwarded-For: 10.0.0.9, 10.0.0.1\r\n\r\nnothing",
    "FETCH /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "HEAD /d HTTP/1.1\r\n\r\n",
  ],
  [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nlate\r\n0\r\n\r\n",
    "HTTP/1.1 304 Not Modified\r\n\r\n",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n",
  ],
].map((messages) => Buffer.from(messages.join("")));

const CONVERSATIONS = 25;
const ETHERNET_LENGTH = 14;
const IPV4_LENGTH = 20;
const MORE_FRAGMENTS = 0x2000;
/** Fragments begin at multiples of 8 bytes. */
const FRAGMENT_UNIT = 8;
/** Memory before the first frame. */
const MARGIN = 8;

/** The capture of a seed, in batches. */
export function randomBatches(seed: number): FrameBatch[] {
  const random = randomNumbers(seed);
  const sent = Array.from({ length: CONVERSATIONS }, (_, index) => conversation(seed, index, random)).flat();
  const recorded = sent
    .flatMap((frame) => onItsWay(frame, random))
    .map((frame) => ({ frame, turn: frame.timeNs + (random() < 0.1 ? random() * 40e6 : 0) }))
    .sort((a, b) => a.turn - b.turn)
    // Some are recorded late, some have the time of when they should have been.
    .map(({ frame, turn }) => (random() < 0.5 ? { ...frame, timeNs: turn } : frame));
  const batches: FrameBatch[] = [];
  for (let start = 0; start < recorded.length; start += 300)
    batches.push(batchOf(recorded.slice(start, start + 300), random));
  return batches;
}

/** Frames one behind the other, some cut by the snap length. */
function batchOf(frames: readonly Sent[], random: Random): FrameBatch {
  const batch = new FrameBatch();
  const bytes = Buffer.concat([Buffer.alloc(MARGIN), ...frames.map((frame) => frame.bytes)]);
  batch.reset(bytes);
  let offset = MARGIN;
  for (const { bytes: frame, timeNs, linkType, interfaceIndex } of frames) {
    const held = random() < 0.1 ? Math.floor(random() * frame.length) : frame.length;
    batch.push(offset, held, frame.length, Math.round(timeNs), linkType, interfaceIndex);
    offset += frame.length;
  }
  return batch;
}

function conversation(seed: number, index: number, random: Random): Sent[] {
  const { plans, initial } = randomConversation(seed * CONVERSATIONS + index);
  const version = random() < 0.2 ? 6 : 4;
  const hasTimestamps = random() < 0.5;
  const hasSacks = random() < 0.5;
  const countsIds = random() < 0.6;
  const ids = [Math.floor(random() * 2 ** 16), Math.floor(random() * 2 ** 16)];
  // A few conversations of one pair of ports, one after the other.
  const connection = index % 5 === 4 ? index - 1 : index;
  const startNs = Math.floor(random() * 3e8);
  return plans.map((plan) => {
    const step = random() < 0.9 ? 1 : Math.floor(random() * 5);
    ids[plan.side] = ((ids[plan.side] ?? 0) + step) & 0xffff;
    const whole: PlannedSegment = {
      ...plan,
      connection,
      timeNs: plan.timeNs + startNs,
      ipId: version === 6 ? -1 : countsIds ? (ids[plan.side] ?? 0) : 0,
      maximumSegmentSize: plan.syn && random() < 0.8 ? 100 : 0,
      timestamps: hasTimestamps ? [stamp(plan.timeNs, random), stamp(plan.timeNs, random)] : null,
      sacks: hasSacks && random() < 0.3 ? sacksOf(plan, random) : [],
    };
    const bytes = frameOf(whole, initial);
    speak(bytes, whole);
    return { timeNs: whole.timeNs, bytes, linkType: LinkType.ETHERNET, interfaceIndex: 0 };
  });
}

/** Fills the frame's payload with what its sender says there. */
function speak(frame: Buffer, { side, sequence, length }: PlannedSegment): void {
  const said = SAID[side] ?? Buffer.alloc(1);
  const start = frame.length - length;
  for (let index = 0; index < length; index++)
    frame.writeUInt8(said[(sequence + index) % said.length] ?? 0, start + index);
}

/** Timestamps that count milliseconds over the wrap, and repeat now and then. */
function stamp(timeNs: number, random: Random): number {
  return (2 ** 32 - 100 + Math.floor(timeNs / 1e6) + Math.floor(random() * 3)) >>> 0;
}

/** Blocks behind and before the ACK: duplicate SACKs too. */
function sacksOf({ ack }: PlannedSegment, random: Random): [number, number][] {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const left = (ack ?? 0) + Math.floor(random() * 5 - 2) * 100;
    return [left, left + 100];
  });
}

/** What becomes of a frame: lost, repeated, recorded twice, in fragments, in another wrapping, damaged. */
function onItsWay(sent: Sent, random: Random): Sent[] {
  const fate = random();
  if (fate < 0.06) return [];
  if (fate < 0.1) return [sent, { ...sent, timeNs: sent.timeNs + 30e6 }];
  if (fate < 0.12) return [sent, { ...sent, timeNs: sent.timeNs + 1000, interfaceIndex: 1 }];
  if (fate < 0.14) return [sent, { ...sent, timeNs: sent.timeNs + 1000, bytes: elsewhere(sent, random) }];
  if (fate < 0.2) return fragments(sent, random);
  if (fate < 0.24) return [{ ...sent, bytes: sent.bytes.subarray(ETHERNET_LENGTH), linkType: LinkType.RAW }];
  if (fate < 0.28) return [cooked(sent)];
  if (fate < 0.32) return [tagged(sent)];
  if (fate < 0.35) return [sent, { ...sent, ...encapsulated(random), timeNs: sent.timeNs + 1 }];
  return fate < 0.38 ? [damaged(sent, random)] : [sent];
}

/** The frame with a link address that is another in one byte. */
function elsewhere({ bytes }: Sent, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const place = Math.floor(random() * 12);
  copy.writeUInt8(copy.readUInt8(place) ^ 0x40, place);
  return copy;
}

function isIpv4({ bytes }: Sent): boolean {
  return bytes.readUInt16BE(12) === 0x0800;
}

/** The same datagram in two or three fragments, which may come in any order. */
function fragments(sent: Sent, random: Random): Sent[] {
  if (!isIpv4(sent)) return [sent];
  const link = sent.bytes.subarray(0, ETHERNET_LENGTH);
  const header = sent.bytes.subarray(ETHERNET_LENGTH, ETHERNET_LENGTH + IPV4_LENGTH);
  const payload = sent.bytes.subarray(ETHERNET_LENGTH + IPV4_LENGTH);
  const unit = FRAGMENT_UNIT * (1 + Math.floor(random() * 6));
  const size = Math.max(unit, Math.ceil(payload.length / 3 / FRAGMENT_UNIT) * FRAGMENT_UNIT);
  const parts: Sent[] = [];
  for (let start = 0; start < payload.length; start += size) {
    const end = Math.min(start + size, payload.length);
    const own = Buffer.from(header);
    own.writeUInt16BE(IPV4_LENGTH + end - start, 2);
    own.writeUInt16BE((end < payload.length ? MORE_FRAGMENTS : 0) | (start / FRAGMENT_UNIT), 6);
    parts.push({ ...sent, bytes: Buffer.concat([link, own, payload.subarray(start, end)]) });
  }
  return random() < 0.5 ? parts : parts.reverse();
}

/** Linux cooked mode: sent by us, Ethernet, 6 bytes of address. */
function cooked(sent: Sent): Sent {
  const head = Buffer.from("0000 0001 0006 00005e005301 0000".replaceAll(" ", ""), "hex");
  const bytes = Buffer.concat([head, sent.bytes.subarray(12)]);
  return { ...sent, bytes, linkType: LinkType.LINUX_SLL };
}

/** With a VLAN tag. */
function tagged(sent: Sent): Sent {
  const tag = Buffer.from("81000064", "hex");
  return { ...sent, bytes: Buffer.concat([sent.bytes.subarray(0, 12), tag, sent.bytes.subarray(12)]) };
}

function encapsulated(random: Random): Pick<Sent, "bytes" | "linkType"> {
  const { frame, linkType } = ENCAPSULATIONS[Math.floor(random() * ENCAPSULATIONS.length)] ?? {
    frame: Buffer.alloc(0),
    linkType: 0,
  };
  return { bytes: frame, linkType };
}

/** Some bytes behind the link addresses are others: lengths, flags, sequence numbers, options. */
function damaged(sent: Sent, random: Random): Sent {
  const bytes = Buffer.from(sent.bytes);
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--)
    bytes.writeUInt8(Math.floor(random() * 256), 12 + Math.floor(random() * (bytes.length - 12)));
  return { ...sent, bytes };
}
