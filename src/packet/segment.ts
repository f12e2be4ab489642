import * as TcpFlag from "./tcp-flags.ts";

/** TCP header flags (RFC 9293 §3.1), as in the 13th byte of the header. */
export { TcpFlag };

/** Most SACK blocks that fit the options of one segment (RFC 2018 §3). */
export const MAX_SACK_BLOCKS = 4;

/**
 * The packet room's noun: one TCP segment, as plain checked values. The decoder fills one record over and over;
 * whoever needs a value after the next frame copies it.
 */
export class Segment {
  /** Memory that the segment lies in: the batch's, or a reassembled IP datagram's. */
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));

  /** 4 or 6. */
  ipVersion = 4;
  /** Where the source address starts in `bytes` (4 or 16 bytes, by `ipVersion`). */
  sourceAddressOffset = 0;
  /** Where the destination address starts in `bytes`. */
  destinationAddressOffset = 0;
  /** IPv4 identification; −1 for IPv6. */
  ipId = -1;
  /** Bytes of the IP packet on the wire, headers included. */
  ipLength = 0;
  /** Time to live (IPv4) or hop limit (IPv6): the same packet recorded before and after a router differs in it. */
  timeToLive = 0;

  sourcePort = 0;
  destinationPort = 0;
  /** Sequence number, 0 … 2³² − 1. */
  sequence = 0;
  /** Acknowledgement number, 0 … 2³² − 1 (meaningful with ACK). */
  acknowledgement = 0;
  /** Bits of `TcpFlag`. */
  flags = 0;
  /** Window field as sent, unscaled. */
  window = 0;

  /** Where the payload starts in `bytes`. */
  payloadOffset = 0;
  /** Payload bytes on the wire, from the IP header; what the snap length cut off counts. */
  payloadLength = 0;
  /** Payload bytes that the capture holds, 0 … `payloadLength`. */
  capturedPayloadLength = 0;

  /** Timestamps option (RFC 7323 §3): whether there, value and echo. */
  hasTimestamp = false;
  timestampValue = 0;
  timestampEcho = 0;
  /** Maximum segment size option, 0 where absent. */
  maximumSegmentSize = 0;
  /** Window scale option's shift, −1 where absent. */
  windowScale = -1;
  /** SACK blocks in the segment, 0 … 4; block `i` is `sackLeft[i]` … `sackRight[i]` (end excluded). */
  sackCount = 0;
  readonly sackLeft = new Uint32Array(MAX_SACK_BLOCKS);
  readonly sackRight = new Uint32Array(MAX_SACK_BLOCKS);
}
