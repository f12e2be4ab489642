import { ethernet, hex, ipv4, ipv6, join, tcp, udp } from "./packet-bytes.ts";

/** One way in which a frame carries, or doesn't carry, TCP. */
export interface Encapsulation {
  readonly name: string;
  readonly linkType: number;
  readonly frame: Buffer;
  /** `segment` or the name of a skip reason. */
  readonly outcome: string;
  /** Where tshark 4.0 sees less TCP than lbqos: in no such frame, or in none that the snap length cut. */
  readonly tsharkMisses?: "all" | "cut";
}

const PAYLOAD = Buffer.from("GET / HTTP/1.1\r\n\r\n");
const SEGMENT = tcp(PAYLOAD);
const IPV4 = ipv4(6, SEGMENT);
const IPV6 = ipv6(6, SEGMENT);
const ETHERNET = ethernet(0x0800, IPV4);

function inEthernet(name: string, type: number, payload: Buffer, outcome = "segment"): Encapsulation {
  return { name, linkType: 1, frame: ethernet(type, payload), outcome };
}

function onLink(linkType: number, name: string, frame: Buffer, outcome = "segment"): Encapsulation {
  return { name, linkType, frame, outcome };
}

function inIpv4(name: string, protocol: number, payload: Buffer, outcome = "segment"): Encapsulation {
  return inEthernet(name, 0x0800, ipv4(protocol, payload), outcome);
}

function inUdp(name: string, port: number, payload: Buffer, outcome = "segment"): Encapsulation {
  return inIpv4(name, 17, udp(port, payload), outcome);
}

/** 802.3: the length of what follows in place of a type. */
function in8023(name: string, payload: Buffer, outcome = "segment"): Encapsulation {
  return inEthernet(name, payload.length, payload, outcome);
}

const LINK_TYPES: readonly Encapsulation[] = [
  onLink(1, "Ethernet, IPv4", ETHERNET),
  onLink(1, "Ethernet, IPv6", ethernet(0x86dd, IPV6)),
  onLink(0, "NULL, little-endian, IPv4", join("02000000", IPV4)),
  onLink(0, "NULL, big-endian, IPv4", join("00000002", IPV4)),
  onLink(0, "NULL, AF_INET6 of NetBSD and OpenBSD", join("18000000", IPV6)),
  onLink(0, "NULL, AF_INET6 of FreeBSD", join("1c000000", IPV6)),
  onLink(0, "NULL, AF_INET6 of macOS", join("1e000000", IPV6)),
  onLink(0, "NULL, AppleTalk", join("10000000", IPV4), "not-ip"),
  onLink(108, "LOOP, IPv4", join("00000002", IPV4)),
  onLink(108, "LOOP, AF_INET6 of OpenBSD", join("00000018", IPV6)),
  ...[12, 14, 101].flatMap((linkType) => [
    onLink(linkType, `RAW ${linkType}, IPv4`, IPV4),
    onLink(linkType, `RAW ${linkType}, IPv6`, IPV6),
  ]),
  onLink(228, "IPv4", IPV4),
  onLink(229, "IPv6", IPV6),
  onLink(113, "SLL, IPv4", join("0000 0001 0006 0200000000010000 0800", IPV4)),
  onLink(113, "SLL, IPv6", join("0004 0001 0006 0200000000010000 86dd", IPV6)),
  onLink(113, "SLL, VLAN", join("0004 0001 0006 0200000000010000 8100 0064 0800", IPV4)),
  onLink(113, "SLL, LLC", join("0004 0001 0006 0200000000010000 0004 424203", "00".repeat(32)), "not-ip"),
  onLink(113, "SLL, ARP", join("0000 0001 0006 0200000000010000 0806", "00".repeat(28)), "arp"),
  onLink(276, "SLL2, IPv4", join("0800 0000 00000002 0001 00 06 0200000000010000", IPV4)),
  onLink(276, "SLL2, IPv6", join("86dd 0000 00000002 0001 04 06 0200000000010000", IPV6)),
  onLink(9, "PPP", join("ff03 0021", IPV4)),
  onLink(9, "PPP without address and control", join("0021", IPV4)),
  onLink(9, "PPP with compressed protocol", join("21", IPV4)),
  onLink(9, "PPP, IPv6", join("ff03 0057", IPV6)),
  onLink(9, "PPP, LCP", join("ff03 c021 01010004"), "not-ip"),
  onLink(9, "PPP, Cisco's framing", join("0f00 0800", IPV4)),
  onLink(50, "PPP in HDLC", join("ff03 0021", IPV4)),
  onLink(
    51,
    "PPPoE without Ethernet",
    join("1100 0001", hex((IPV4.length + 2).toString(16).padStart(4, "0")), "0021", IPV4),
  ),
  onLink(104, "Cisco HDLC", join("0f00 0800", IPV4)),
  onLink(104, "Cisco HDLC, SLARP", join("8f00 8035", "00".repeat(18)), "not-ip"),
  onLink(10, "FDDI", join("50 020000000002 020000000001 aaaa03 000000 0800", IPV4)),
  onLink(10, "FDDI, token", join("80 020000000002 020000000001 aaaa03 000000 0800", IPV4), "not-ip"),
  onLink(100, "ATM, RFC 1483", join("aaaa03 000000 0800", IPV4)),
  onLink(129, "ARCNET, RFC 1051", join("0102 0000 f0", IPV4)),
  onLink(129, "ARCNET, RFC 1201", join("0102 0000 d4 00 0001", IPV4)),
  onLink(129, "ARCNET, ARP", join("0102 0000 f1", "00".repeat(28)), "arp"),
  { ...onLink(219, "MPLS without Ethernet", join("00064140", IPV4)), tsharkMisses: "all" },
  {
    ...onLink(
      239,
      "NFLOG",
      join("02 00 0000", "0800 0100 08000000", "0500 0a00 78000000", attribute(9, IPV4)),
    ),
    tsharkMisses: "cut",
  },
  { ...onLink(239, "NFLOG, IPv6", join("0a 00 0000", attribute(9, IPV6))), tsharkMisses: "cut" },
  onLink(258, "PKTAP", join("6c000000 01000000 01000000", "00".repeat(96), ETHERNET)),
  onLink(105, "802.11", join("0801", "00".repeat(40)), "unknown-link-type-105"),
];

