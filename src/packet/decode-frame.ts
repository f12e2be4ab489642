import type { FrameBatch } from "../capture/frame.ts";
import { Segment } from "../engine/segments/segment.ts";
import { readArcnet } from "./arcnet.ts";
import { readBsdLoopback } from "./bsd-loopback.ts";
import { readCiscoHdlc } from "./cisco-hdlc.ts";
import { Cursor } from "./cursor.ts";
import { readErspan2, readErspan3 } from "./erspan.ts";
import { readEtherIp } from "./ether-ip.ts";
import { readEthernet } from "./ethernet.ts";
import { readProviderBackbone, readVlan, readVnTag } from "./ethernet-tag.ts";
import { readFddi } from "./fddi.ts";
import { readGeneve } from "./geneve.ts";
import { readGre } from "./gre.ts";
import { readGtpU } from "./gtp-u.ts";
import { moveToIcmpQuote, moveToIcmpv6Quote } from "./icmp.ts";
import { readIp } from "./ip.ts";
import { IpReassembly } from "./ip-reassembly.ts";
import { readAuthenticationHeader, readIpv6Extension, readIpv6Fragment } from "./ipv6.ts";
import { readL2tp } from "./l2tp.ts";
import { Layer, type NextLayer } from "./layer.ts";
import type { LayerSink } from "./layer-sink.ts";
import { layerOfLinkType } from "./link-type.ts";
import { readLinuxCooked, readLinuxCooked2 } from "./linux-cooked.ts";
import { readLlc } from "./llc.ts";
import { readMpls } from "./mpls.ts";
import { readNflog } from "./nflog.ts";
import { readPktap } from "./pktap.ts";
import { readPpp, readPppHdlc } from "./ppp.ts";
import { readPppoe } from "./pppoe.ts";
import { sampledFrames } from "./sflow.ts";
import { countsAsTcpInWireshark, type DecodeResult, SEGMENT_DECODED, SkipReason } from "./skip-reason.ts";
import { readTcp, readUnreadable } from "./tcp.ts";
import { readTeredo } from "./teredo.ts";
import { readTzsp } from "./tzsp.ts";
import { readDatagram, readUdp } from "./udp.ts";
import { readVxlan } from "./vxlan.ts";

/** Headers read in one frame: tunnels need a dozen, sFlow samples fifty, a frame made to keep us busy has thousands. */
const MAX_HEADERS = 256;

/**
 * The packet room's verb: takes the TCP segment out of a frame, or says why there is none.
 * One decoder per capture: fragments of IP datagrams wait in it for each other.
 */
export class FrameDecoder {
  /** The segment of the frame decoded last; valid if `decode` returned 0, until its next call. */
  readonly segment = new Segment();
  readonly #cursor = new Cursor();
  readonly #reassembly = new IpReassembly();
  readonly #sink: LayerSink | null;
  #headersLeft = 0;
  /** Where the frame's last UDP header begins, −1 where it has none. */
  #udpOffset = -1;
  /** The frame's memory, and where it ends in it: what the capture holds, and what was on the wire. */
  #frameBytes: Buffer = Buffer.alloc(0);
  #frameEnd = 0;
  #frameWireEnd = 0;

  /** @param sink who is told of each header; `null`: nobody */
  constructor(sink: LayerSink | null = null) {
    this.#sink = sink;
  }

  /** IP datagrams of which fragments were seen, but not all. */
  get incompleteDatagrams(): number {
    return this.#reassembly.incompleteDatagrams;
  }

  /** Bytes that the IP header of the frame decoded last says its packet has, and the frame had not on the wire. */
  get missingBytes(): number {
    return this.#cursor.missingBytes;
  }

  /**
   * Decodes one frame. Where it returns the reason why TCP can't be read, `segment.isUnreadable` says whether `segment` holds
   * what is known of it.
   * @param batch the frames
   * @param row which of them, 0 … `batch.count` − 1
   * @returns 0 if `segment` holds the frame's TCP segment, else the code of a skip reason
   */
  decode(batch: FrameBatch, row: number): DecodeResult {
    const cursor = this.#cursor;
    const offset = batch.offset[row] ?? 0;
    const capturedLength = batch.capturedLength[row] ?? 0;
    const wireLength = batch.wireLength[row] ?? 0;
    cursor.bytes = batch.bytes;
    cursor.view = batch.view;
    cursor.offset = offset;
    cursor.capturedEnd = offset + capturedLength;
    cursor.wireEnd = offset + (wireLength > capturedLength ? wireLength : capturedLength);
    cursor.timeNs = batch.timeNs[row] ?? 0;
    cursor.notASegment = 0;
    cursor.missingBytes = 0;
    this.#frameBytes = cursor.bytes;
    this.#frameEnd = cursor.capturedEnd;
    this.#frameWireEnd = cursor.wireEnd;
    this.segment.isUnreadable = false;
    this.segment.ipLength = 0;
    this.#headersLeft = MAX_HEADERS;
    this.#udpOffset = -1;
    return this.#walk(layerOfLinkType(batch.linkType[row] ?? 0));
  }

