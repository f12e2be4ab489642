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

/** Versions 1 and 2 (RFC 9369), Facebook's, Google's Q050, T050 and T051. */
const VERSIONS: ReadonlySet<number> = new Set([
  1, 0x6b33_43cf, 0xface_b001, 0xface_b002, 0xface_b00e, 0x5130_3530, 0x5430_3530, 0x5430_3531,
]);
const FIRST_KNOWN_DRAFT = 11;

/** Those, the drafts, and versions that force negotiation (RFC 9000 §15). */
function isKnownVersion(version: number): boolean {
  if (version >>> 8 === 0xff_0000) return (version & 0xff) >= FIRST_KNOWN_DRAFT;
  return VERSIONS.has(version) || (version & 0x0f0f_0f0f) >>> 0 === 0x0a0a_0a0a;
}
