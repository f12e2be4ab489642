import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** GTP-U (3GPP TS 29.281 §5.1): flags (1), message type (1), length (2), tunnel (4), optional part (4). */
const FLAGS = 0;
const MESSAGE_TYPE = 1;
const HEADER_LENGTH = 8;
const OPTIONAL_LENGTH = 4;
const NEXT_EXTENSION = 11;

/** Version 1, and GTP rather than GTP′. */
const GTP_VERSION_1 = 0x30;
const VERSION_MASK = 0xf0;
/** Any of extension, sequence number, N-PDU number: the optional part is there. */
const HAS_OPTIONAL = 0x07;
const HAS_EXTENSION = 0x04;
/** The message that carries a user's packet. */
const G_PDU = 255;

/** Extension header (§5.2): its length (1) in units of 4 bytes, content, type of the next one (1), 0 = none. */
const EXTENSION_UNIT = 4;
const NO_EXTENSION = 0;

export function readGtpU(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason.udp);
  const flags = view.getUint8(offset + FLAGS);
  if ((flags & VERSION_MASK) !== GTP_VERSION_1 || view.getUint8(offset + MESSAGE_TYPE) !== G_PDU) {
    return SkipReason.udp;
  }
  cursor.offset += HEADER_LENGTH;
  if ((flags & HAS_OPTIONAL) === 0) return Layer.Ip;

  if (!cursor.holds(OPTIONAL_LENGTH)) return cursor.missing(OPTIONAL_LENGTH, SkipReason.udp);
  cursor.offset += OPTIONAL_LENGTH;
  if ((flags & HAS_EXTENSION) === 0) return Layer.Ip;

  let next = view.getUint8(offset + NEXT_EXTENSION);
  while (next !== NO_EXTENSION) {
    if (!cursor.holds(EXTENSION_UNIT)) return cursor.missing(EXTENSION_UNIT, SkipReason.udp);
    const length = view.getUint8(cursor.offset) * EXTENSION_UNIT;
    if (length === 0) return SkipReason.udp;
    if (!cursor.holds(length)) return cursor.missing(length, SkipReason.udp);
    cursor.offset += length;
    next = view.getUint8(cursor.offset - 1);
  }
  return Layer.Ip;
}
