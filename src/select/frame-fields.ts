/**
 * The fields of one frame, as Wireshark shows them: a field that occurs in several headers (tunnels, what an ICMP error quotes)
 * has as many values. Filled by the packet room's walk through the headers; nothing is made per frame.
 */

import type { FrameBatch } from "../capture/frame.ts";
import type { Cursor } from "../packet/cursor.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { EtherType } from "../packet/ether-type.ts";
import { Layer } from "../packet/layer.ts";
import type { LayerSink } from "../packet/layer-sink.ts";
import { type DecodeResult, SEGMENT_DECODED, SkipReason } from "../packet/skip-reason.ts";
import { type EndpointPair, noEndpoints } from "./endpoint-table.ts";
import { FIELD_SLOTS, FieldSlot, FrameProtocol } from "./filter-fields.ts";
import { PayloadStreams } from "./payload/payload-streams.ts";
import { QuicConversations } from "./payload/quic-conversations.ts";
import type { RtpStream } from "./rtp/rtp-stream.ts";
import type { RtpStreams } from "./rtp/rtp-streams.ts";
import { TcpStreams } from "./tcp-streams.ts";
import { UdpStreams } from "./udp-streams.ts";

/** Headers that the decoder reads in one frame at most, and words of an IPv6 address. */
const MAX_VALUES = 256;
const IPV6_WORDS = 4;
const WORD_LENGTH = 4;

/** Where headers have what is read here: Ethernet, IPv4 (RFC 791), IPv6 (RFC 8200), the first bytes of TCP and UDP. */
const ETHERNET_ADDRESS = 6;
const ETHERNET_LENGTH = 14;
const IPV4_PROTOCOL = 9;
const IPV4_SOURCE = 12;
const IPV4_LENGTH = 20;
const IPV6_SOURCE = 8;
const IPV6_ADDRESS = 16;
const IPV6_LENGTH = 40;
const PORTS_LENGTH = 4;
const UDP_PAYLOAD_LENGTH = 4;
const UDP_LENGTH = 8;
/** What Wireshark reads of TCP before it gives a stream its number. */
const TCP_TO_WINDOW = 16;
const TCP_DATA_OFFSET = 12;
const VLAN_LENGTH = 4;
const VLAN_ID = 0x0fff;

/** What carried a frame's payload, for the count of what losses can be seen of. */
export type FrameTransport = "tcp" | "udp" | "otherIp" | "none";

export class FrameFields implements LayerSink {
  /** Bits of `FrameProtocol`. */
  protocols = 0;
  /** By slot: how many values there are, and the values. Of IPv6 each takes four. */
  readonly counts = new Int32Array(FIELD_SLOTS);
  readonly values: readonly Float64Array[] = Array.from(
    { length: FIELD_SLOTS },
    (_, slot) => new Float64Array(isWide(slot) ? MAX_VALUES * IPV6_WORDS : MAX_VALUES),
  );
  wireLength = 0;
  timeNs = 0;
  /** The frame is a TCP segment before which Wireshark misses another. */
  isAfterLoss = false;
  /** Of the outermost IP packet that is no fragment without its head. */
  transport: FrameTransport = "none";

  /** The stream of the frame's datagram, if it may be RTP. */
  rtp: RtpStream | null = null;

  /** The addresses of the frame's first IP header. */
  readonly outerIp: EndpointPair = noEndpoints();

  readonly #decoder = new FrameDecoder(this);
  /** Number streams as Wireshark does, which takes memory per stream; `null`: nobody asks for them. */
  readonly #tcp: TcpStreams | null;
  readonly #udp: UdpStreams | null;
  readonly #rtp: RtpStreams | null;
  /** What payloads show; `null`: nobody asks for it. */
  readonly #payloads: PayloadStreams | null;
  readonly #quic: QuicConversations | null;
  #frames = 0;
  /** Both ports of a TCP header of which it is not known yet whether it can be read; −1: there is none. */
  #unreadPorts = -1;
  /** The IP header that was read last. */
  readonly #ip: EndpointPair = noEndpoints();

  /**
   * @param withStreams whether streams are numbered and losses seen: fields of stream numbers have no value without
   * @param rtp what finds RTP's streams; `null`: nobody asks for them
   * @param asked bits of the protocols that filters name: payloads are read for those alone
   */
  constructor(withStreams = true, rtp: RtpStreams | null = null, asked = 0) {
    this.#tcp = withStreams ? new TcpStreams() : null;
    this.#udp = withStreams ? new UdpStreams() : null;
    this.#rtp = rtp;
    const readsPayloads = withStreams && (asked & (FrameProtocol.http | FrameProtocol.tls)) !== 0;
    this.#payloads = readsPayloads ? new PayloadStreams() : null;
    this.#quic = (asked & FrameProtocol.quic) === 0 ? null : new QuicConversations();
  }

