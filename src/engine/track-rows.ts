/** The tracking program's work on a frame: decode it, track its connection, write what is found as records. */
import { int32 } from "./dialect/byte-order.ts";
import { imul } from "./dialect/integers.ts";
import { countEvents, FrameFacts } from "./frame-facts.ts";
import type { FrameRows } from "./frames/frame-rows.ts";
import { RecorderClock } from "./recorder-clock.ts";
import { RecordWriter } from "./records/record-writer.ts";
import { readPlainFrame } from "./segments/plain-frame.ts";
import { Segment } from "./segments/segment.ts";
import { takeSegment } from "./segments/segment-mailbox.ts";
import { AddressTable } from "./tcp/address-table.ts";
import { ConnectionTracker } from "./tcp/track-connections.ts";

/** Bytes at the start of a frame that hold its link addresses: both of Ethernet's, or Linux cooked mode's type and sender. */
const MAX_LINK_ADDRESSES_LENGTH: i32 = 12;

/** Tallies are written at least once in this time of the capture: they say when a connection was last heard of. */
const MAX_TALLY_NS: f64 = 1e9;

export class RowTracker {
  readonly records: RecordWriter;
  /** The segment at hand. */
  private readonly segment: Segment = new Segment();

  readonly facts: FrameFacts = new FrameFacts();
  private readonly tracker: ConnectionTracker;
  /** An IP datagram that the host reassembled. */
  private foreignBytes: Uint8Array = new Uint8Array(0);
  private readonly clock: RecorderClock = new RecorderClock();
  /** When tallies were last written because of the time that had passed. */
  private talliedNs: f64 = -Infinity;

  /** @param everySegment whether every segment gets a record, besides the tallies of segments */
  constructor(everySegment: boolean) {
    const addresses = new AddressTable();
    const records = new RecordWriter(addresses, everySegment);
    this.records = records;
    this.tracker = new ConnectionTracker(addresses, records, records);
  }

  /** Takes rows from `first` on. @returns the first row that is not plain, counted and not tracked; `rows.count` after the last */
  trackRows(rows: FrameRows, first: i32): i32 {
    this.place(rows, false);
    const segment = this.segment;
    for (let row = first; row < rows.count; row++) {
      this.note(rows, row);
      const isPlain = readPlainFrame(
        segment,
        rows.linkType[row] as i32,
        rows.offset[row] as i32,
        rows.capturedLength[row] as i32,
        rows.wireLength[row] as i32,
      );
      if (!isPlain) return row;
      this.track(rows, row);
    }
    this.records.writeTallies();
    this.facts.forgottenConnections = this.tracker.forgotten;
    return rows.count;
  }

  /** Says where the segment at hand lies: in the rows' bytes, or in those of `foreign`. */
  private place(rows: FrameRows, isForeign: boolean): void {
    const segment = this.segment;
    segment.bytes = isForeign ? this.foreignBytes : rows.bytes;
    segment.view = isForeign ? new DataView(this.foreignBytes.buffer) : rows.view;
  }

  /** Room for an IP datagram that the host reassembled. */
  foreign(length: i32): Uint8Array {
    this.foreignBytes = new Uint8Array(length);
    return this.foreignBytes;
  }

  /** Tracks the segment in the mailbox, which the host found in the row's frame. @param isForeign whether it lies in `foreign` */
  trackOther(rows: FrameRows, row: i32, isForeign: boolean, mailbox: Int32Array): void {
    this.place(rows, isForeign);
    takeSegment(mailbox, this.segment);
    if (this.segment.isUnreadable) this.tracker.passUnreadable(this.segment);
    else this.track(rows, row);
  }

  /** Tracks the segment at hand, which came in the row's frame. */
  private track(rows: FrameRows, row: i32): void {
    const segment = this.segment;
    const timeNs = rows.timeNs[row] as f64;
    const facts = this.facts;
    facts.segments++;
    if (segment.capturedPayloadLength < segment.payloadLength) facts.cutPayloads++;
    this.records.frame(facts.frames, rows, row);
    // Where the IP ID identifies a packet, a frame recorded twice is known by it alone.
    const link = segment.ipId > 0 ? 0 : linkOf(rows, row);
    this.tracker.track(segment, timeNs, facts.frames, link);
    const found = this.tracker.facts;
    if (found.duplicate) {
      facts.duplicateFrames++;
      this.records.passedOn(this.tracker.direction);
    } else if (found.wireSegments > 1) {
      if (facts.oversizedFrames === 0) facts.firstOversizedFrame = facts.frames;
      facts.oversizedFrames++;
    }
    countEvents(facts.events, found.analysis);
    this.records.segment(this.tracker.direction, found, segment);
    if (timeNs - this.talliedNs < MAX_TALLY_NS) return;
    this.talliedNs = timeNs;
    this.records.writeTallies();
  }

  /** The capture has ended: closes what is open. */
  finish(): void {
    const facts = this.facts;
    this.tracker.finish(facts.frames === 0 ? 0 : facts.latestNs, facts.frames);
  }

  /** Counts a frame, whatever is in it. */
  private note(rows: FrameRows, row: i32): void {
    const facts = this.facts;
    facts.frames++;
    facts.bytes += rows.wireLength[row] as i32;
    this.clock.note(facts, rows.timeNs[row] as f64);
  }
}

/** A hash that differs for the same IP packet recorded elsewhere: another interface, MAC addresses, packet type in Linux cooked mode. */
function linkOf(rows: FrameRows, row: i32): i32 {
  const recorder = imul((rows.interfaceIndex[row] as i32) + 1, 0x9e3779b1);
  if ((rows.capturedLength[row] as i32) < MAX_LINK_ADDRESSES_LENGTH) return recorder;
  const offset = rows.offset[row] as i32;
  const view = rows.view;
  const link = imul(int32(view, offset), 31) ^ imul(int32(view, offset + 4), 17);
  return recorder ^ link ^ int32(view, offset + 8);
}
