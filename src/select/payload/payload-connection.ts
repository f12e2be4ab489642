/** The payload of one TCP connection: what it is read as, and Wireshark's analysis, which says which segments are read at all. */
import type { Segment } from "../../engine/segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../../engine/segments/tcp-flags.ts";
import * as AnalysisFlag from "../../engine/tcp/analysis-flags.ts";
import { Connection } from "../../engine/tcp/connection.ts";
import { analyzeAsWireshark, noteInitialRtt } from "../../engine/tcp/wireshark-analysis.ts";
import type { PayloadReader, ReadContext, ShownProtocols, UnfinishedMessage } from "./demand.ts";
import { HttpConversation } from "./http-conversation.ts";
import { HttpReader } from "./http-reader.ts";
import { type PortReading, readingOfPort } from "./payload-ports.ts";
import { StreamJoiner } from "./stream-joiner.ts";
import { TextLines } from "./text-lines.ts";
import { TlsConversation } from "./tls-conversation.ts";
import { looksLikeTls, TlsReader } from "./tls-reader.ts";

/** Segments that Wireshark does not hand to the readers of payloads. */
const UNREAD = AnalysisFlag.OUT_OF_ORDER | AnalysisFlag.KEEP_ALIVE | AnalysisFlag.ZERO_WINDOW_PROBE;
const REPETITIONS =
  AnalysisFlag.RETRANSMISSION | AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.SPURIOUS_RETRANSMISSION;

/** HTTP's version in a first line, by which other ports are told. */
const HTTP_VERSION = "HTTP/1.";
const HTTP_VERSION_LENGTH = 8;

const BOTH_SIDES = 3;

type ReadAs = "http" | "tls";

export class PayloadConnection {
  readonly #analysis = new Connection(0);
  readonly #http = new HttpConversation();
  readonly #tls = new TlsConversation();
  readonly #served: ServedPort = { port: 0, ports: [], readings: [], reading: null };
  readonly #joiners: readonly [StreamJoiner, StreamJoiner];
  /** Sides that sent a FIN, as bits; a RST is both. */
  #ended = 0;