  /** Takes the next frame of the capture. */
  take(batch: FrameBatch, row: number): void {
    const { counts } = this;
    counts.fill(0);
    this.protocols = FrameProtocol.frame;
    this.isAfterLoss = false;
    this.transport = "none";
    this.rtp = null;
    this.#ip.version = 0;
    this.outerIp.version = 0;
    this.#unreadPorts = -1;
    this.timeNs = batch.timeNs[row] as number;
    this.wireLength = batch.wireLength[row] as number;
    this.#put(FieldSlot.frameNumber, ++this.#frames);
    this.#put(FieldSlot.frameLength, this.wireLength);
    this.#put(FieldSlot.capturedLength, batch.capturedLength[row] as number);
    this.#put(FieldSlot.relativeTime, this.timeNs);
    const result = this.#decoder.decode(batch, row);
    const tcp = this.#tcp;
    if (tcp === null) return;
    if (result === SEGMENT_DECODED) {
      const { segment } = this.#decoder;
      this.isAfterLoss = tcp.take(segment);
      this.#put(FieldSlot.tcpStream, tcp.stream.number);
      if (this.#payloads !== null) {
        const { missingBytes } = this.#decoder;
        this.protocols |= this.#payloads.take(tcp, segment, this.timeNs, this.#frames, missingBytes);
      }
    } else if (this.#unreadPorts >= 0) {
      this.#put(
        FieldSlot.tcpStream,
        tcp.numberOf(this.#ip, this.#unreadPorts >>> 16, this.#unreadPorts & 0xffff),
      );
    }
  }

  end(result: DecodeResult): void {
    if (result === SkipReason.arp) this.protocols |= FrameProtocol.arp;
  }

  enter(layer: number, cursor: Cursor): void {
    switch (layer) {
      case Layer.Ethernet:
        this.#ethernet(cursor);
        break;
      case Layer.Vlan:
        this.#vlan(cursor);
        break;
      case Layer.Ip:
        this.#ipHeader(cursor);
        break;
      case Layer.Tcp:
        this.#tcpHeader(cursor);
        break;
      case Layer.Udp:
        this.#udpHeader(cursor);
        break;
      case Layer.Icmp:
        this.protocols |= FrameProtocol.icmp;
        break;
      case Layer.Icmpv6:
        this.protocols |= FrameProtocol.icmpv6;
        break;
    }
  }

