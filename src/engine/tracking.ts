/**
 * The tracking program, as its host `analysis/compiled-tracking.ts` calls it: one instance per analysis. Only AssemblyScript compiles
 * this file. What ends in `At` returns an address in the program's memory, which holds until the next call.
 */

import { unfilledOctets } from "./dialect/unfilled.ts";
import { FRAME_FACTS_LENGTH, putFacts } from "./frame-facts.ts";
import { FrameRows } from "./frames/frame-rows.ts";
import { PcapRecords } from "./frames/pcap-records.ts";
import { SEGMENT_MAILBOX_WORDS } from "./segments/segment-mailbox.ts";
import { RowTracker } from "./track-rows.ts";

/** What the host answers when the instance is made: see `RowTracker`. */
declare function wantsEverySegment(): boolean;

const rows = new FrameRows();
/** Memory that frames are read into, and a copy of frames that lie elsewhere. */
const chunks: Uint8Array[] = [];
let copied: Uint8Array = new Uint8Array(0);
const pcapRecords = new PcapRecords();
const tracker = new RowTracker(wantsEverySegment());
const mailbox = new Int32Array(SEGMENT_MAILBOX_WORDS);
const facts = new Float64Array(FRAME_FACTS_LENGTH);

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

/** How the records are laid out that `readPcapRecords` reads: see `PcapRecords`. */
export function setPcapRecords(
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
  pcapRecords.headerLength = headerLength;
  pcapRecords.littleEndian = littleEndian;
  pcapRecords.fractionNs = fractionNs;
  pcapRecords.linkType = linkType;
  pcapRecords.capturedLengthOffset = capturedLengthOffset;
  pcapRecords.wireLengthOffset = wireLengthOffset;
  pcapRecords.lengthsMaybeSwapped = lengthsMaybeSwapped;
  pcapRecords.startSeconds = startSeconds;
  pcapRecords.startFractionNs = startFractionNs;
}

/** Appends rows: see `PcapRecords.read`. */
export function readPcapRecords(start: i32, end: i32): i32 {
  return pcapRecords.read(rows, start, end);
}

/** See `FrameRows.place`. */
export function place(shiftNs: f64, interfaceShift: i32): i32 {
  return rows.place(shiftNs, interfaceShift);
}

/** From now on records are written to the buffer of this number, from its beginning; those in other buffers stay. */
export function writeRecordsTo(buffer: i32): void {
  tracker.records.writeTo(buffer);
}

/** Takes rows from `first` on. @returns the first row that is not plain, which `trackOther` may track; the count after the last */
export function track(first: i32): i32 {
  return tracker.trackRows(rows, first);
}

/** Where the host puts the segment that `trackOther` takes: see `segment-mailbox.ts`. It never moves. */
export function mailboxAt(): usize {
  return mailbox.dataStart;
}

/** Room for the bytes of a segment that does not lie in the rows' bytes: a datagram that was put together. */
export function foreignAt(length: i32): usize {
  return tracker.foreign(length).dataStart;
}

/** Tracks the segment in the mailbox, of a frame that is not plain. @param isForeign whether it lies where `foreignAt` said */
export function trackOther(row: i32, isForeign: boolean): void {
  tracker.trackOther(rows, row, isForeign, mailbox);
}

/** The capture has ended: closes what is open. */
export function finish(): void {
  tracker.finish();
}

/** The records since `writeRecordsTo`. */
export function wordsAt(): usize {
  return tracker.records.words.dataStart;
}

export function wordsLength(): i32 {
  return tracker.records.length;
}

export function octetsAt(): usize {
  return tracker.records.octets.dataStart;
}

export function octetsLength(): i32 {
  return tracker.records.octetsLength;
}

/** Whether some of the records are of a connection that may be TLS. */
export function hasTls(): boolean {
  return tracker.records.hasTls;
}

/** The facts so far: see `frame-facts.ts`. */
export function factsAt(): usize {
  putFacts(tracker.facts, facts);
  return facts.dataStart;
}
