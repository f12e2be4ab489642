import type { Segment } from "../engine/segments/segment.ts";
import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";
import { beginsVxlan } from "./vxlan.ts";

/** UDP header (RFC 768). */
const SOURCE_PORT = 0;
const DESTINATION_PORT = 2;
const LENGTH = 4;
const HEADER_LENGTH = 8;

/** Ports of tunnels and mirrors whose packets carry TCP. */
const PORT_L2TP = 1701;
const PORT_GTP_U = 2152;
const PORT_TEREDO = 3544;
const PORT_VXLAN = 4789;
/** The Linux kernel's own default for VXLAN, from before IANA assigned one: flannel, Cilium, k3s. */
const PORT_VXLAN_LINUX = 8472;
const PORT_GENEVE = 6081;
const PORT_SFLOW = 6343;
const PORT_MPLS = 6635;
const PORT_TZSP = 37008;

/** UDP itself is not measured: only a tunnel inside can lead on. */
export function readUdp(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(HEADER_LENGTH)) return cursor.missing(HEADER_LENGTH, SkipReason["malformed-ip"]);
  let next = layerOfPort(view.getUint16(offset + DESTINATION_PORT));
  if (next === SkipReason.udp) next = layerOfPort(view.getUint16(offset + SOURCE_PORT));
  if (next === SkipReason.udp && isLinuxVxlan(cursor)) next = Layer.Vxlan;
  if (next === SkipReason.udp) return next;
  const length = view.getUint16(offset + LENGTH);
  // 0: larger than the field can say (RFC 2675 §4), or left open by segmentation offload.
  if (length !== 0) cursor.limit(length);
  cursor.offset += HEADER_LENGTH;
  return next;
}

/** Reads the datagram whose UDP header begins at `start`: ports, payload. @returns false where the header is cut */
export function readDatagram(
  { bytes, view, capturedEnd, wireEnd }: Cursor,
  start: number,
  segment: Segment,
): boolean {
  const payload = start + HEADER_LENGTH;
  if (payload > capturedEnd) return false;
  segment.view = view;
  segment.bytes = bytes;
  segment.sourcePort = view.getUint16(start + SOURCE_PORT);
  segment.destinationPort = view.getUint16(start + DESTINATION_PORT);
  segment.payloadOffset = payload;
  segment.payloadLength = wireEnd - payload;
  segment.capturedPayloadLength = capturedEnd - payload;
  return true;
}

function layerOfPort(port: number): NextLayer {
  switch (port) {
    case PORT_VXLAN:
      return Layer.Vxlan;
    case PORT_GENEVE:
      return Layer.Geneve;
    case PORT_GTP_U:
      return Layer.GtpU;
    case PORT_L2TP:
      return Layer.L2tp;
    case PORT_TEREDO:
      return Layer.Teredo;
    case PORT_MPLS:
      return Layer.Mpls;
    case PORT_TZSP:
      return Layer.Tzsp;
    case PORT_SFLOW:
      return Layer.Sflow;
    default:
      return SkipReason.udp;
  }
}

/** Nobody assigned port 8472, so the header has to look like VXLAN's as well. */
function isLinuxVxlan({ view, offset, capturedEnd }: Cursor): boolean {
  if (view.getUint16(offset + DESTINATION_PORT) !== PORT_VXLAN_LINUX) return false;
  return beginsVxlan(view, offset + HEADER_LENGTH, capturedEnd);
}
