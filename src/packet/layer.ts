import type { DecodeResult } from "./skip-reason.ts";

/**
 * Headers that lbqos can read. Each header's reader ends by naming the header that follows, so that no
 * protocol's file needs to know another's and tunnels in tunnels cost nothing extra.
 */
export const Layer = {
  /** IP, version by its first four bits. */
  Ip: -1,
  Tcp: -2,
  Ethernet: -3,
  /** 802.1Q, QinQ and other tags between Ethernet's addresses and its type. */
  Vlan: -4,
  Ipv6Extension: -6,
  Ipv6Fragment: -7,
  AuthenticationHeader: -8,
  Udp: -9,
  Icmp: -10,
  Icmpv6: -11,
  Llc: -12,
  BsdLoopback: -13,
  LinuxCooked: -14,
  LinuxCooked2: -15,
  Ppp: -16,
  PppHdlc: -17,
  Pppoe: -18,
  CiscoHdlc: -19,
  Nflog: -20,
  Pktap: -21,
  Fddi: -22,
  Arcnet: -23,
  ProviderBackbone: -24,
  VnTag: -25,
  Mpls: -26,
  Gre: -27,
  Erspan2: -28,
  Erspan3: -29,
  EtherIp: -30,
  Vxlan: -31,
  Geneve: -32,
  GtpU: -33,
  Teredo: -34,
  L2tp: -35,
  Sflow: -36,
  Tzsp: -37,
} as const;

/**
 * The next step of the walk through a frame: a negative number is the `Layer` that starts at the cursor,
 * anything else ends the walk with that `DecodeResult`.
 */
export type NextLayer = number | DecodeResult;
