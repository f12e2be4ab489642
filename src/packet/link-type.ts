import { NO_PACKET } from "../capture/frame.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason, unknownLinkType } from "./skip-reason.ts";

/** LINKTYPE_* numbers that lbqos reads (https://www.tcpdump.org/linktypes.html). */
export const LinkType = {
  NULL: 0,
  ETHERNET: 1,
  PPP: 9,
  FDDI: 10,
  /** DLT_RAW as most systems number it; in files only from old tools. */
  RAW_DLT: 12,
  /** DLT_RAW as OpenBSD numbers it. */
  RAW_OPENBSD: 14,
  PPP_HDLC: 50,
  PPP_ETHER: 51,
  ATM_RFC1483: 100,
  RAW: 101,
  C_HDLC: 104,
  LOOP: 108,
  LINUX_SLL: 113,
  ARCNET_LINUX: 129,
  /** DLT_USER2: what macOS' tcpdump writes for PKTAP. */
  PKTAP_USER2: 149,
  MPLS: 219,
  IPV4: 228,
  IPV6: 229,
  NFLOG: 239,
  PKTAP: 258,
  LINUX_SLL2: 276,
} as const;

/** The header that frames of a link type begin with. */
export function layerOfLinkType(linkType: number): NextLayer {
  switch (linkType) {
    case LinkType.ETHERNET:
      return Layer.Ethernet;
    case LinkType.NULL:
    case LinkType.LOOP:
      return Layer.BsdLoopback;
    case LinkType.RAW:
    case LinkType.RAW_DLT:
    case LinkType.RAW_OPENBSD:
    case LinkType.IPV4:
    case LinkType.IPV6:
      return Layer.Ip;
    case LinkType.LINUX_SLL:
      return Layer.LinuxCooked;
    case LinkType.LINUX_SLL2:
      return Layer.LinuxCooked2;
    case LinkType.PPP:
    case LinkType.PPP_HDLC:
      return Layer.PppHdlc;
    case LinkType.PPP_ETHER:
      return Layer.Pppoe;
    case LinkType.C_HDLC:
      return Layer.CiscoHdlc;
    case LinkType.MPLS:
      return Layer.Mpls;
    case LinkType.NFLOG:
      return Layer.Nflog;
    case LinkType.PKTAP:
    case LinkType.PKTAP_USER2:
      return Layer.Pktap;
    case LinkType.FDDI:
      return Layer.Fddi;
    case LinkType.ATM_RFC1483:
      return Layer.Llc;
    case LinkType.ARCNET_LINUX:
      return Layer.Arcnet;
    case NO_PACKET:
      return SkipReason["no-packet"];
    default:
      return unknownLinkType(linkType);
  }
}
