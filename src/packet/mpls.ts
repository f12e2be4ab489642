import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** A label stack entry (RFC 3032 §2.1): label, class, bottom-of-stack bit, time to live. */
const ENTRY_LENGTH = 4;
const BOTTOM_OF_STACK = 0x100;

/** A pseudowire's control word (RFC 4385 §3): its first four bits are 0, where IP has its version. */
const CONTROL_WORD_LENGTH = 4;
const CONTROL_WORD = 0;
const IP_VERSION_4 = 4;
const IP_VERSION_6 = 6;

/** Labels don't say what they carry: IP is recognized by its version, Ethernet by the control word before it. */
export function readMpls(cursor: Cursor): NextLayer {
  const { view } = cursor;
  for (;;) {
    if (!cursor.holds(ENTRY_LENGTH)) return cursor.missing(ENTRY_LENGTH, SkipReason["malformed-link"]);
    const entry = view.getUint32(cursor.offset);
    cursor.offset += ENTRY_LENGTH;
    if ((entry & BOTTOM_OF_STACK) !== 0) break;
  }
  if (!cursor.holds(1)) return cursor.missing(1, SkipReason["malformed-link"]);
  switch (view.getUint8(cursor.offset) >> 4) {
    case IP_VERSION_4:
    case IP_VERSION_6:
      return Layer.Ip;
    case CONTROL_WORD:
      cursor.offset += CONTROL_WORD_LENGTH;
      return Layer.Ethernet;
    default:
      return SkipReason["not-ip"];
  }
}
