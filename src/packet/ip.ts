import type { Segment } from "../engine/segments/segment.ts";
import type { Cursor } from "./cursor.ts";
import type { IpReassembly } from "./ip-reassembly.ts";
import { readIpv4 } from "./ipv4.ts";
import { readIpv6 } from "./ipv6.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** IP of either version, by its first four bits, since a link layer's "IP" may be either. */
export function readIp(cursor: Cursor, segment: Segment, reassembly: IpReassembly): NextLayer {
  if (!cursor.holds(1)) return cursor.missing(1, SkipReason["malformed-ip"]);
  switch (cursor.view.getUint8(cursor.offset) >> 4) {
    case 4:
      return readIpv4(cursor, segment, reassembly);
    case 6:
      return readIpv6(cursor, segment);
    default:
      return SkipReason["malformed-ip"];
  }
}
