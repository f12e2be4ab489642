import type { Segment } from "../engine/segments/segment.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import type { Cursor } from "./cursor.ts";
import { IPV4_ADDRESS_LENGTH, IPV6_ADDRESS_LENGTH } from "./ip-address.ts";
import { IpDatagram } from "./ip-datagram.ts";
import { layerOfIpProtocol } from "./ip-protocol.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** Limits on what waits for its missing fragments; beyond them the oldest datagram is given up. */
const MAX_DATAGRAMS = 1_024;
const MAX_MEMORY = 16 * 1024 * 1024;
/** A datagram is given up after this time (RFC 8200 §4.5): its identification may be in use again. */
const MAX_AGE_NS = 60 * NANOSECONDS_PER_SECOND;

/** Puts the fragments of IP datagrams together. */
export class IpReassembly {
  /** In the order in which their first fragments came. */
  readonly #waiting = new Map<string, IpDatagram>();
  #memory = 0;
  #givenUp = 0;

  /** Datagrams that never became complete: given up, or still waiting now. */
  get incompleteDatagrams(): number {
    return this.#givenUp + this.#waiting.size;
  }

  /**
   * Takes the fragment at the cursor; `segment` has the fields of its IP header.
   * When it completes its datagram, the cursor moves to the payload of the whole.
   * @param headerStart where the fragment's IP header starts
   * @param headerLength bytes of that header that the whole datagram's header is made of
   * @param identification of the datagram
   * @param protocol what the payload is; in IPv6 only the fragment at offset 0 has to be right about it
   * @param offset where the fragment lies in the datagram's payload, bytes
   * @param more other fragments lie behind this one
   */
  add(
    cursor: Cursor,
    segment: Segment,
    headerStart: number,
    headerLength: number,
    identification: number,
    protocol: number,
    offset: number,
    more: boolean,
  ): NextLayer {
    const { bytes } = cursor;
    if (cursor.notASegment !== 0 || cursor.offset >= cursor.wireEnd || cursor.capturedEnd < cursor.wireEnd) {
      return readAlone(cursor, segment, protocol, offset);
    }
    const key = datagramKey(bytes, segment, identification, protocol);
    const datagram =
      this.#find(key, cursor.timeNs) ??
      this.#begin(key, bytes.subarray(headerStart, headerStart + headerLength), cursor.timeNs);
    if (offset === 0) datagram.protocol = protocol;

    const memoryBefore = datagram.memory;
    const fits = datagram.add(bytes.subarray(cursor.offset, cursor.wireEnd), offset, !more);
    this.#memory += datagram.memory - memoryBefore;
    if (!datagram.isComplete) {
      this.#keepWithinLimits();
      return fits ? SkipReason["ip-fragment"] : SkipReason["malformed-ip"];
    }
    this.#remove(key, datagram);
    moveToDatagram(cursor, segment, datagram, headerStart);
    return layerOfIpProtocol(datagram.protocol);
  }

  #find(key: string, timeNs: number): IpDatagram | undefined {
    const datagram = this.#waiting.get(key);
    if (datagram === undefined || timeNs - datagram.startNs <= MAX_AGE_NS) return datagram;
    this.#giveUp(key, datagram);
    return undefined;
  }

  #begin(key: string, header: Uint8Array, timeNs: number): IpDatagram {
    const datagram = new IpDatagram(header, timeNs);
    this.#waiting.set(key, datagram);
    this.#memory += datagram.memory;
    return datagram;
  }

  #keepWithinLimits(): void {
    for (const [key, datagram] of this.#waiting) {
      if (this.#waiting.size <= MAX_DATAGRAMS && this.#memory <= MAX_MEMORY) return;
      this.#giveUp(key, datagram);
    }
  }

  #giveUp(key: string, datagram: IpDatagram): void {
    this.#remove(key, datagram);
    this.#givenUp += 1;
  }

  #remove(key: string, datagram: IpDatagram): void {
    this.#waiting.delete(key);
    this.#memory -= datagram.memory;
  }
}

/**
 * A fragment that can't be put together, because the capture holds only a part of it or because it is quoted.
 * The first one of a datagram shows what it carried; it is no segment, the datagram's length being unknown.
 * It is read on for the sake of `countsAsTcpInWireshark`, thus in IPv4 alone, as Wireshark does.
 */
function readAlone(cursor: Cursor, segment: Segment, protocol: number, offset: number): NextLayer {
  if (offset !== 0 || segment.ipVersion !== 4) return SkipReason["ip-fragment"];
  if (cursor.notASegment === 0) cursor.notASegment = SkipReason["truncated-tcp-fragment"];
  return layerOfIpProtocol(protocol);
}

/** The fields that all fragments of one datagram share (RFC 791 §3.2; RFC 8200 §4.5, where the protocol doesn't count). */
function datagramKey(bytes: Buffer, segment: Segment, identification: number, protocol: number): string {
  const isIpv4 = segment.ipVersion === 4;
  const addressesEnd =
    segment.destinationAddressOffset + (isIpv4 ? IPV4_ADDRESS_LENGTH : IPV6_ADDRESS_LENGTH);
  const addresses = bytes.toString("latin1", segment.sourceAddressOffset, addressesEnd);
  return `${addresses}${identification}/${isIpv4 ? protocol : ""}`;
}

/** Moves the cursor, and the addresses of `segment`, from the last fragment to the complete datagram. */
function moveToDatagram(cursor: Cursor, segment: Segment, datagram: IpDatagram, headerStart: number): void {
  cursor.moveTo(datagram.packet, datagram.headerLength);
  segment.sourceAddressOffset -= headerStart;
  segment.destinationAddressOffset -= headerStart;
  segment.ipLength = cursor.wireEnd;
}
