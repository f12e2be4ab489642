import { uint8, uint16, uint32 } from "../dialect/byte-order.ts";
import { min } from "../dialect/integers.ts";
import { MAX_SACK_BLOCKS, type Segment } from "./segment.ts";

/** Option kinds (IANA registry). */
const END_OF_LIST = 0;
const NO_OPERATION = 1;
const MAXIMUM_SEGMENT_SIZE = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;

/** Kind and length; the option's value follows. */
const KIND_AND_LENGTH = 2;
const MAXIMUM_SEGMENT_SIZE_LENGTH = 4;
const WINDOW_SCALE_LENGTH = 3;
const TIMESTAMPS_LENGTH = 10;
const TIMESTAMP_ECHO = 4;
const SACK_BLOCK_LENGTH = 8;
const SACK_RIGHT_EDGE = 4;

/** A larger shift means this one (RFC 7323 §2.3). */
const LARGEST_WINDOW_SCALE = 14;

/** NOP, NOP, Timestamps: how nearly every segment of a connection begins its options (RFC 7323 appendix A). */
const PADDED_TIMESTAMPS = 0x0101080a;
const PADDED_TIMESTAMPS_LENGTH = 12;
const PADDING_LENGTH = 2;

/** Sets the fields of all options to "absent". */
export function clearTcpOptions(segment: Segment): void {
  segment.hasTimestamp = false;
  segment.maximumSegmentSize = 0;
  segment.windowScale = -1;
  segment.permitsSack = false;
  segment.sackCount = 0;
}

/**
 * Reads options that lie completely in `start … end` into `segment`, whose option fields are clear. What
 * follows an option of impossible length can't be told apart and is left out.
 */
export function readTcpOptions(view: DataView, start: i32, end: i32, segment: Segment): void {
  let offset = start;
  if (end - start >= PADDED_TIMESTAMPS_LENGTH && uint32(view, start) === PADDED_TIMESTAMPS) {
    readTimestamps(view, start + PADDING_LENGTH + KIND_AND_LENGTH, segment);
    offset += PADDED_TIMESTAMPS_LENGTH;
  }
  while (offset < end) {
    const kind: i32 = uint8(view, offset);
    if (kind === END_OF_LIST) return;
    if (kind === NO_OPERATION) {
      offset += 1;
      continue;
    }
    if (end - offset < KIND_AND_LENGTH) return;
    const length: i32 = uint8(view, offset + 1);
    if (length < KIND_AND_LENGTH || length > end - offset) return;
    readOption(view, offset + KIND_AND_LENGTH, kind, length, segment);
    offset += length;
  }
}

/** Reads one option that has the length its kind asks for; others are left out. */
function readOption(view: DataView, value: i32, kind: i32, length: i32, segment: Segment): void {
  switch (kind) {
    case MAXIMUM_SEGMENT_SIZE:
      if (length === MAXIMUM_SEGMENT_SIZE_LENGTH) segment.maximumSegmentSize = uint16(view, value);
      break;
    case WINDOW_SCALE:
      if (length === WINDOW_SCALE_LENGTH) {
        segment.windowScale = min(uint8(view, value), LARGEST_WINDOW_SCALE);
      }
      break;
    case TIMESTAMPS:
      if (length === TIMESTAMPS_LENGTH) readTimestamps(view, value, segment);
      break;
    case SACK_PERMITTED:
      if (length === KIND_AND_LENGTH) segment.permitsSack = true;
      break;
    case SACK:
      if ((length - KIND_AND_LENGTH) % SACK_BLOCK_LENGTH === 0) {
        readSackBlocks(view, value, value + length - KIND_AND_LENGTH, segment);
      }
      break;
  }
}

function readTimestamps(view: DataView, value: i32, segment: Segment): void {
  segment.hasTimestamp = true;
  segment.timestampValue = uint32(view, value);
  segment.timestampEcho = uint32(view, value + TIMESTAMP_ECHO);
}

/** SACK blocks (RFC 2018 §3); the option's 40 bytes hold no more than `MAX_SACK_BLOCKS`. */
function readSackBlocks(view: DataView, start: i32, end: i32, segment: Segment): void {
  let count: i32 = 0;
  for (let block = start; block < end && count < MAX_SACK_BLOCKS; block += SACK_BLOCK_LENGTH) {
    segment.sackLeft[count] = uint32(view, block);
    segment.sackRight[count] = uint32(view, block + SACK_RIGHT_EDGE);
    count += 1;
  }
  segment.sackCount = count;
}
