/**
 * Frames as packets that two taps can tell apart: what stays the same on the way is taken out of each frame, for TCP and UDP over
 * IPv4 and IPv6. Nothing is made per packet; the fields are those of the frame read last.
 */

import type { FrameBatch } from "../capture/frame.ts";
import { readPlainFrame } from "../engine/segments/plain-frame.ts";
import { Segment } from "../engine/segments/segment.ts";
import { CWR, FIN, PSH, SYN } from "../engine/segments/tcp-flags.ts";
import { FrameDecoder } from "../packet/decode-frame.ts";
import { IPV4_ADDRESS_LENGTH, IPV6_ADDRESS_LENGTH } from "../packet/ip-address.ts";
import { IpProtocol } from "../packet/ip-protocol.ts";
import { SEGMENT_DECODED, SkipReason } from "../packet/skip-reason.ts";
import { mixed } from "./fingerprint.ts";

/** Bytes of a datagram's payload that tell it from others: RTP's header and DNS's lie in them, and short snap lengths keep them. */
const PAYLOAD_BYTES = 16;
/** IP and TCP header without options. */
const IPV4_TCP_LENGTH = 40;
const IPV6_TCP_LENGTH = 60;

export class PacketReader {
  /** IANA's number: 6 TCP, 17 UDP. */
  protocol = 0;
  isIpv6 = false;
  /** IPv4 addresses, or IPv6's folded to 32 bits. */
  source = 0;
  destination = 0;
  /** Source port in the upper 16 bits, destination port in the lower. */
  ports = 0;
  /** 0: IPv6, or not set. */
  ipId = 0;
  sequence = 0;
  acknowledgement = 0;
  flags = 0;
  /** Payload as it was on the wire, bytes. */
  length = 0;
  /** TCP options, bytes. */
  optionsLength = 0;
  /** Maximum segment size option of a SYN, 0 where there is none. */
  maximumSegmentSize = 0;
  /** Of timestamps (TCP) or the payload's first bytes (UDP); 0: there are none. */
  content = 0;
  readonly #plain = new Segment();
  readonly #decoder = new FrameDecoder();
  #segment = this.#plain;

  /** @returns whether frame `row` holds a whole TCP or UDP header */
  read(batch: FrameBatch, row: number): boolean {
    const plain = this.#plain;
    if (plain.view !== batch.view) {
      plain.view = batch.view;
      plain.bytes = batch.bytes;
    }
    const isPlain = readPlainFrame(
      plain,
      batch.linkType[row] as number,
      batch.offset[row] as number,
      batch.capturedLength[row] as number,
      batch.wireLength[row] as number,
    );
    if (isPlain) {
      this.#take(plain, IpProtocol.TCP);
      return true;
    }
    const result = this.#decoder.decode(batch, row);
    if (result === SEGMENT_DECODED) this.#take(this.#decoder.segment, IpProtocol.TCP);
    else if (result === SkipReason.udp && this.#decoder.readDatagram())
      this.#take(this.#decoder.segment, IpProtocol.UDP);
    else return false;
    return true;
  }

  get isSyn(): boolean {
    return this.protocol === IpProtocol.TCP && (this.flags & SYN) !== 0;
  }

  /**
   * The flags of one wire segment of a frame of offload: FIN and PSH belong to the last one, CWR to the first (Linux'
   * tcp_gso_segment).
   * @param part number of the segment in its frame, from 0
   */
  flagsOfPart(part: number, isLast: boolean): number {
    const others = (part === 0 ? 0 : CWR) | (isLast ? 0 : FIN | PSH);
    return this.flags & ~others;
  }

  /** Copies of the source's and destination's address bytes, for names. */
  addresses(): readonly [source: Uint8Array, destination: Uint8Array] {
    const { bytes, sourceAddressOffset: from, destinationAddressOffset: to } = this.#segment;
    const length = this.isIpv6 ? IPV6_ADDRESS_LENGTH : IPV4_ADDRESS_LENGTH;
    return [bytes.slice(from, from + length), bytes.slice(to, to + length)];
  }

  #take(segment: Segment, protocol: number): void {
    const { view } = segment;
    this.#segment = segment;
    this.protocol = protocol;
    this.isIpv6 = segment.ipVersion === 6;
    this.source = word(view, segment.sourceAddressOffset, this.isIpv6);
    this.destination = word(view, segment.destinationAddressOffset, this.isIpv6);
    this.ports = (segment.sourcePort << 16) | segment.destinationPort;
    this.ipId = segment.ipId > 0 ? segment.ipId : 0;
    this.length = segment.payloadLength;
    if (protocol === IpProtocol.TCP) {
      this.sequence = segment.sequence | 0;
      this.acknowledgement = segment.acknowledgement | 0;
      this.flags = segment.flags;
      this.optionsLength =
        segment.ipLength - segment.payloadLength - (this.isIpv6 ? IPV6_TCP_LENGTH : IPV4_TCP_LENGTH);
      this.maximumSegmentSize = segment.maximumSegmentSize;
      this.content = segment.hasTimestamp
        ? mixed(mixed(1, segment.timestampValue | 0), segment.timestampEcho | 0)
        : 0;
      return;
    }
    this.sequence = 0;
    this.acknowledgement = 0;
    this.flags = 0;
    this.optionsLength = 0;
    this.maximumSegmentSize = 0;
    this.content = contentOf(segment);
  }
}

/** An address in 32 bits. */
function word(view: DataView, offset: number, isIpv6: boolean): number {
  if (!isIpv6) return view.getInt32(offset);
  let hash = view.getInt32(offset);
  for (let at = 4; at < 16; at += 4) hash = mixed(hash, view.getInt32(offset + at));
  return hash;
}

/** Of the first bytes of a datagram's payload; 0 where the capture does not hold them. */
function contentOf({ view, payloadOffset, payloadLength, capturedPayloadLength }: Segment): number {
  const wanted = Math.min(PAYLOAD_BYTES, payloadLength);
  if (wanted === 0 || capturedPayloadLength < wanted) return 0;
  let hash = wanted;
  for (let at = 0; at < wanted; at++) hash = mixed(hash, view.getUint8(payloadOffset + at));
  return hash === 0 ? 1 : hash;
}
