/**
 * What the WebAssembly program exports: one follower per instance. AssemblyScript alone compiles this file; its host is
 * `follow-frames.ts`; README.md says how it is made. What ends in `At` is an address in the program's memory; it holds until
 * the next call.
 */

import { unfilledOctets } from "./dialect/unfilled.ts";
import { FrameRows } from "./frames/frame-rows.ts";
import { PcapRecords } from "./frames/pcap-records.ts";
import { RowTracker } from "./track-rows.ts";

/** What the host answers when the instance is made: see `RowTracker`. */
declare function wantsEverySegment(): boolean;

const rows = new FrameRows();
/** Memory that frames are read into, and a copy of frames that lie elsewhere. */
const chunks: Uint8Array[] = [];
let copied: Uint8Array = new Uint8Array(0);
const records = new PcapRecords();
const follower = new RowTracker(wantsEverySegment());

/** Makes room for rows, and for the bytes that their frames lie in: see `FrameRows`. */
export function reserveRows(capacity: i32): void {
  rows.reserveRows(capacity);
}

export function reserveBytes(length: i32): void {
  if (copied.length < length) copied = unfilledOctets(length);
}

/** Memory of its own for bytes that frames lie in. To fill it with zeros would take as long as reading a file. @returns its number */
export function addChunk(length: i32): i32 {
  chunks.push(unfilledOctets(length));
  return chunks.length - 1;
}

export function chunkAt(chunk: i32): usize {
  return (chunks[chunk] as Uint8Array).dataStart;
}

/** The frames lie in this chunk, or, −1, where `bytesAt` says. */
export function useChunk(chunk: i32): void {
  rows.setBytes(chunk === -1 ? copied : (chunks[chunk] as Uint8Array));
}

export function bytesAt(): usize {
  return copied.dataStart;
}

/** The columns of the rows. */
export function offsetAt(): usize {
  return rows.offset.dataStart;
}

export function capturedLengthAt(): usize {
  return rows.capturedLength.dataStart;
}

export function wireLengthAt(): usize {
  return rows.wireLength.dataStart;
}

export function timeNsAt(): usize {
  return rows.timeNs.dataStart;
}

export function linkTypeAt(): usize {
  return rows.linkType.dataStart;
}

export function interfaceIndexAt(): usize {
  return rows.interfaceIndex.dataStart;
}

/** As many rows are filled. */
export function setCount(count: i32): void {
  rows.count = count;
}

export function count(): i32 {
  return rows.count;
}

/** How the records are laid out that `readRecords` reads: see `PcapRecords`. */
export function setRecords(
  headerLength: i32,
  littleEndian: boolean,
  fractionNs: i32,
  linkType: i32,
  capturedLengthOffset: i32,
  wireLengthOffset: i32,
  lengthsMaybeSwapped: boolean,
  startSeconds: u32,
  startFractionNs: f64,
): void {
  records.headerLength = headerLength;
  records.littleEndian = littleEndian;
  records.fractionNs = fractionNs;
  records.linkType = linkType;
  records.capturedLengthOffset = capturedLengthOffset;
  records.wireLengthOffset = wireLengthOffset;
  records.lengthsMaybeSwapped = lengthsMaybeSwapped;
  records.startSeconds = startSeconds;
  records.startFractionNs = startFractionNs;
}

/** Appends rows: see `PcapRecords.read`. */
export function readRecords(start: i32, end: i32): i32 {
  return records.read(rows, start, end);
}

/** See `FrameRows.place`. */
export function place(shiftNs: f64, interfaceShift: i32): i32 {
  return rows.place(shiftNs, interfaceShift);
}

/** Findings are written to memory of this number from now on, from its beginning; what lies elsewhere stays there. */
export function writeFindingsTo(place: i32): void {
  follower.findings.writeTo(place);
}

/** Takes rows from `first` on. @returns the row that is not plain, which `trackOther` may follow; the count after the last */
export function follow(first: i32): i32 {
  return follower.follow(rows, first);
}

