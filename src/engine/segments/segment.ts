/** The packet room's noun: one TCP segment. Compiled to WebAssembly too. */

/** Most SACK blocks that fit the options of one segment (RFC 2018 §3). */
export const MAX_SACK_BLOCKS: i32 = 4;

/**
 * One TCP segment, as plain checked values. The decoder fills one record over and over; whoever needs a value after the
 * next frame copies it.
 */
export class Segment {
  /** Memory that the segment lies in: the batch's, or a reassembled IP datagram's. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));

  /** 4 or 6. */
  ipVersion: i32 = 4;
  /** Where the source address starts in `bytes` (4 or 16 bytes, by `ipVersion`). */
  sourceAddressOffset: i32 = 0;
  /** Where the destination address starts in `bytes`. */
  destinationAddressOffset: i32 = 0;
  /** IPv4 identification; −1 for IPv6. */
  ipId: i32 = -1;
  /** Bytes of the IP packet on the wire, headers included. */
  ipLength: i32 = 0;
  /** Time to live (IPv4) or hop limit (IPv6): the same packet recorded before and after a router differs in it. */
  timeToLive: i32 = 0;

  /** It can't be read: only its addresses, ports, IP ID, sequence number and a guess at its payload's length are known. */
  isUnreadable: boolean = false;

  sourcePort: i32 = 0;
  destinationPort: i32 = 0;
  /** Sequence number, 0 … 2³² − 1. */
  sequence: u32 = 0;
  /** Acknowledgement number, 0 … 2³² − 1 (meaningful with ACK). */
  acknowledgement: u32 = 0;
  /** Bits of `tcp-flags.ts`. */
  flags: i32 = 0;
  /** Window field as sent, unscaled. */
  window: i32 = 0;

  /** Where the payload starts in `bytes`. */
  payloadOffset: i32 = 0;
  /** Payload bytes on the wire, from the IP header; what the snap length cut off counts. */
  payloadLength: i32 = 0;
  /** Payload bytes that the capture holds, 0 … `payloadLength`. */
  capturedPayloadLength: i32 = 0;

  /** Timestamps option (RFC 7323 §3): whether there, value and echo. */
  hasTimestamp: boolean = false;
  timestampValue: u32 = 0;
  timestampEcho: u32 = 0;
  /** Maximum segment size option, 0 where absent. */
  maximumSegmentSize: i32 = 0;
  /** Window scale option's shift, −1 where absent. */
  windowScale: i32 = -1;
  /** SACK-permitted option (RFC 2018 §2), which only a SYN has. */
  permitsSack: boolean = false;
  /** SACK blocks in the segment, 0 … 4; block `i` is `sackLeft[i]` … `sackRight[i]` (end excluded). */
  sackCount: i32 = 0;
  readonly sackLeft: Uint32Array = new Uint32Array(MAX_SACK_BLOCKS);
  readonly sackRight: Uint32Array = new Uint32Array(MAX_SACK_BLOCKS);
}
