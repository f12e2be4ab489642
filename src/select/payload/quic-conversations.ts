/**
 * Which datagrams are QUIC as Wireshark 4.0 sees them: a long header with a version that it knows makes the conversation QUIC,
 * in both directions, from that datagram on.
 */
import { type EndpointPair, EndpointTable } from "../endpoint-table.ts";

/** Header form, version, both connection IDs' lengths (RFC 9000 §17.2). */
const LEAST_LENGTH = 13;
const LONG_HEADER = 0x80;
const VERSION = 1;
const DESTINATION_ID_LENGTH = 5;
const MAX_ID_LENGTH = 20;

export class QuicConversations {
  readonly #table = new EndpointTable<true>();

  /**
   * Takes a datagram.
   * @param start where its payload begins
   * @returns whether it is QUIC
   */
  take(ip: EndpointPair, sourcePort: number, destinationPort: number, start: number, end: number): boolean {
    if (this.#table.find(ip, sourcePort, destinationPort) === true) return end > start;
    if (!beginsConversation(ip.view, start, end)) return false;
    this.#table.set(true);
    return true;
  }
}

function beginsConversation(view: DataView, start: number, end: number): boolean {
  if (end - start < LEAST_LENGTH || (view.getUint8(start) & LONG_HEADER) === 0) return false;
  if (!isKnownVersion(view.getUint32(start + VERSION))) return false;
  const toLength = view.getUint8(start + DESTINATION_ID_LENGTH);
  const next = start + DESTINATION_ID_LENGTH + 1 + toLength;
  if (toLength > MAX_ID_LENGTH || next >= end) return false;
  return view.getUint8(next) <= MAX_ID_LENGTH;
}

/** Versions 1 and 2, the drafts from 11 on, Facebook's, and those that force negotiation (RFC 9000 §15). */
function isKnownVersion(version: number): boolean {
  if (version === 1 || version === 0x6b33_43cf || version === 0x709a_50c4) return true;
  if (version >>> 8 === 0xff_0000) return (version & 0xff) >= 11;
  if (version >>> 8 === 0xface_b0) return (version & 0xff) <= 0x0e;
  return (version & 0x0f0f_0f0f) >>> 0 === 0x0a0a_0a0a;
}
