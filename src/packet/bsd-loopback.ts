import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** LINKTYPE_NULL and LINKTYPE_LOOP: the address family of the recording machine (4), in its byte order or not. */
const HEADER_LENGTH = 4;

/** AF_INET is 2 everywhere. AF_INET6: 10 Linux, 23 Windows, 24 NetBSD and OpenBSD, 26 Solaris, 28 FreeBSD, 30 macOS. */
const AF_INET = 2;
const AF_INET6 = [10, 23, 24, 26, 28, 30];

export function readBsdLoopback(cursor: Cursor): NextLayer {
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  const bigEndian = cursor.view.getUint32(cursor.offset);
  const littleEndian = cursor.view.getUint32(cursor.offset, true);
  // Families are small numbers: the byte order that makes the value small is the one it was written in.
  const family = Math.min(bigEndian, littleEndian);
  cursor.offset += HEADER_LENGTH;
  return family === AF_INET || AF_INET6.includes(family) ? Layer.Ip : SkipReason["not-ip"];
}