/** Room for the bytes of a segment that does not lie in the rows' bytes: a datagram that was put together. */
export function foreignAt(length: i32): usize {
  return follower.foreign(length).dataStart;
}

/** Tracks the segment of a frame that is not plain. `isForeign`: it lies where `foreignAt` said. */
export function trackOther(
  row: i32,
  isForeign: boolean,
  ipVersion: i32,
  sourceAddressOffset: i32,
  destinationAddressOffset: i32,
  ipId: i32,
  sourcePort: i32,
  destinationPort: i32,
  sequence: u32,
  acknowledgement: u32,
  flags: i32,
  window: i32,
  payloadOffset: i32,
  payloadLength: i32,
  capturedPayloadLength: i32,
): void {
  follower.place(rows, isForeign);
  const segment = follower.segment;
  segment.ipVersion = ipVersion;
  segment.sourceAddressOffset = sourceAddressOffset;
  segment.destinationAddressOffset = destinationAddressOffset;
  segment.ipId = ipId;
  segment.sourcePort = sourcePort;
  segment.destinationPort = destinationPort;
  segment.sequence = sequence;
  segment.acknowledgement = acknowledgement;
  segment.flags = flags;
  segment.window = window;
  segment.payloadOffset = payloadOffset;
  segment.payloadLength = payloadLength;
  segment.capturedPayloadLength = capturedPayloadLength;
  follower.track(rows, row);
}

/** Options of the segment that `trackOther` takes next. */
export function setOptions(
  hasTimestamp: boolean,
  timestampValue: u32,
  timestampEcho: u32,
  maximumSegmentSize: i32,
  sackCount: i32,
): void {
  const segment = follower.segment;
  segment.hasTimestamp = hasTimestamp;
  segment.timestampValue = timestampValue;
  segment.timestampEcho = timestampEcho;
  segment.maximumSegmentSize = maximumSegmentSize;
  segment.sackCount = sackCount;
}

/** One of its SACK blocks. */
export function setSackBlock(index: i32, left: u32, right: u32): void {
  follower.segment.sackLeft[index] = left;
  follower.segment.sackRight[index] = right;
}

/** The capture has ended: closes what is open. */
export function finish(): void {
  follower.finish();
}

/** What was found since `writeFindingsTo`. */
export function wordsAt(): usize {
  return follower.findings.words.dataStart;
}

export function wordsLength(): i32 {
  return follower.findings.length;
}

export function octetsAt(): usize {
  return follower.findings.octets.dataStart;
}

export function octetsLength(): i32 {
  return follower.findings.octetsLength;
}

/** Facts of the capture so far: see `RowTracker`. */
export function frames(): i32 {
  return follower.frames;
}

export function wireBytes(): f64 {
  return follower.bytes;
}

export function segments(): i32 {
  return follower.segments;
}

export function earliestNs(): f64 {
  return follower.earliestNs;
}

export function latestNs(): f64 {
  return follower.latestNs;
}

export function backwards(): i32 {
  return follower.backwards;
}

export function largestStepNs(): f64 {
  return follower.largestStepNs;
}

export function largestStepFrame(): i32 {
  return follower.largestStepFrame;
}

export function cutPayloads(): i32 {
  return follower.cutPayloads;
}

export function retransmissions(): i32 {
  return follower.events.retransmissions;
}

export function fastRetransmissions(): i32 {
  return follower.events.fastRetransmissions;
}

export function spuriousRetransmissions(): i32 {
  return follower.events.spuriousRetransmissions;
}

export function outOfOrder(): i32 {
  return follower.events.outOfOrder;
}

export function lostSegments(): i32 {
  return follower.events.lostSegments;
}

export function ackedUnseenSegments(): i32 {
  return follower.events.ackedUnseenSegments;
}

export function duplicateAcks(): i32 {
  return follower.events.duplicateAcks;
}

export function zeroWindows(): i32 {
  return follower.events.zeroWindows;
}

export function duplicateFrames(): i32 {
  return follower.events.duplicateFrames;
}
