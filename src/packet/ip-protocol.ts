import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** Protocol numbers of IPv4's protocol and IPv6's next header field (IANA registry). */
export const IpProtocol = {
  HOP_BY_HOP: 0,
  ICMP: 1,
  IPV4: 4,
  TCP: 6,
  UDP: 17,
  IPV6: 41,
  ROUTING: 43,
  FRAGMENT: 44,
  GRE: 47,
  ENCAPSULATING_SECURITY: 50,
  AUTHENTICATION: 51,
  ICMPV6: 58,
  DESTINATION_OPTIONS: 60,
  ETHER_IP: 97,
  MOBILITY: 135,
  HOST_IDENTITY: 139,
  SHIM6: 140,
  MPLS: 137,
} as const;

/** The header that a protocol number announces. */
export function layerOfIpProtocol(protocol: number): NextLayer {
  switch (protocol) {
    case IpProtocol.TCP:
      return Layer.Tcp;
    case IpProtocol.UDP:
      return Layer.Udp;
    case IpProtocol.ICMP:
      return Layer.Icmp;
    case IpProtocol.ICMPV6:
      return Layer.Icmpv6;
    case IpProtocol.IPV4:
    case IpProtocol.IPV6:
      return Layer.Ip;
    case IpProtocol.HOP_BY_HOP:
    case IpProtocol.ROUTING:
    case IpProtocol.DESTINATION_OPTIONS:
    case IpProtocol.MOBILITY:
    case IpProtocol.HOST_IDENTITY:
    case IpProtocol.SHIM6:
      return Layer.Ipv6Extension;
    case IpProtocol.FRAGMENT:
      return Layer.Ipv6Fragment;
    case IpProtocol.AUTHENTICATION:
      return Layer.AuthenticationHeader;
    case IpProtocol.GRE:
      return Layer.Gre;
    case IpProtocol.ETHER_IP:
      return Layer.EtherIp;
    case IpProtocol.MPLS:
      return Layer.Mpls;
    case IpProtocol.ENCAPSULATING_SECURITY:
      return SkipReason.encrypted;
    default:
      return SkipReason["other-ip-protocol"];
  }
}
