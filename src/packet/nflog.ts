import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_NFLOG: address family (1), version (1), resource (2), then attributes. */
const FAMILY = 0;
const HEADER_LENGTH = 4;
const AF_INET = 2;
const AF_INET6 = 10;

/** Attribute: its length with these 4 bytes (2), type (2), in the recorder's byte order; padded to 4 bytes. */
const ATTRIBUTE_LENGTH = 0;
const ATTRIBUTE_TYPE = 2;
const ATTRIBUTE_HEADER_LENGTH = 4;
const ATTRIBUTE_ALIGNMENT = 4;
/** The attribute that holds the packet. */
const NFULA_PAYLOAD = 9;
/** Attribute types are below this: a larger one shows that the bytes are in the other order. */
const LARGEST_TYPE = 0xff;

export function readNflog(cursor: Cursor): NextLayer {
  const { view } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  const family = view.getUint8(cursor.offset + FAMILY);
  if (family !== AF_INET && family !== AF_INET6) return SkipReason["not-ip"];
  cursor.offset += HEADER_LENGTH;
  while (cursor.holds(ATTRIBUTE_HEADER_LENGTH)) {
    const littleEndian = view.getUint16(cursor.offset + ATTRIBUTE_TYPE, true) <= LARGEST_TYPE;
    const length = view.getUint16(cursor.offset + ATTRIBUTE_LENGTH, littleEndian);
    const type = view.getUint16(cursor.offset + ATTRIBUTE_TYPE, littleEndian);
    if (length < ATTRIBUTE_HEADER_LENGTH) return SkipReason["malformed-link"];
    if (type === NFULA_PAYLOAD) {
      cursor.offset += ATTRIBUTE_HEADER_LENGTH;
      cursor.limit(length - ATTRIBUTE_HEADER_LENGTH);
      return Layer.Ip;
    }
    cursor.offset += Math.ceil(length / ATTRIBUTE_ALIGNMENT) * ATTRIBUTE_ALIGNMENT;
  }
  return cursor.missing(ATTRIBUTE_HEADER_LENGTH, SkipReason["malformed-link"]);
}
