import type { Cursor } from "./cursor.ts";
import { layerOfEtherType } from "./ether-type.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** IEEE 802.2 LLC: destination SAP (1), source SAP (1), control (1, or 2 in numbered frames). */
const SERVICE_ACCESS_POINTS = 0;
const CONTROL = 2;
const HEADER_LENGTH = 3;

const SAP_SNAP_TO_SNAP = 0xaaaa;
/** IP's own service access point, as destination. */
const SAP_IP = 0x06;
const UNNUMBERED_INFORMATION = 0x03;

/** SNAP (RFC 1042): organisation (3), EtherType (2) where the organisation is 0 or Cisco's bridging. */
const ORGANISATION = 3;
const SNAP_TYPE = 6;
const SNAP_LENGTH = 8;
const ORGANISATION_RFC1042 = 0x000000;
const ORGANISATION_BRIDGE_TUNNEL = 0x0000f8;

export function readLlc(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-link"]);
  if (view.getUint8(offset + CONTROL) !== UNNUMBERED_INFORMATION) return SkipReason["not-ip"];
  const saps = view.getUint16(offset + SERVICE_ACCESS_POINTS);
  if (saps >> 8 === SAP_IP) {
    cursor.offset += HEADER_LENGTH;
    return Layer.Ip;
  }
  if (saps !== SAP_SNAP_TO_SNAP) return SkipReason["not-ip"];
  if (!cursor.holds(SNAP_LENGTH)) return cursor.missing(SNAP_LENGTH, SkipReason["malformed-link"]);
  cursor.offset += SNAP_LENGTH;
  const organisation = view.getUint32(offset + ORGANISATION) >>> 8;
  if (organisation !== ORGANISATION_RFC1042 && organisation !== ORGANISATION_BRIDGE_TUNNEL) {
    return SkipReason["not-ip"];
  }
  return layerOfEtherType(view.getUint16(offset + SNAP_TYPE));
}
