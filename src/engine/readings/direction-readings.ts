import type { SegmentTally } from "../tcp/segment-tally.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** One direction of a pair: its segments as they were recorded, and those that were lost. */
export class DirectionReadings {
  /** All TCP frames, those recorded twice included, and how many of them Wireshark says follow a lost segment. */
  frames: f64 = 0;
  lostSegments: f64 = 0;
  /** The rest counts no frame recorded twice. Bytes on the wire. */
  packets: f64 = 0;
  bytes: f64 = 0;
  /** Segments that occupy sequence space, retransmissions included: as recorded, and as they were on the wire. */
  segments: f64 = 0;
  wireSegments: f64 = 0;
  payloadBytes: f64 = 0;
  /** Payload that was seen for the first time. */
  newPayloadBytes: f64 = 0;
  retransmittedSegments: f64 = 0;
  retransmittedBytes: f64 = 0;
  zeroWindows: f64 = 0;
  resets: f64 = 0;
  /** Lost after they were recorded, lost before they could be, and missed by the recorder. */
  lostBeyondTap: f64 = 0;
  lostBeforeTap: f64 = 0;
  captureDrops: f64 = 0;
  /** Pure ACKs lost before they could be recorded: 0 where holes tell, as none is seen then. */
  lostAcksBeforeTap: f64 = 0;
  /** Lost beyond the tap, or their ACKs in the other direction. */
  undecidedBeyondTap: f64 = 0;
  undecidedBeforeTap: f64 = 0;
  /** Sent again in vain, and lost as often as others. */
  sentInVain: f64 = 0;
  /** By how much the losses of the two places may be fewer, and more. */
  lostFewer: f64 = 0;
  lostMore: f64 = 0;
  /** 1 where losses before the tap were counted by holes, 0 where by IPv4 IDs. */
  byHoles: f64 = 0;
  /** Of those lost before the tap by holes, repeats that were lost like what they repeat. */
  repeatsLost: f64 = 0;

  /** Takes the counts of another, but for what losses come to in the end. */
  copyFrom(other: DirectionReadings): void {
    this.frames = other.frames;
    this.lostSegments = other.lostSegments;
    this.packets = other.packets;
    this.bytes = other.bytes;
    this.segments = other.segments;
    this.wireSegments = other.wireSegments;
    this.payloadBytes = other.payloadBytes;
    this.newPayloadBytes = other.newPayloadBytes;
    this.retransmittedSegments = other.retransmittedSegments;
    this.retransmittedBytes = other.retransmittedBytes;
    this.zeroWindows = other.zeroWindows;
    this.resets = other.resets;
    this.captureDrops = other.captureDrops;
  }

  /** Adds segments that were counted elsewhere. */
  add(tally: SegmentTally): void {
    this.frames += tally.frames;
    this.lostSegments += tally.lostSegments;
    this.packets += tally.packets;
    this.bytes += tally.bytes;
    this.segments += tally.segments;
    this.wireSegments += tally.wireSegments;
    this.payloadBytes += tally.payloadBytes;
    this.newPayloadBytes += tally.newPayloadBytes;
    this.retransmittedSegments += tally.retransmittedSegments;
    this.retransmittedBytes += tally.retransmittedBytes;
    this.zeroWindows += tally.zeroWindows;
    this.resets += tally.resets;
  }

  /** Nothing can be lost beyond the tap. */
  loseNothingBeyond(): void {
    this.lostBeyondTap = 0;
    this.sentInVain = 0;
    this.undecidedBeyondTap = 0;
  }

  put(to: ReadingsWriter): void {
    to.put(this.frames);
    to.put(this.lostSegments);
    to.put(this.packets);
    to.put(this.bytes);
    to.put(this.segments);
    to.put(this.wireSegments);
    to.put(this.payloadBytes);
    to.put(this.newPayloadBytes);
    to.put(this.retransmittedSegments);
    to.put(this.retransmittedBytes);
    to.put(this.zeroWindows);
    to.put(this.resets);
    to.put(this.lostBeyondTap);
    to.put(this.lostBeforeTap);
    to.put(this.captureDrops);
    to.put(this.lostAcksBeforeTap);
    to.put(this.undecidedBeyondTap);
    to.put(this.undecidedBeforeTap);
    to.put(this.sentInVain);
    to.put(this.lostFewer);
    to.put(this.lostMore);
    to.put(this.byHoles);
    to.put(this.repeatsLost);
  }

  take(from: ReadingsReader): void {
    this.frames = from.number();
    this.lostSegments = from.number();
    this.packets = from.number();
    this.bytes = from.number();
    this.segments = from.number();
    this.wireSegments = from.number();
    this.payloadBytes = from.number();
    this.newPayloadBytes = from.number();
    this.retransmittedSegments = from.number();
    this.retransmittedBytes = from.number();
    this.zeroWindows = from.number();
    this.resets = from.number();
    this.lostBeyondTap = from.number();
    this.lostBeforeTap = from.number();
    this.captureDrops = from.number();
    this.lostAcksBeforeTap = from.number();
    this.undecidedBeyondTap = from.number();
    this.undecidedBeforeTap = from.number();
    this.sentInVain = from.number();
    this.lostFewer = from.number();
    this.lostMore = from.number();
    this.byHoles = from.number();
    this.repeatsLost = from.number();
  }
}
