/** The fields and protocols that filters may name: their types, as in Wireshark, and where a frame's values lie. */

/** Where the values of a field lie in `FrameFields`. */
export const FieldSlot = {
  frameNumber: 0,
  frameLength: 1,
  capturedLength: 2,
  relativeTime: 3,
  ethernetSource: 4,
  ethernetDestination: 5,
  vlanId: 6,
  ipv4Source: 7,
  ipv4Destination: 8,
  ipv6Source: 9,
  ipv6Destination: 10,
  tcpSourcePort: 11,
  tcpDestinationPort: 12,
  tcpStream: 13,
  udpSourcePort: 14,
  udpDestinationPort: 15,
  udpStream: 16,
  ipProtocol: 17,
} as const;

/** How many slots there are. */
export const FIELD_SLOTS = Object.keys(FieldSlot).length;

/** Bits of the protocols that a frame shows. */
export const FrameProtocol = {
  frame: 1,
  eth: 2,
  vlan: 4,
  arp: 8,
  ip: 16,
  ipv6: 32,
  tcp: 64,
  udp: 128,
  icmp: 256,
  icmpv6: 512,
  rtp: 1024,
  http: 2048,
  tls: 4096,
  quic: 8192,
} as const;

/** What a field's values are, and how they are written. */
export type FieldType =
  | { readonly kind: "number"; readonly highest: number }
  /** Seconds, decimal. */
  | { readonly kind: "seconds" }
  | { readonly kind: "ethernet" }
  | { readonly kind: "ipv4" }
  | { readonly kind: "ipv6" };

export interface FilterField {
  readonly type: FieldType;
  /** One, or two of which either may hold the value: `ip.addr`. */
  readonly slots: readonly number[];
}

const WORD: FieldType = { kind: "number", highest: 0xffff_ffff };
const PORT: FieldType = { kind: "number", highest: 0xffff };
const ETHERNET: FieldType = { kind: "ethernet" };
const IPV4: FieldType = { kind: "ipv4" };
const IPV6: FieldType = { kind: "ipv6" };

/** The fields by their names. */
export const FILTER_FIELDS: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ["frame.number", { type: WORD, slots: [FieldSlot.frameNumber] }],
  ["frame.len", { type: WORD, slots: [FieldSlot.frameLength] }],
  ["frame.cap_len", { type: WORD, slots: [FieldSlot.capturedLength] }],
  ["frame.time_relative", { type: { kind: "seconds" }, slots: [FieldSlot.relativeTime] }],
  ["eth.src", { type: ETHERNET, slots: [FieldSlot.ethernetSource] }],
  ["eth.dst", { type: ETHERNET, slots: [FieldSlot.ethernetDestination] }],
  ["eth.addr", { type: ETHERNET, slots: [FieldSlot.ethernetSource, FieldSlot.ethernetDestination] }],
  ["vlan.id", { type: PORT, slots: [FieldSlot.vlanId] }],
  ["ip.src", { type: IPV4, slots: [FieldSlot.ipv4Source] }],
  ["ip.dst", { type: IPV4, slots: [FieldSlot.ipv4Destination] }],
  ["ip.addr", { type: IPV4, slots: [FieldSlot.ipv4Source, FieldSlot.ipv4Destination] }],
  ["ip.proto", { type: { kind: "number", highest: 0xff }, slots: [FieldSlot.ipProtocol] }],
  ["ipv6.src", { type: IPV6, slots: [FieldSlot.ipv6Source] }],
  ["ipv6.dst", { type: IPV6, slots: [FieldSlot.ipv6Destination] }],
  ["ipv6.addr", { type: IPV6, slots: [FieldSlot.ipv6Source, FieldSlot.ipv6Destination] }],
  ["tcp.srcport", { type: PORT, slots: [FieldSlot.tcpSourcePort] }],
  ["tcp.dstport", { type: PORT, slots: [FieldSlot.tcpDestinationPort] }],
  ["tcp.port", { type: PORT, slots: [FieldSlot.tcpSourcePort, FieldSlot.tcpDestinationPort] }],
  ["tcp.stream", { type: WORD, slots: [FieldSlot.tcpStream] }],
  ["udp.srcport", { type: PORT, slots: [FieldSlot.udpSourcePort] }],
  ["udp.dstport", { type: PORT, slots: [FieldSlot.udpDestinationPort] }],
  ["udp.port", { type: PORT, slots: [FieldSlot.udpSourcePort, FieldSlot.udpDestinationPort] }],
  ["udp.stream", { type: WORD, slots: [FieldSlot.udpStream] }],
]);

/** The protocols by their names. */
export const FILTER_PROTOCOLS: ReadonlyMap<string, number> = new Map(Object.entries(FrameProtocol));

/** Protocols of payloads, which Wireshark recognizes by ports, heuristics and reassembly: refused rather than guessed. */
export const PAYLOAD_PROTOCOL = /^(http2|http3|ssl|rtcp|dns|sip|data)(\.|$)|^(http|tls|quic|rtp)\./;

/** Every name that a filter may have, in order. */
export const FILTER_NAMES: readonly string[] = [...FILTER_PROTOCOLS.keys(), ...FILTER_FIELDS.keys()];