  /**
   * Reads the UDP datagram of a frame that `decode` skipped as `udp` into `segment`: ports and payload; the IP fields are there.
   * @returns false where the frame holds no whole UDP header, or one that was only quoted or sampled
   */
  readDatagram(): boolean {
    const { notASegment } = this.#cursor;
    return (
      notASegment === 0 && this.#udpOffset >= 0 && readDatagram(this.#cursor, this.#udpOffset, this.segment)
    );
  }

  /** Reads one header after the other. */
  #walk(first: NextLayer): DecodeResult {
    const cursor = this.#cursor;
    let step = first;
    while (step < 0) {
      if (this.#headersLeft === 0) return SkipReason["too-many-headers"];
      this.#headersLeft -= 1;
      this.#sink?.enter(step, cursor);
      switch (step) {
        case Layer.Ethernet:
          step = readEthernet(cursor);
          break;
        case Layer.Ip:
          step = readIp(cursor, this.segment, this.#reassembly);
          break;
        case Layer.Tcp:
          return this.#readTcp();
        default:
          step = this.#readOther(step);
      }
    }
    this.#sink?.end(step);
    return step;
  }

  /** TCP; or, where the frame has it and it can't be read, whose it was. */
  #readTcp(): DecodeResult {
    const cursor = this.#cursor;
    const result = readTcp(cursor, this.segment);
    if (result === SEGMENT_DECODED || cursor.notASegment !== 0 || cursor.bytes !== this.#frameBytes) {
      return result;
    }
    this.segment.isUnreadable = readUnreadable(cursor, this.segment, this.#frameEnd, this.#frameWireEnd);
    return result;
  }

  /** All headers but Ethernet, IP and TCP. */
  #readOther(layer: NextLayer): NextLayer {
    const cursor = this.#cursor;
    switch (layer) {
      case Layer.Vlan:
        return readVlan(cursor);
      case Layer.VnTag:
        return readVnTag(cursor);
      case Layer.ProviderBackbone:
        return readProviderBackbone(cursor);
      case Layer.Llc:
        return readLlc(cursor);
      case Layer.BsdLoopback:
        return readBsdLoopback(cursor);
      case Layer.LinuxCooked:
        return readLinuxCooked(cursor);
      case Layer.LinuxCooked2:
        return readLinuxCooked2(cursor);
      case Layer.Ppp:
        return readPpp(cursor);
      case Layer.PppHdlc:
        return readPppHdlc(cursor);
      case Layer.Pppoe:
        return readPppoe(cursor);
      case Layer.CiscoHdlc:
        return readCiscoHdlc(cursor);
      case Layer.Nflog:
        return readNflog(cursor);
      case Layer.Pktap:
        return readPktap(cursor);
      case Layer.Fddi:
        return readFddi(cursor);
      case Layer.Arcnet:
        return readArcnet(cursor);
      case Layer.Mpls:
        return readMpls(cursor);
      case Layer.Ipv6Extension:
        return readIpv6Extension(cursor);
      case Layer.Ipv6Fragment:
        return readIpv6Fragment(cursor, this.segment, this.#reassembly);
      case Layer.AuthenticationHeader:
        return readAuthenticationHeader(cursor);
      case Layer.Gre:
        return readGre(cursor);
      case Layer.Erspan2:
        return readErspan2(cursor);
      case Layer.Erspan3:
        return readErspan3(cursor);
      case Layer.EtherIp:
        return readEtherIp(cursor);
      case Layer.Udp:
        this.#udpOffset = cursor.offset;
        return readUdp(cursor);
      case Layer.Vxlan:
        return readVxlan(cursor);
      case Layer.Geneve:
        return readGeneve(cursor);
      case Layer.GtpU:
        return readGtpU(cursor);
      case Layer.Teredo:
        return readTeredo(cursor);
      case Layer.L2tp:
        return readL2tp(cursor);
      case Layer.Tzsp:
        return readTzsp(cursor);
      case Layer.Icmp:
        return moveToIcmpQuote(cursor) ? this.#readIcmpQuote() : SkipReason.icmp;
      case Layer.Icmpv6:
        return moveToIcmpv6Quote(cursor) ? this.#readIcmpQuote() : SkipReason.icmp;
      case Layer.Sflow:
        return this.#readSflow();
      default:
        throw new RangeError(`no reader for layer ${layer}`);
    }
  }

  /** Looks for TCP in the packet that an ICMP error quotes. */
  #readIcmpQuote(): DecodeResult {
    this.#cursor.notASegment = SkipReason["icmp-quoted-tcp"];
    const quoted = this.#walk(Layer.Ip);
    return countsAsTcpInWireshark(quoted) ? quoted : SkipReason.icmp;
  }

  /** Looks for TCP in the frames of an sFlow datagram. */
  #readSflow(): DecodeResult {
    const cursor = this.#cursor;
    cursor.notASegment = SkipReason["sflow-sampled-tcp"];
    let result: DecodeResult = SkipReason.udp;
    for (const sample of sampledFrames(cursor)) {
      cursor.offset = sample.offset;
      cursor.capturedEnd = sample.end;
      cursor.wireEnd = sample.end;
      if (countsAsTcpInWireshark(this.#walk(sample.layer))) result = SkipReason["sflow-sampled-tcp"];
      // One is enough, but for whom wants to know of all headers.
      if (result !== SkipReason.udp && this.#sink === null) break;
    }
    return result;
  }
}
