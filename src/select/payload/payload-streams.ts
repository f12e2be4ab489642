/** What the payloads of a capture show, for filters that name `http` or `tls`. */
import type { Segment } from "../../engine/segments/segment.ts";
import type { TcpStream, TcpStreams } from "../tcp-streams.ts";
import type { ShownProtocols } from "./demand.ts";
import { PayloadConnection } from "./payload-connection.ts";

/** Connections whose payload is followed; of more the one that was followed first is forgotten. */
const MAX_CONNECTIONS = 2 ** 16;
/** Closed connections that are remembered, to know their repeated segments. */
const MAX_CLOSED = 1024;

export class PayloadStreams {
  readonly #shown: ShownProtocols = { bits: 0 };
  readonly #free: PayloadConnection[] = [];
  readonly #followed = new StreamRing(MAX_CONNECTIONS);
  readonly #closed = new StreamRing(MAX_CLOSED);

  /**
   * Takes the segment of a frame.
   * @param streams what found its stream
   * @param missingBytes how many of its payload's bytes the frame never had
   * @returns bits of `FrameProtocol`
   */
  take(
    { stream, side }: TcpStreams,
    segment: Segment,
    timeNs: number,
    frame: number,
    missingBytes: number,
  ): number {
    const payload = stream.payload ?? this.#follow(stream);
    this.#shown.bits = 0;
    const wasClosed = payload.isClosed;
    payload.take(segment, side, timeNs, frame, missingBytes);
    if (payload.isClosed && !wasClosed) this.#forget(this.#closed.add(stream));
    return this.#shown.bits;
  }

  /**
   * Takes the payload of a segment that an ICMP error quotes.
   * @returns bits of `FrameProtocol`
   */
  takeQuoted(
    { stream, side }: TcpStreams,
    payload: Uint8Array,
    sourcePort: number,
    destinationPort: number,
  ): number {
    const connection = stream.payload ?? this.#follow(stream);
    this.#shown.bits = 0;
    connection.takeQuoted(payload, side, sourcePort, destinationPort);
    return this.#shown.bits;
  }

  #follow(stream: TcpStream): PayloadConnection {
    const payload = this.#free.pop() ?? new PayloadConnection(this.#shown);
    stream.payload = payload;
    this.#forget(this.#followed.add(stream));
    return payload;
  }

  /** Its payload's record is used again. */
  #forget(stream: TcpStream | undefined): void {
    if (stream === undefined || stream.payload === null) return;
    stream.payload.clear();
    this.#free.push(stream.payload);
    stream.payload = null;
  }
}

/** The streams that were added last. */
class StreamRing {
  readonly #streams: TcpStream[] = [];
  readonly #size: number;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** @returns the one that is none of them any more */
  add(stream: TcpStream): TcpStream | undefined {
    const place = this.#next++ % this.#size;
    const oldest = this.#streams[place];
    this.#streams[place] = stream;
    return oldest;
  }
}