  constructor(shown: ShownProtocols) {
    const joiner = () => new StreamJoiner(new ChosenReader(shown, this.#http, this.#tls, this.#served));
    this.#joiners = [joiner(), joiner()];
  }

  /** Forgets everything: the record is used again. */
  clear(): void {
    this.#analysis.clear();
    this.#http.clear();
    this.#tls.clear();
    this.#served.port = 0;
    this.#served.ports = [];
    this.#served.readings = [];
    this.#served.reading = null;
    for (const joiner of this.#joiners) joiner.clear();
    this.#ended = 0;
  }

  /**
   * Takes the connection's next segment.
   * @param side which side sent it
   * @param missingBytes how many of its payload's bytes the frame never had
   */
  take(segment: Segment, side: 0 | 1, timeNs: number, frame: number, missingBytes: number): void {
    const { flags, sequence, payloadLength, sourcePort, destinationPort } = segment;
    const connection = this.#analysis;
    const forward = connection.direction(side);
    const kind = flags & (SYN | ACK);
    if (kind === SYN && forward.isBaseKnown) forward.nextSequence = forward.maxAck;
    noteInitialRtt(connection, flags, timeNs);
    const analysis = analyzeAsWireshark(connection, forward, connection.direction(1 - side), segment, timeNs);
    if (kind === SYN) this.#serve(destinationPort, sourcePort, destinationPort);
    else if (kind === (SYN | ACK)) this.#serve(sourcePort, sourcePort, destinationPort);
    const isFin = (flags & FIN) !== 0;
    if ((flags & RST) !== 0) this.#ended = BOTH_SIDES;
    else if (isFin) this.#ended |= 1 << side;
    if ((payloadLength === 0 && !isFin) || (flags & RST) !== 0) return;
    if (this.#served.ports.length === 0) this.#serve(0, sourcePort, destinationPort);
    // Fast and spurious ones have the bit of retransmissions too, and are read like any segment where it's theirs alone.
    const isPlain = (analysis & REPETITIONS) === AnalysisFlag.RETRANSMISSION;
    const { bytes, payloadOffset } = segment;
    this.#joiners[side].take({
      frame,
      sequence: (flags & SYN) === 0 ? sequence : (sequence + 1) >>> 0,
      // A plain view: making a Buffer costs several times as much.
      payload: new Uint8Array(bytes.buffer, bytes.byteOffset + payloadOffset, segment.capturedPayloadLength),
      length: Math.max(0, payloadLength - missingBytes),
      isRetransmission: isPlain || (analysis & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0,
      isUnread: isPlain || (analysis & UNREAD) !== 0,
      isFin,
    });
  }

  /** Both sides are done. */
  get isClosed(): boolean {
    return this.#ended === BOTH_SIDES;
  }

  /** Takes what an ICMP error quotes of a segment: it is read, and joined to nothing. */
  takeQuoted(payload: Uint8Array, side: 0 | 1, sourcePort: number, destinationPort: number): void {
    if (this.#served.ports.length === 0) this.#serve(0, sourcePort, destinationPort);
    this.#joiners[side].takeQuoted(payload);
  }

  /** @param port where the server listens; 0: not known */
  #serve(port: number, sourcePort: number, destinationPort: number): void {
    const served = this.#served;
    if (served.ports.length > 0 && served.port === port) return;
    served.port = port;
    served.ports = [Math.min(sourcePort, destinationPort), Math.max(sourcePort, destinationPort)];
    served.readings = [port, ...served.ports].map(readingOfPort);
  }
}

/** Where the server listens, as far as is known, and what was recognized there. */
interface ServedPort {
  /** Of the SYN; 0: not seen. */
  port: number;
  /** Both, in ascending order. */
  ports: readonly number[];
  /** What they say of the payload: the server's first. */
  readings: readonly PortReading[];
  /** What the bytes look like, where the port says nothing. */
  reading: ReadAs | null;
}

/** Reads as HTTP or TLS: by what was recognized before, by the server's port, by the lower port, by the higher, by the bytes. */
class ChosenReader implements PayloadReader {
  unfinishedAt = -1;
  readonly #served: ServedPort;
  readonly #http: HttpReader;
  readonly #tls: TlsReader;
  /** Who left a message unfinished. */
  #last: PayloadReader | null = null;

  constructor(
    shown: ShownProtocols,
    conversation: HttpConversation,
    tlsConversation: TlsConversation,
    served: ServedPort,
  ) {
    this.#served = served;
    const tls = new TlsReader(shown, tlsConversation);
    this.#tls = tls;
    this.#http = new HttpReader(shown, conversation, {
      get unfinishedAt() {
        return tls.unfinishedAt;
      },
      read: (bytes, message, context) => {
        const isTls =
          readingOfPort(conversation.tunnelPort) === "tls" ? tls.accepts(bytes) : looksLikeTls(bytes);
        return message !== null || isTls ? tls.read(bytes, message, context) : null;
      },
    });
  }

  read(bytes: Uint8Array, message: UnfinishedMessage | null, context: ReadContext): UnfinishedMessage | null {
    const reader = message === null ? this.#choose(bytes) : this.#last;
    if (reader === null) return null;
    const left = reader.read(bytes, message, context);
    this.unfinishedAt = reader.unfinishedAt;
    this.#last = reader;
    return left;
  }

  #choose(bytes: Uint8Array): PayloadReader | null {
    const served = this.#served;
    if (served.reading === "http") return this.#http;
    if (served.reading === "tls" && this.#tls.accepts(bytes)) return this.#tls;
    let isHttpElsewhere = false;
    let isTlsElsewhere = false;
    for (const reading of served.readings) {
      if (reading === "http") return this.#http;
      if (reading === "tls" && this.#tls.accepts(bytes)) return this.#tls;
      if (reading === "other") return null;
      isHttpElsewhere ||= reading === "notHttp";
      isTlsElsewhere ||= reading === "notTls";
    }
    const looksLike = recognized(bytes);
    if (looksLike === null || (looksLike === "http" ? isHttpElsewhere : isTlsElsewhere)) return null;
    served.reading = looksLike;
    return looksLike === "http" ? this.#http : this.#tls;
  }
}

/** What the first bytes at another port look like. */
function recognized(bytes: Uint8Array): ReadAs | null {
  const lines = new TextLines(bytes, 0);
  if (lines.next() && lines.end - lines.start !== HTTP_VERSION_LENGTH) {
    const line = lines.text(bytes.length).toUpperCase();
    const isHttp = line.startsWith(HTTP_VERSION) || line.slice(-HTTP_VERSION_LENGTH).startsWith(HTTP_VERSION);
    if (isHttp) return "http";
  }
  return looksLikeTls(bytes) ? "tls" : null;
}
