/** What the payloads of a capture show, for filters that name `http` or `tls`. */
import type { Segment } from "../../engine/segments/segment.ts";
import type { TcpStream, TcpStreams } from "../tcp-streams.ts";
import { PayloadConnection } from "./payload-connection.ts";
import type { ShownProtocols } from "./shown-protocols.ts";

/** Connections whose payload is followed; of more the one that was followed first is forgotten. */
const MAX_CONNECTIONS = 2 ** 16;

export class PayloadStreams {
  readonly #shown: ShownProtocols = { bits: 0 };
  readonly #followed: TcpStream[] = [];
  #next = 0;

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
    stream.payload ??= this.#follow(stream);
    this.#shown.bits = 0;
    stream.payload.take(segment, side, timeNs, frame, missingBytes);
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
    stream.payload ??= this.#follow(stream);
    this.#shown.bits = 0;
    stream.payload.takeQuoted(payload, side, sourcePort, destinationPort);
    return this.#shown.bits;
  }

  #follow(stream: TcpStream): PayloadConnection {
    const place = this.#next++ % MAX_CONNECTIONS;
    const oldest = this.#followed[place];
    if (oldest !== undefined) oldest.payload = null;
    this.#followed[place] = stream;
    return new PayloadConnection(this.#shown);
  }
}
