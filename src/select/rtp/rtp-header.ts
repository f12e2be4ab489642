/** The header of RTP (RFC 3550 §5.1), with the checks of its appendix A.1 that need one packet only. */
import { isComfortNoise } from "./payload-types.ts";

/** What one packet says. */
export interface RtpHeader {
  payloadType: number;
  /** The last packet of a picture, the first one after silence. */
  hasMarker: boolean;
  isComfortNoise: boolean;
  /** 16 bits. */
  sequence: number;
  /** 32 bits, in ticks of the payload's clock. */
  timestamp: number;
  /** Who sends: 32 bits, chosen at random. */
  ssrc: number;
}

const VERSION = 2;
const FIXED_LENGTH = 12;
const SEQUENCE = 2;
const TIMESTAMP = 4;
const SSRC = 8;
const PADDED = 0x20;
const EXTENDED = 0x10;
const SOURCES = 0x0f;
const WORD_LENGTH = 4;
const EXTENSION_WORDS = 2;
/** Types that would make the second byte one of RTCP's, which may use the same port (RFC 5761 §4). */
const FIRST_OF_RTCP = 72;
const LAST_OF_RTCP = 76;

/** A header to be read into. */
export function noRtpHeader(): RtpHeader {
  return { payloadType: 0, hasMarker: false, isComfortNoise: false, sequence: 0, timestamp: 0, ssrc: 0 };
}

/**
 * Reads the payload of a UDP datagram as RTP.
 * @param offset where the payload begins
 * @param capturedEnd behind its last byte that the capture holds
 * @param wireEnd behind its last byte
 * @returns false where it can't be RTP, or the capture does not hold the fixed header
 */
export function readRtpHeader(
  view: DataView,
  offset: number,
  capturedEnd: number,
  wireEnd: number,
  header: RtpHeader,
): boolean {
  if (capturedEnd - offset < FIXED_LENGTH) return false;
  const flags = view.getUint8(offset);
  if (flags >> 6 !== VERSION) return false;
  const second = view.getUint8(offset + 1);
  const payloadType = second & 0x7f;
  if (payloadType >= FIRST_OF_RTCP && payloadType <= LAST_OF_RTCP) return false;
  let payload = offset + FIXED_LENGTH + (flags & SOURCES) * WORD_LENGTH;
  if ((flags & EXTENDED) !== 0) {
    if (payload + WORD_LENGTH > wireEnd) return false;
    const words = payload + WORD_LENGTH <= capturedEnd ? view.getUint16(payload + EXTENSION_WORDS) : 0;
    payload += WORD_LENGTH + words * WORD_LENGTH;
  }
  if (payload > wireEnd) return false;
  if ((flags & PADDED) !== 0 && wireEnd <= capturedEnd) {
    const padding = view.getUint8(wireEnd - 1);
    if (padding === 0 || payload + padding > wireEnd) return false;
  }
  header.payloadType = payloadType;
  header.hasMarker = (second & 0x80) !== 0;
  header.isComfortNoise = isComfortNoise(payloadType);
  header.sequence = view.getUint16(offset + SEQUENCE);
  header.timestamp = view.getUint32(offset + TIMESTAMP);
  header.ssrc = view.getUint32(offset + SSRC);
  return true;
}
