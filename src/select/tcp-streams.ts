/**
 * TCP's conversations as Wireshark 4.0 numbers them (`tcp.stream`), and the segments before which it misses another
 * (`tcp.analysis.lost_segment`): rules 1, 2 and 8 of docs/wireshark-rules.md, without the rest of the analysis.
 */
import type { Segment } from "../engine/segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../engine/segments/tcp-flags.ts";
import { sequenceAdd, sequenceDistance } from "../engine/tcp/sequence.ts";
import { type EndpointPair, EndpointTable, noEndpoints } from "./endpoint-table.ts";
import type { PayloadConnection } from "./payload/payload-connection.ts";

interface StreamSide {
  /** Highest end of a segment; 0: none yet, as in Wireshark. */
  nextSequence: number;
  /** Of the last segment; −1: none yet. */
  window: number;
  /** Initial sequence number; −1: not known. */
  base: number;
}

/** One conversation. */
export interface TcpStream {
  readonly number: number;
  readonly sides: readonly [StreamSide, StreamSide];
  /** What its payload shows; `null`: nobody asked yet. */
  payload: PayloadConnection | null;
}

export class TcpStreams {
  /** Of the segment taken last: its stream, and which of the stream's sides sent it. */
  stream: TcpStream = newStream(0);
  side: 0 | 1 = 0;
  readonly #streams = new EndpointTable<TcpStream>();
  readonly #ip: EndpointPair = noEndpoints();
  #next = 0;

  /** Finds the stream of a header that is quoted somewhere. @returns its number */
  numberOf(ip: EndpointPair, sourcePort: number, destinationPort: number): number {
    const found = this.#streams.find(ip, sourcePort, destinationPort);
    this.side = this.#streams.isForward ? 0 : 1;
    this.stream = found ?? this.#begin();
    return this.stream.number;
  }

  /** Takes a segment. @returns whether Wireshark flags it as following a segment that was not captured */
  take(segment: Segment): boolean {
    const ip = this.#ip;
    ip.view = segment.view;
    ip.source = segment.sourceAddressOffset;
    ip.destination = segment.destinationAddressOffset;
    ip.version = segment.ipVersion;
    const { flags, sequence } = segment;
    let stream = this.#streams.find(ip, segment.sourcePort, segment.destinationPort);
    const side = this.#streams.isForward ? 0 : 1;
    if (stream === undefined || isNewConnection(stream, side, flags, sequence)) stream = this.#begin();
    this.stream = stream;
    this.side = side;
    return follow(stream.sides[side], stream.sides[side === 0 ? 1 : 0], segment);
  }

  #begin(): TcpStream {
    const stream: TcpStream = newStream(this.#next++);
    this.#streams.set(stream);
    return stream;
  }
}

function newStream(number: number): TcpStream {
  return { number, sides: [newSide(), newSide()], payload: null };
}

function newSide(): StreamSide {
  return { nextSequence: 0, window: -1, base: -1 };
}

/** A SYN that is no repetition: its number is new. */
function isNewConnection({ sides }: TcpStream, side: 0 | 1, flags: number, sequence: number): boolean {
  if ((flags & (SYN | ACK)) !== SYN) return false;
  const { base } = sides[side];
  return base >= 0 && base !== sequence;
}

function follow(forward: StreamSide, reverse: StreamSide, segment: Segment): boolean {
  const { flags, sequence, acknowledgement, payloadLength: length } = segment;
  const isSyn = (flags & SYN) !== 0;
  if (forward.base < 0 || (isSyn && (flags & ACK) !== 0)) {
    forward.base = isSyn ? sequence : sequenceAdd(sequence, -1);
  }
  if ((flags & ACK) !== 0 && reverse.base < 0) reverse.base = sequenceAdd(acknowledgement, -1);
  const { nextSequence } = forward;
  forward.window = segment.window;
  // A zero-window probe moves nothing on.
  if (length === 1 && sequence === nextSequence && reverse.window === 0) return false;
  const end = sequenceAdd(sequence, (flags & (SYN | FIN)) !== 0 ? length + 1 : length);
  if (nextSequence === 0 || sequenceDistance(end, nextSequence) > 0) forward.nextSequence = end;
  return nextSequence !== 0 && sequenceDistance(sequence, nextSequence) > 0 && (flags & RST) === 0;
}