  #ethernet(cursor: Cursor): void {
    const { view, offset } = cursor;
    this.protocols |= FrameProtocol.eth;
    if (!cursor.holds(ETHERNET_LENGTH)) return;
    this.#put(FieldSlot.ethernetDestination, ethernetAddress(view, offset));
    this.#put(FieldSlot.ethernetSource, ethernetAddress(view, offset + ETHERNET_ADDRESS));
  }

  /** 802.1ad's service tag is another protocol in Wireshark, `ieee8021ad`. */
  #vlan(cursor: Cursor): void {
    const { view, offset } = cursor;
    if (view.getUint16(offset - 2) === EtherType.PROVIDER_BRIDGING) return;
    this.protocols |= FrameProtocol.vlan;
    if (cursor.holds(VLAN_LENGTH)) this.#put(FieldSlot.vlanId, view.getUint16(offset) & VLAN_ID);
  }

  #ipHeader(cursor: Cursor): void {
    const { view, offset } = cursor;
    if (!cursor.holds(1)) return;
    const version = view.getUint8(offset) >> 4;
    if (version === 4 && cursor.holds(IPV4_LENGTH)) {
      this.protocols |= FrameProtocol.ip;
      const source = offset + IPV4_SOURCE;
      this.#setIp(view, version, source, source + WORD_LENGTH);
      this.#put(FieldSlot.ipv4Source, view.getUint32(source));
      this.#put(FieldSlot.ipv4Destination, view.getUint32(source + WORD_LENGTH));
      this.#put(FieldSlot.ipProtocol, view.getUint8(offset + IPV4_PROTOCOL));
    } else if (version === 6 && cursor.holds(IPV6_LENGTH)) {
      this.protocols |= FrameProtocol.ipv6;
      const source = offset + IPV6_SOURCE;
      this.#setIp(view, version, source, source + IPV6_ADDRESS);
      this.#putIpv6(FieldSlot.ipv6Source, view, source);
      this.#putIpv6(FieldSlot.ipv6Destination, view, source + IPV6_ADDRESS);
    }
  }

  #setIp(view: DataView, version: number, source: number, destination: number): void {
    const ip = this.#ip;
    if (ip.version === 0) {
      this.transport = "otherIp";
      const outer = this.outerIp;
      outer.view = view;
      outer.version = version;
      outer.source = source;
      outer.destination = destination;
    }
    ip.view = view;
    ip.version = version;
    ip.source = source;
    ip.destination = destination;
  }

  #tcpHeader(cursor: Cursor): void {
    if (!cursor.holds(PORTS_LENGTH)) return;
    const { view, offset, notASegment } = cursor;
    if (this.transport === "otherIp" && notASegment === 0) this.transport = "tcp";
    this.protocols |= FrameProtocol.tcp;
    const sourcePort = view.getUint16(offset);
    const destinationPort = view.getUint16(offset + 2);
    this.#put(FieldSlot.tcpSourcePort, sourcePort);
    this.#put(FieldSlot.tcpDestinationPort, destinationPort);
    if (!cursor.holds(TCP_TO_WINDOW)) return;
    if (notASegment === 0) this.#unreadPorts = view.getUint32(offset);
    else if (this.#tcp !== null) {
      this.#put(FieldSlot.tcpStream, this.#tcp.numberOf(this.#ip, sourcePort, destinationPort));
      this.#quotedPayload(cursor, this.#tcp, sourcePort, destinationPort);
    }
  }

  #quotedPayload(
    { bytes, view, offset, capturedEnd }: Cursor,
    tcp: TcpStreams,
    sourcePort: number,
    destinationPort: number,
  ): void {
    const start = offset + (view.getUint8(offset + TCP_DATA_OFFSET) >> 4) * WORD_LENGTH;
    if (this.#payloads === null || start >= capturedEnd) return;
    const payload = bytes.subarray(start, capturedEnd);
    this.protocols |= this.#payloads.takeQuoted(tcp, payload, sourcePort, destinationPort);
  }

  #udpHeader(cursor: Cursor): void {
    if (!cursor.holds(PORTS_LENGTH)) return;
    const { view, offset } = cursor;
    if (this.transport === "otherIp") this.transport = "udp";
    this.protocols |= FrameProtocol.udp;
    const sourcePort = view.getUint16(offset);
    const destinationPort = view.getUint16(offset + 2);
    this.#put(FieldSlot.udpSourcePort, sourcePort);
    this.#put(FieldSlot.udpDestinationPort, destinationPort);
    if (this.#udp !== null)
      this.#put(FieldSlot.udpStream, this.#udp.numberOf(this.#ip, sourcePort, destinationPort));
    if (cursor.notASegment === 0 && cursor.holds(UDP_LENGTH))
      this.#datagram(cursor, sourcePort, destinationPort);
  }

  #datagram(
    { view, offset, capturedEnd, wireEnd }: Cursor,
    sourcePort: number,
    destinationPort: number,
  ): void {
    const rtp = this.#rtp;
    const quic = this.#quic;
    const length = view.getUint16(offset + UDP_PAYLOAD_LENGTH);
    const end = length === 0 ? wireEnd : Math.min(wireEnd, offset + length);
    const payload = offset + UDP_LENGTH;
    const captured = Math.min(capturedEnd, end);
    if (quic?.take(this.#ip, sourcePort, destinationPort, payload, captured) === true)
      this.protocols |= FrameProtocol.quic;
    if (rtp === null) return;
    this.rtp = rtp.take(this.#ip, sourcePort, destinationPort, payload, captured, end, this.timeNs);
    if (this.rtp !== null && rtp.isCertain(this.rtp)) this.protocols |= FrameProtocol.rtp;
  }

  #put(slot: number, value: number): void {
    const count = this.counts[slot] as number;
    (this.values[slot] as Float64Array)[count] = value;
    this.counts[slot] = count + 1;
  }

  #putIpv6(slot: number, view: DataView, offset: number): void {
    const count = this.counts[slot] as number;
    const values = this.values[slot] as Float64Array;
    for (let word = 0; word < IPV6_WORDS; word++) {
      values[count * IPV6_WORDS + word] = view.getUint32(offset + word * WORD_LENGTH);
    }
    this.counts[slot] = count + 1;
  }
}

function isWide(slot: number): boolean {
  return slot === FieldSlot.ipv6Source || slot === FieldSlot.ipv6Destination;
}

function ethernetAddress(view: DataView, offset: number): number {
  return view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2);
}
