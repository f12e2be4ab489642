/** Protocols that are told from the first bytes of a stream and never turn into HTTP/1.x. */
import { holdsAt, octetsOf } from "./octets.ts";

export type OtherProtocol = "tls" | "ssh" | "http2" | "otherProtocol";

/** Record types change_cipher_spec … application_data, and version 3.x (RFC 8446 §5.1). */
const TLS_FIRST_TYPE = 0x14;
const TLS_LAST_TYPE = 0x17;
const TLS_MAJOR_VERSION = 0x03;
const TLS_LAST_MINOR_VERSION = 0x04;
/** RFC 4253 §4.2. */
const SSH_BANNER = octetsOf("SSH-");
/** RFC 9113 §3.4. */
const HTTP2_PREFACE = octetsOf("PRI * HTTP/2.0");

/** The protocol whose stream begins with `bytes[start, end)`. */
export function recogniseProtocol(bytes: Buffer, start: number, end: number): OtherProtocol {
  const length = end - start;
  const first = bytes[start] ?? 0;
  if (
    length >= 3 &&
    first >= TLS_FIRST_TYPE &&
    first <= TLS_LAST_TYPE &&
    bytes[start + 1] === TLS_MAJOR_VERSION &&
    (bytes[start + 2] ?? 0xff) <= TLS_LAST_MINOR_VERSION
  ) {
    return "tls";
  }
  if (length >= SSH_BANNER.length && holdsAt(bytes, start, SSH_BANNER)) return "ssh";
  if (length >= HTTP2_PREFACE.length && holdsAt(bytes, start, HTTP2_PREFACE)) return "http2";
  return "otherProtocol";
}