/** An attribute of NFLOG in little-endian order. */
function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(4 + value.length, 0);
  header.writeUInt16LE(type, 2);
  return join(header, value);
}

const BETWEEN_ETHERNET_AND_IP: readonly Encapsulation[] = [
  inEthernet("802.1Q", 0x8100, join("0064 0800", IPV4)),
  inEthernet("802.1Q, IPv6", 0x8100, join("0064 86dd", IPV6)),
  inEthernet("QinQ 0x88a8", 0x88a8, join("0064 8100 00c8 0800", IPV4)),
  inEthernet("QinQ 0x9100", 0x9100, join("0064 8100 00c8 0800", IPV4)),
  inEthernet("802.1Q, 802.3", 0x8100, join("0064 0042 aaaa03 000000 0800", IPV4)),
  inEthernet("802.1ah", 0x88e7, join("00000064", ETHERNET)),
  inEthernet("VN-Tag", 0x8926, join("00000064 0800", IPV4)),
  in8023("802.3, SNAP", join("aaaa03 000000 0800", IPV4)),
  in8023("802.3, SNAP of Cisco's bridges", join("aaaa03 0000f8 0800", IPV4)),
  in8023("802.3, IP's own access point", join("060603", IPV4)),
  in8023("802.3, spanning tree", join("424203", "00".repeat(35)), "not-ip"),
  in8023("802.3, Novell", join("ffff", "00".repeat(40)), "not-ip"),
  inEthernet("ARP", 0x0806, join("0001 0800 0604 0001", "00".repeat(20)), "arp"),
  inEthernet("LLDP", 0x88cc, hex("00".repeat(46)), "not-ip"),
  inEthernet("MACsec", 0x88e5, join("2c00 00000001", "aa".repeat(60)), "encrypted"),
  inEthernet("PPPoE", 0x8864, join("1100 0001 003c 0021", IPV4)),
  inEthernet("PPPoE, IPv6", 0x8864, join("1100 0001 0050 0057", IPV6)),
  inEthernet("PPPoE discovery", 0x8863, join("1109 0000 0004 01010000"), "not-ip"),
  inEthernet("MPLS, one label", 0x8847, join("00064140", IPV4)),
  inEthernet("MPLS, two labels", 0x8847, join("00064040 000c8140", IPV4)),
  inEthernet("MPLS, IPv6", 0x8847, join("00064140", IPV6)),
  inEthernet("MPLS, Ethernet pseudowire", 0x8847, join("00064140 00000001", ETHERNET)),
];

