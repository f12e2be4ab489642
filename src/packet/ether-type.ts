import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** EtherTypes (IEEE registry) that lead to IP or that a report should name. */
export const EtherType = {
  IPV4: 0x0800,
  ARP: 0x0806,
  TRANSPARENT_ETHERNET_BRIDGING: 0x6558,
  VLAN: 0x8100,
  IPV6: 0x86dd,
  PPP: 0x880b,
  MPLS: 0x8847,
  MPLS_MULTICAST: 0x8848,
  PPPOE_SESSION: 0x8864,
  PROVIDER_BRIDGING: 0x88a8,
  MACSEC: 0x88e5,
  PROVIDER_BACKBONE: 0x88e7,
  VN_TAG: 0x8926,
  QINQ_BEFORE_STANDARD: 0x9100,
} as const;

/** EtherTypes start here; below are lengths of 802.3 frames (IEEE 802.3 §3.2.6). */
export const FIRST_ETHER_TYPE = 0x0600;

/** The header that an EtherType announces. */
export function layerOfEtherType(etherType: number): NextLayer {
  switch (etherType) {
    case EtherType.IPV4:
    case EtherType.IPV6:
      return Layer.Ip;
    case EtherType.VLAN:
    case EtherType.PROVIDER_BRIDGING:
    case EtherType.QINQ_BEFORE_STANDARD:
      return Layer.Vlan;
    case EtherType.ARP:
      return SkipReason.arp;
    case EtherType.PPPOE_SESSION:
      return Layer.Pppoe;
    case EtherType.MPLS:
    case EtherType.MPLS_MULTICAST:
      return Layer.Mpls;
    case EtherType.PROVIDER_BACKBONE:
      return Layer.ProviderBackbone;
    case EtherType.VN_TAG:
      return Layer.VnTag;
    case EtherType.TRANSPARENT_ETHERNET_BRIDGING:
      return Layer.Ethernet;
    case EtherType.PPP:
      return Layer.Ppp;
    case EtherType.MACSEC:
      return SkipReason.encrypted;
    default:
      return SkipReason["not-ip"];
  }
}
