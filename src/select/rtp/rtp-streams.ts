/** The RTP streams of a capture: told by the user's ports, or recognized by how their packets follow each other. */
import type { RtpCounts } from "../../metrics/measure-rtp.ts";
import type { RtpPort } from "../../metrics/rtp-metrics.ts";
import type { RtpReadings } from "../../metrics/rtp-readings.ts";
import { formatIpAddress } from "../../packet/ip-address.ts";
import { type EndpointPair, EndpointTable } from "../endpoint-table.ts";
import { isUsedPayloadType, staticClockRateHz } from "./payload-types.ts";
import { noRtpHeader, readRtpHeader } from "./rtp-header.ts";
import { RtpStream } from "./rtp-stream.ts";

/** What looks like a stream between two endpoints, at most; more of it is random bytes, and the oldest goes. */
const MAX_CANDIDATES = 64;
/** Servers of the system, which no media uses. */
const FIRST_MEDIA_PORT = 1024;

/** By SSRC and direction. */
type StreamsOfEndpoints = Map<number, RtpStream>;

export class RtpStreams {
  readonly #table = new EndpointTable<StreamsOfEndpoints>();
  readonly #clockRates: ReadonlyMap<number, number | null>;
  readonly #certain: ReadonlySet<number>;
  readonly #streams = new Set<RtpStream>();
  readonly #header = noRtpHeader();
  #next = 0;

  /**
   * @param ports where the user says that there is RTP
   * @param certain numbers of the streams that a first reading of the same capture was certain of
   */
  constructor(ports: readonly RtpPort[] = [], certain: ReadonlySet<number> = new Set()) {
    this.#clockRates = new Map(ports.map(({ port, clockRateHz }) => [port, clockRateHz ?? null]));
    this.#certain = certain;
  }

  /**
   * Takes a UDP datagram.
   * @param offset where its payload begins
   * @returns its stream, if it may be RTP
   */
  take(
    ip: EndpointPair,
    sourcePort: number,
    destinationPort: number,
    offset: number,
    capturedEnd: number,
    wireEnd: number,
    timeNs: number,
  ): RtpStream | null {
    const header = this.#header;
    if (!readRtpHeader(ip.view, offset, capturedEnd, wireEnd, header)) return null;
    const { payloadType, ssrc } = header;
    const told = this.#clockRates.get(destinationPort) ?? this.#clockRates.get(sourcePort);
    const isAsserted =
      told !== undefined || this.#clockRates.has(destinationPort) || this.#clockRates.has(sourcePort);
    if (!isAsserted && !isLikely(payloadType, sourcePort, destinationPort)) return null;
    const streams = this.#between(ip, sourcePort, destinationPort);
    const key = 2 * ssrc + (this.#table.isForward ? 0 : 1);
    let stream = streams.get(key);
    if (stream === undefined) {
      if (streams.size >= MAX_CANDIDATES) this.#dropOldest(streams);
      stream = this.#begin(ip, sourcePort, destinationPort, ssrc, isAsserted);
      streams.set(key, stream);
    }
    stream.take(header, timeNs, staticClockRateHz(payloadType) ?? told ?? null);
    return stream;
  }

  /** Whether a frame of the stream is RTP, by the port or by the first reading. */
  isCertain({ isAsserted, number }: RtpStream): boolean {
    return isAsserted || this.#certain.has(number);
  }

  /** Numbers of the streams that are RTP, for a second reading. */
  certainNumbers(): ReadonlySet<number> {
    return new Set(this.#certainStreams().map(({ number }) => number));
  }

  /** What was counted of RTP's packets for a selection. */
  countsOf(selection: number): RtpCounts {
    const all = { packets: 0, lost: 0, copies: 0 };
    for (const stream of this.#certainStreams()) {
      const { packets, lost, copies } = stream.countsOf(selection);
      all.packets += packets;
      all.lost += lost;
      all.copies += copies;
    }
    return all;
  }

  /** What was counted of the streams that are RTP, in the order of their first packets. */
  readings(): readonly RtpReadings[] {
    return this.#certainStreams().map((stream) => ({
      source: formatIpAddress(stream.source, 0, stream.source.length),
      sourcePort: stream.sourcePort,
      destination: formatIpAddress(stream.destination, 0, stream.destination.length),
      destinationPort: stream.destinationPort,
      ssrc: stream.ssrc,
      isAsserted: stream.isAsserted,
      payloadTypes: [...stream.payloadTypes].sort((a, b) => a - b),
      clockRateHz: stream.clockRateHz,
      packets: stream.packets,
      lost: stream.lost,
      copies: stream.copies,
      restarts: stream.restarts,
      meanJitterMs: stream.meanJitterMs,
      maxJitterMs: stream.maxJitterMs,
    }));
  }

  #certainStreams(): readonly RtpStream[] {
    return [...this.#streams].filter((stream) => stream.isCertain);
  }

  #between(ip: EndpointPair, sourcePort: number, destinationPort: number): StreamsOfEndpoints {
    const known = this.#table.find(ip, sourcePort, destinationPort);
    if (known !== undefined) return known;
    const streams: StreamsOfEndpoints = new Map();
    this.#table.set(streams);
    return streams;
  }

  #begin(
    { view, version, source, destination }: EndpointPair,
    sourcePort: number,
    destinationPort: number,
    ssrc: number,
    isAsserted: boolean,
  ): RtpStream {
    const length = version === 4 ? 4 : 16;
    const address = (offset: number) => new Uint8Array(view.buffer, view.byteOffset + offset, length).slice();
    const stream = new RtpStream(
      this.#next++,
      ssrc,
      address(source),
      sourcePort,
      address(destination),
      destinationPort,
      isAsserted,
    );
    this.#streams.add(stream);
    return stream;
  }

  /** The first that is no RTP so far; where all are, none. */
  #dropOldest(streams: StreamsOfEndpoints): void {
    for (const [key, stream] of streams) {
      if (stream.isCertain) continue;
      streams.delete(key);
      this.#streams.delete(stream);
      return;
    }
  }
}

/** Whether it is worth a look where nobody said that there is RTP. */
function isLikely(payloadType: number, sourcePort: number, destinationPort: number): boolean {
  return (
    isUsedPayloadType(payloadType) && sourcePort >= FIRST_MEDIA_PORT && destinationPort >= FIRST_MEDIA_PORT
  );
}
