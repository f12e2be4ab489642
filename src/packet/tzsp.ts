import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/**
 * TaZmen Sniffer Protocol, how MikroTik routers stream the packets of an interface to a recorder:
 * version (1), type (1), encapsulation (2), tags, the packet.
 */
const VERSION = 0;
const TYPE = 1;
const ENCAPSULATION = 2;
const HEADER_LENGTH = 4;
const VERSION_1 = 1;
const TYPE_RECEIVED = 0;
const TYPE_TO_SEND = 1;
const ENCAPSULATION_ETHERNET = 1;

/** Tag: number (1), length (1), value; padding and the end have the number alone. */
const TAG_PADDING = 0;
const TAG_END = 1;
const TAG_HEADER_LENGTH = 2;

export function readTzsp(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason.udp);
  const type = view.getUint8(offset + TYPE);
  if (
    view.getUint8(offset + VERSION) !== VERSION_1 ||
    (type !== TYPE_RECEIVED && type !== TYPE_TO_SEND) ||
    view.getUint16(offset + ENCAPSULATION) !== ENCAPSULATION_ETHERNET
  ) {
    return SkipReason.udp;
  }
  cursor.offset += HEADER_LENGTH;
  while (cursor.holds(1)) {
    const tag = view.getUint8(cursor.offset);
    if (tag === TAG_END) {
      cursor.offset += 1;
      return Layer.Ethernet;
    }
    if (tag === TAG_PADDING) {
      cursor.offset += 1;
      continue;
    }
    if (!cursor.holds(TAG_HEADER_LENGTH)) break;
    cursor.offset += TAG_HEADER_LENGTH + view.getUint8(cursor.offset + 1);
  }
  return cursor.missing(TAG_HEADER_LENGTH, SkipReason.udp);
}
