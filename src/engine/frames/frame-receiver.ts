/**
 * Who got a frame, below the address that its segment was sent to: a balancer with direct server return leaves that address
 * and chooses the server by the MAC address (LVS-DR), or by an IP packet around it (LVS-TUN: IPIP, RFC 2003, or GRE, RFC 2784).
 */
import { int32, uint16 } from "../dialect/byte-order.ts";
import type { FrameRows } from "./frame-rows.ts";

/** Receivers are MAC addresses as numbers of 48 bits, or this and an IPv4 address. */
export const OUTER_ADDRESS: f64 = 0x1000000000000;
/** Neither is known. */
export const NO_RECEIVER: f64 = -1;

const LINK_ETHERNET: i32 = 1;
const ETHERNET_TYPE: i32 = 12;
const ETHERNET_LENGTH: i32 = 14;
const IPV4: i32 = 0x0800;
const IPV4_LENGTH: i32 = 20;
const IP_PROTOCOL: i32 = 9;
const IP_DESTINATION: i32 = 16;
const IPIP: i32 = 4;
const GRE: i32 = 47;

/** Of an Ethernet frame; `NO_RECEIVER` of any other. */
export function receiverOf(rows: FrameRows, row: i32): f64 {
  const length = rows.capturedLength[row] as i32;
  if ((rows.linkType[row] as i32) !== LINK_ETHERNET || length < ETHERNET_LENGTH) return NO_RECEIVER;
  const view = rows.view;
  const at = rows.offset[row] as i32;
  if (uint16(view, at + ETHERNET_TYPE) === IPV4 && length >= ETHERNET_LENGTH + IPV4_LENGTH) {
    const ip = at + ETHERNET_LENGTH;
    const protocol = view.getUint8(ip + IP_PROTOCOL) as i32;
    if (protocol === IPIP || protocol === GRE)
      return OUTER_ADDRESS + unsigned(int32(view, ip + IP_DESTINATION));
  }
  return (uint16(view, at) as f64) * 0x100000000 + unsigned(int32(view, at + 2));
}

function unsigned(word: i32): f64 {
  return ((word as u32) >>> 0) as f64;
}
