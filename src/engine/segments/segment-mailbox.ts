/**
 * How the host hands in the segment of a frame that is not plain, which it decoded itself: as words in the program's memory, of
 * the fields of `Segment`. Where the segment lies is not among them: `RowTracker.place` says it.
 */
import { MAX_SACK_BLOCKS, type Segment } from "./segment.ts";

const IP_VERSION: i32 = 0;
const SOURCE_ADDRESS_OFFSET: i32 = 1;
const DESTINATION_ADDRESS_OFFSET: i32 = 2;
const IP_ID: i32 = 3;
const IP_LENGTH: i32 = 4;
const TIME_TO_LIVE: i32 = 5;
const SOURCE_PORT: i32 = 6;
const DESTINATION_PORT: i32 = 7;
const SEQUENCE: i32 = 8;
const ACKNOWLEDGEMENT: i32 = 9;
const FLAGS: i32 = 10;
const WINDOW: i32 = 11;
const PAYLOAD_OFFSET: i32 = 12;
const PAYLOAD_LENGTH: i32 = 13;
const CAPTURED_PAYLOAD_LENGTH: i32 = 14;
const HAS_TIMESTAMP: i32 = 15;
const TIMESTAMP_VALUE: i32 = 16;
const TIMESTAMP_ECHO: i32 = 17;
const MAXIMUM_SEGMENT_SIZE: i32 = 18;
const WINDOW_SCALE: i32 = 19;
const SACK_COUNT: i32 = 20;
/** Left edges of the SACK blocks, then right edges. */
const SACK_LEFT: i32 = 21;
const SACK_RIGHT: i32 = SACK_LEFT + MAX_SACK_BLOCKS;
const IS_UNREADABLE: i32 = SACK_RIGHT + MAX_SACK_BLOCKS;
const PERMITS_SACK: i32 = IS_UNREADABLE + 1;
export const SEGMENT_MAILBOX_WORDS: i32 = PERMITS_SACK + 1;

export function putSegment(segment: Segment, mailbox: Int32Array): void {
  mailbox[IP_VERSION] = segment.ipVersion;
  mailbox[SOURCE_ADDRESS_OFFSET] = segment.sourceAddressOffset;
  mailbox[DESTINATION_ADDRESS_OFFSET] = segment.destinationAddressOffset;
  mailbox[IP_ID] = segment.ipId;
  mailbox[IP_LENGTH] = segment.ipLength;
  mailbox[TIME_TO_LIVE] = segment.timeToLive;
  mailbox[SOURCE_PORT] = segment.sourcePort;
  mailbox[DESTINATION_PORT] = segment.destinationPort;
  mailbox[SEQUENCE] = segment.sequence;
  mailbox[ACKNOWLEDGEMENT] = segment.acknowledgement;
  mailbox[FLAGS] = segment.flags;
  mailbox[WINDOW] = segment.window;
  mailbox[PAYLOAD_OFFSET] = segment.payloadOffset;
  mailbox[PAYLOAD_LENGTH] = segment.payloadLength;
  mailbox[CAPTURED_PAYLOAD_LENGTH] = segment.capturedPayloadLength;
  mailbox[HAS_TIMESTAMP] = segment.hasTimestamp ? 1 : 0;
  mailbox[TIMESTAMP_VALUE] = segment.timestampValue;
  mailbox[TIMESTAMP_ECHO] = segment.timestampEcho;
  mailbox[MAXIMUM_SEGMENT_SIZE] = segment.maximumSegmentSize;
  mailbox[WINDOW_SCALE] = segment.windowScale;
  mailbox[IS_UNREADABLE] = segment.isUnreadable ? 1 : 0;
  mailbox[PERMITS_SACK] = segment.permitsSack ? 1 : 0;
  mailbox[SACK_COUNT] = segment.sackCount;
  for (let block: i32 = 0; block < MAX_SACK_BLOCKS; block++) {
    mailbox[SACK_LEFT + block] = segment.sackLeft[block] as u32;
    mailbox[SACK_RIGHT + block] = segment.sackRight[block] as u32;
  }
}

/** Takes what `putSegment` put. */
export function takeSegment(mailbox: Int32Array, segment: Segment): void {
  segment.ipVersion = mailbox[IP_VERSION] as i32;
  segment.sourceAddressOffset = mailbox[SOURCE_ADDRESS_OFFSET] as i32;
  segment.destinationAddressOffset = mailbox[DESTINATION_ADDRESS_OFFSET] as i32;
  segment.ipId = mailbox[IP_ID] as i32;
  segment.ipLength = mailbox[IP_LENGTH] as i32;
  segment.timeToLive = mailbox[TIME_TO_LIVE] as i32;
  segment.sourcePort = mailbox[SOURCE_PORT] as i32;
  segment.destinationPort = mailbox[DESTINATION_PORT] as i32;
  segment.sequence = (mailbox[SEQUENCE] as i32) >>> 0;
  segment.acknowledgement = (mailbox[ACKNOWLEDGEMENT] as i32) >>> 0;
  segment.flags = mailbox[FLAGS] as i32;
  segment.window = mailbox[WINDOW] as i32;
  segment.payloadOffset = mailbox[PAYLOAD_OFFSET] as i32;
  segment.payloadLength = mailbox[PAYLOAD_LENGTH] as i32;
  segment.capturedPayloadLength = mailbox[CAPTURED_PAYLOAD_LENGTH] as i32;
  segment.hasTimestamp = mailbox[HAS_TIMESTAMP] !== 0;
  segment.timestampValue = (mailbox[TIMESTAMP_VALUE] as i32) >>> 0;
  segment.timestampEcho = (mailbox[TIMESTAMP_ECHO] as i32) >>> 0;
  segment.maximumSegmentSize = mailbox[MAXIMUM_SEGMENT_SIZE] as i32;
  segment.windowScale = mailbox[WINDOW_SCALE] as i32;
  segment.isUnreadable = mailbox[IS_UNREADABLE] !== 0;
  segment.permitsSack = mailbox[PERMITS_SACK] !== 0;
  segment.sackCount = mailbox[SACK_COUNT] as i32;
  for (let block: i32 = 0; block < MAX_SACK_BLOCKS; block++) {
    segment.sackLeft[block] = (mailbox[SACK_LEFT + block] as i32) >>> 0;
    segment.sackRight[block] = (mailbox[SACK_RIGHT + block] as i32) >>> 0;
  }
}