const IN_IP: readonly Encapsulation[] = [
  inIpv4("UDP", 17, udp(53, hex("00".repeat(20))), "udp"),
  inIpv4("ICMP echo", 1, join("0800 0000 00010001", "00".repeat(32)), "icmp"),
  inIpv4("IGMP", 2, join("1600 0000 e0000001"), "other-ip-protocol"),
  inIpv4("ESP", 50, hex("00".repeat(40)), "encrypted"),
  inIpv4("authentication header", 51, join("06 04 0000 00000001 00000001", "aa".repeat(12), SEGMENT)),
  inIpv4("IPv4 in IPv4", 4, IPV4),
  inIpv4("6in4", 41, IPV6),
  inEthernet("IPv4 in IPv6", 0x86dd, ipv6(4, IPV4)),
  inEthernet("IPv4 with options", 0x0800, ipv4(6, SEGMENT, { options: "94040000 01010100" })),
  inEthernet("IPv6, hop-by-hop options", 0x86dd, ipv6(0, join("06 00 0502 0000 0100", SEGMENT))),
  inEthernet("IPv6, routing", 0x86dd, ipv6(43, join("06 02 00 00 00000000", "00".repeat(16), SEGMENT))),
  inEthernet("IPv6, destination options", 0x86dd, ipv6(60, join("06 00 0104 00000000", SEGMENT))),
  inEthernet(
    "IPv6, authentication",
    0x86dd,
    ipv6(51, join("06 04 0000 00000001 00000001", "aa".repeat(12), SEGMENT)),
  ),
  inEthernet("IPv6, atomic fragment", 0x86dd, ipv6(44, join("06 00 0000 00000001", SEGMENT))),
  inEthernet("IPv6, chain", 0x86dd, ipv6(0, join("3c 00 0502 0000 0100", "06 00 0104 00000000", SEGMENT))),
  inEthernet("IPv6, no next header", 0x86dd, ipv6(59, hex("")), "other-ip-protocol"),
  inEthernet("IPv6, ICMPv6", 0x86dd, ipv6(58, join("8700 0000 00000000", "00".repeat(16))), "icmp"),
];

const TUNNELS: readonly Encapsulation[] = [
  inIpv4("GRE, IPv4", 47, join("0000 0800", IPV4)),
  inIpv4("GRE, IPv6", 47, join("0000 86dd", IPV6)),
  inIpv4("GRE with checksum, key, sequence", 47, join("b000 0800 0000 0000 00000001 00000002", IPV4)),
  inIpv4("GRE, Ethernet", 47, join("2000 6558 00000001", ETHERNET)),
  inIpv4("GRE, MPLS", 47, join("0000 8847 00064140", IPV4)),
  inIpv4("PPTP", 47, join("3081 880b 003e 0001 00000001 00000001 ff03 0021", IPV4)),
  inIpv4("WCCP version 1", 47, join("0000 883e", IPV4)),
  inIpv4("WCCP version 2", 47, join("0000 883e 00000000", IPV4)),
  inIpv4("ERSPAN type I", 47, join("0000 88be", ETHERNET)),
  inIpv4("ERSPAN type II", 47, join("1000 88be 00000001 1001 0001 00000000", ETHERNET)),
  inIpv4("ERSPAN type III", 47, join("1000 22eb 00000001 2001 0001 00000000 0000 0000", ETHERNET)),
  inIpv4(
    "ERSPAN type III, platform part",
    47,
    join("1000 22eb 00000001 2001 0001 00000000 0000 0001", "04000000 00000000", ETHERNET),
  ),
  inIpv4(
    "ERSPAN type III, a frame that isn't Ethernet",
    47,
    join("1000 22eb 00000001 2001 0001 00000000 0000 0400", ETHERNET),
    "not-ip",
  ),
  inIpv4("EoIP of MikroTik", 47, join("2001 6400 0050 0100", ETHERNET)),
  inIpv4("EtherIP", 97, join("3000", ETHERNET)),
  inIpv4("MPLS in IP", 137, join("00064140", IPV4)),
  inUdp("VXLAN", 4789, join("08000000 00006400", ETHERNET)),
  inUdp("VXLAN, VLAN inside", 4789, join("08000000 00006400", ethernet(0x8100, join("0064 0800", IPV4)))),
  // tshark reads it with -d udp.port==8472,vxlan.
  {
    ...inUdp("VXLAN on the Linux kernel's port", 8472, join("08000000 00006400", ETHERNET)),
    tsharkMisses: "all",
  },
  inUdp(
    "no VXLAN on the Linux kernel's port: a reserved bit",
    8472,
    join("08000001 00006400", ETHERNET),
    "udp",
  ),
  inUdp("no VXLAN on the Linux kernel's port: a policy", 8472, join("88000000 00006401", ETHERNET), "udp"),
  inUdp("no VXLAN on the Linux kernel's port: too short", 8472, join("080000"), "udp"),
  inUdp("Geneve, Ethernet", 6081, join("0000 6558 00006400", ETHERNET)),
  inUdp("Geneve, IPv4, options", 6081, join("0200 0800 00006400 0102 03 01 00000000", IPV4)),
  inUdp("GTP-U", 2152, join("30ff 0050 00000001", IPV4)),
  inUdp("GTP-U, sequence number", 2152, join("32ff 0050 00000001 00010000", IPV4)),
  inUdp("GTP-U, extension header", 2152, join("34ff 0050 00000001 00000085 01 10 01 00", IPV4)),
  inUdp("GTP-U echo", 2152, join("3201 0004 00000000 00010000"), "udp"),
  inUdp("Teredo", 3544, IPV6),
  inUdp(
    "Teredo, authentication, origin",
    3544,
    join("0001 0000 0000000000000001 00 0000 efff c0000201", IPV6),
  ),
  inUdp("L2TP", 1701, join("0002 0001 0001 ff03 0021", IPV4)),
  inUdp(
    "L2TP, length, sequence, offset",
    1701,
    join("4a02 004a 0001 0001 0000 0000 0002 0000 ff03 0021", IPV4),
  ),
  inUdp("L2TP control", 1701, join("c802 000c 0001 0000 0000 0000"), "udp"),
  inUdp("MPLS in UDP", 6635, join("00064140", IPV4)),
  inUdp("TZSP of MikroTik", 37_008, join("01 00 0001 00 0a01c8 01", ETHERNET)),
];

