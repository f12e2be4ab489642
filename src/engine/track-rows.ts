/**
 * The earlier half of an analysis: frames are decoded, and connections followed. Compiled to WebAssembly; `follow-frames.ts`
 * gives it the frames and takes what it finds.
 */
import { int32 } from "./dialect/byte-order.ts";
import { imul } from "./dialect/integers.ts";
import type { FrameRows } from "./frames/frame-rows.ts";
import { RecordWriter } from "./records/record-writer.ts";
import { readPlainFrame } from "./segments/plain-frame.ts";
import { Segment } from "./segments/segment.ts";
import { AddressTable } from "./tcp/address-table.ts";
import { AnalysisTally } from "./tcp/analysis-tally.ts";
import { ConnectionTracker } from "./tcp/track-connections.ts";

/** Bytes at the start of a frame that hold its link addresses: both of Ethernet's, or Linux cooked mode's type and sender. */
const LONGEST_LINK_ADDRESSES: i32 = 12;

/** A tally is told after this time of the capture: it says when the connection was last heard of. */
const LONGEST_TALLY_NS: f64 = 1e9;

export class RowTracker {
  readonly findings: RecordWriter;
  /** The segment at hand; of a frame that is not plain, the host fills it. */
  readonly segment: Segment = new Segment();

  frames: i32 = 0;
  bytes: f64 = 0;
  /** Segments tracked. */
  segments: i32 = 0;
  /** Times of the earliest and the latest frame; ±∞ without any. */
  earliestNs: f64 = Infinity;
  latestNs: f64 = -Infinity;
  /** Frames recorded before the one in front of them, the largest such step, and where it was. */
  backwards: i32 = 0;
  largestStepNs: f64 = 0;
  largestStepFrame: i32 = 0;
  /** Segments whose payload the snap length cut. */
  cutPayloads: i32 = 0;
  /** What Wireshark's analysis says of all segments. */
  readonly events: AnalysisTally = new AnalysisTally();

  private readonly tracker: ConnectionTracker;
  /** A datagram that was put together of fragments. */
  private foreignBytes: Uint8Array = new Uint8Array(0);
  private previousNs: f64 = -Infinity;
  /** When tallies were told because of the time that had passed. */
  private talliedNs: f64 = -Infinity;

  /**
   * @param everySegment whether every segment is told, beside the tallies of segments
   */
  constructor(everySegment: boolean) {
    const addresses = new AddressTable();
    const findings = new RecordWriter(addresses, everySegment);
    this.findings = findings;
    this.tracker = new ConnectionTracker(addresses, findings, findings);
  }

  /** Takes rows from `first` on. @returns the row that is not plain, counted and not tracked; `rows.count` after the last */
  follow(rows: FrameRows, first: i32): i32 {
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
    this.findings.tellTallies();
    return rows.count;
  }

  /** Says where the segment at hand lies: in the rows' bytes, or in those of `foreign`. */
  place(rows: FrameRows, isForeign: boolean): void {
    const segment = this.segment;
    segment.bytes = isForeign ? this.foreignBytes : rows.bytes;
    segment.view = isForeign ? new DataView(this.foreignBytes.buffer) : rows.view;
  }

  /** Room for a datagram that was put together of fragments. */
  foreign(length: i32): Uint8Array {
    this.foreignBytes = new Uint8Array(length);
    return this.foreignBytes;
  }

  /** Tracks the segment at hand, which came in the row's frame. */
  track(rows: FrameRows, row: i32): void {
    const segment = this.segment;
    const timeNs = rows.timeNs[row] as f64;
    this.segments++;
    if (segment.capturedPayloadLength < segment.payloadLength) this.cutPayloads++;
    this.findings.frame(this.frames, rows.wireLength[row] as i32, timeNs);
    // Where the IP ID tells, frames recorded twice need nothing else to be known by.
    const link = segment.ipId > 0 ? 0 : linkOf(rows, row);
    this.tracker.track(segment, timeNs, this.frames, link);
    const facts = this.tracker.facts;
    this.events.add(facts.analysis, facts.duplicate);
    this.findings.segment(this.tracker.direction, facts, segment);
    if (timeNs - this.talliedNs < LONGEST_TALLY_NS) return;
    this.talliedNs = timeNs;
    this.findings.tellTallies();
  }

  /** The capture has ended: closes what is open. */
  finish(): void {
    this.tracker.finish(this.frames === 0 ? 0 : this.latestNs, this.frames);
  }

  /** Counts a frame, whatever is in it. */
  private note(rows: FrameRows, row: i32): void {
    const timeNs = rows.timeNs[row] as f64;
    this.frames++;
    this.bytes += rows.wireLength[row] as i32;
    if (timeNs < this.previousNs) this.noteBackwards(this.previousNs - timeNs);
    this.previousNs = timeNs;
    if (timeNs < this.earliestNs) this.earliestNs = timeNs;
    if (timeNs > this.latestNs) this.latestNs = timeNs;
  }

  private noteBackwards(stepNs: f64): void {
    this.backwards++;
    if (stepNs <= this.largestStepNs) return;
    this.largestStepNs = stepNs;
    this.largestStepFrame = this.frames;
  }
}

/** Tells apart the same IP packet recorded elsewhere: another interface, MAC addresses, packet type in Linux cooked mode. */
function linkOf(rows: FrameRows, row: i32): i32 {
  const recorder = imul((rows.interfaceIndex[row] as i32) + 1, 0x9e3779b1);
  if ((rows.capturedLength[row] as i32) < LONGEST_LINK_ADDRESSES) return recorder;
  const offset = rows.offset[row] as i32;
  const view = rows.view;
  const link = imul(int32(view, offset), 31) ^ imul(int32(view, offset + 4), 17);
  return recorder ^ link ^ int32(view, offset + 8);
}