const NOT_A_SEGMENT: readonly Encapsulation[] = [
  inIpv4(
    "ICMP unreachable, TCP quoted",
    1,
    join("0303 0000 00000000", IPV4.subarray(0, 28)),
    "icmp-quoted-tcp",
  ),
  inIpv4(
    "ICMP time exceeded, UDP quoted",
    1,
    join("0b00 0000 00000000", ipv4(17, udp(53, hex("00".repeat(8))))),
    "icmp",
  ),
  inIpv4(
    "ICMP, first fragment quoted",
    1,
    join("0b01 0000 00000000", ipv4(6, SEGMENT, { fragment: 0x2000 }).subarray(0, 28)),
    "icmp-quoted-tcp",
  ),
  inEthernet(
    "ICMPv6 too big, TCP quoted",
    0x86dd,
    ipv6(58, join("0200 0000 000005dc", IPV6)),
    "icmp-quoted-tcp",
  ),
  inUdp("sFlow, TCP sampled", 6343, sflow(ETHERNET), "sflow-sampled-tcp"),
  inUdp("sFlow, ARP sampled", 6343, sflow(ethernet(0x0806, hex("00".repeat(28)))), "udp"),
];

/** An sFlow datagram with one flow sample of one frame. */
function sflow(frame: Buffer): Buffer {
  const padded = join(frame, "00".repeat((4 - (frame.length % 4)) % 4));
  const words = (...values: number[]) =>
    join(...values.map((value) => hex(value.toString(16).padStart(8, "0"))));
  const record = join(words(1, 16 + padded.length, 1, frame.length, 0, frame.length), padded);
  const sample = join(words(1, 32 + record.length, 1, 1, 256, 256, 0, 1, 2, 1), record);
  return join(words(5, 1, 0xc0000201, 0, 1, 1000, 1), sample);
}

/** Every way that lbqos knows, and some that lead to no TCP. */
export const ENCAPSULATIONS: readonly Encapsulation[] = [
  ...LINK_TYPES,
  ...BETWEEN_ETHERNET_AND_IP,
  ...IN_IP,
  ...TUNNELS,
  ...NOT_A_SEGMENT,
];

/** What every segment of `ENCAPSULATIONS` carries. */
export const ENCAPSULATED_PAYLOAD = PAYLOAD.toString("latin1");
