/** The payload of one TCP connection: what it is read as, and Wireshark's analysis, which says which segments are read at all. */
import type { Segment } from "../../engine/segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../../engine/segments/tcp-flags.ts";
import * as AnalysisFlag from "../../engine/tcp/analysis-flags.ts";
import { Connection } from "../../engine/tcp/connection.ts";
import { analyzeAsWireshark, noteInitialRtt } from "../../engine/tcp/wireshark-analysis.ts";
import type { PayloadReader, ReadContext, UnfinishedMessage } from "./demand.ts";
import { HttpConversation } from "./http-conversation.ts";
import { HttpReader } from "./http-reader.ts";
import { readingOfPort } from "./payload-ports.ts";
import type { ShownProtocols } from "./shown-protocols.ts";
import { StreamJoiner } from "./stream-joiner.ts";
import { TextLines } from "./text-lines.ts";
import { looksLikeTls, type TlsConversation, TlsReader } from "./tls-reader.ts";

/** Segments that Wireshark does not hand to the readers of payloads. */
const UNREAD = AnalysisFlag.OUT_OF_ORDER | AnalysisFlag.KEEP_ALIVE | AnalysisFlag.ZERO_WINDOW_PROBE;
const REPETITIONS =
  AnalysisFlag.RETRANSMISSION | AnalysisFlag.FAST_RETRANSMISSION | AnalysisFlag.SPURIOUS_RETRANSMISSION;

/** HTTP's version in a first line, by which other ports are told. */
const HTTP_VERSION = "HTTP/1.";
const HTTP_VERSION_LENGTH = 8;

type Reading = "http" | "tls";

export class PayloadConnection {
  readonly #analysis = new Connection(0);
  readonly #joiners: readonly [StreamJoiner, StreamJoiner];
  readonly #port: ServedPort = { port: 0, ports: [], reading: null };

  constructor(shown: ShownProtocols) {
    const conversation = new HttpConversation();
    const tls: TlsConversation = { isVersionKnown: false };
    const joiner = () => new StreamJoiner(new ChosenReader(shown, conversation, tls, this.#port));
    this.#joiners = [joiner(), joiner()];
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
    const served = this.#port;
    if (kind === SYN) served.port = destinationPort;
    else if (kind === (SYN | ACK)) served.port = sourcePort;
    const isFin = (flags & FIN) !== 0;
    if ((payloadLength === 0 && !isFin) || (flags & RST) !== 0) return;
    served.ports = [Math.min(sourcePort, destinationPort), Math.max(sourcePort, destinationPort)];
    // Fast and spurious ones have the bit of retransmissions too, and are read like any segment where it's theirs alone.
    const isPlain = (analysis & REPETITIONS) === AnalysisFlag.RETRANSMISSION;
    const start = segment.payloadOffset;
    this.#joiners[side].take({
      frame,
      sequence: (flags & SYN) === 0 ? sequence : (sequence + 1) >>> 0,
      payload: segment.bytes.subarray(start, start + segment.capturedPayloadLength),
      length: Math.max(0, payloadLength - missingBytes),
      isRetransmission: isPlain || (analysis & AnalysisFlag.SPURIOUS_RETRANSMISSION) !== 0,
      isUnread: isPlain || (analysis & UNREAD) !== 0,
      isFin,
    });
  }

  /** Takes what an ICMP error quotes of a segment: it is read, and joined to nothing. */
  takeQuoted(payload: Uint8Array, side: 0 | 1, sourcePort: number, destinationPort: number): void {
    this.#port.ports = [Math.min(sourcePort, destinationPort), Math.max(sourcePort, destinationPort)];
    this.#joiners[side].takeQuoted(payload);
  }
}

/** Where the server listens, as far as is known, and what was recognized there. */
interface ServedPort {
  /** Of the SYN; 0: not seen. */
  port: number;
  /** Both, in ascending order. */
  ports: readonly number[];
  /** What the bytes look like, where the port says nothing. */
  reading: Reading | null;
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
          readingOfPort(conversation.tunnelPort, null) === "tls" ? tls.accepts(bytes) : looksLikeTls(bytes);
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
    const looksLike = recognized(bytes);
    const readings = [
      served.reading,
      ...[served.port, ...served.ports].map((port) => readingOfPort(port, looksLike)),
    ];
    for (const reading of readings) {
      if (reading === "http") return this.#http;
      if (reading === "tls" && this.#tls.accepts(bytes)) return this.#tls;
      if (reading === "other") return null;
    }
    if (looksLike === null) return null;
    served.reading = looksLike;
    return looksLike === "http" ? this.#http : this.#tls;
  }
}

/** What the first bytes at another port look like. */
function recognized(bytes: Uint8Array): Reading | null {
  const lines = new TextLines(bytes, 0);
  if (lines.next() && lines.end - lines.start !== HTTP_VERSION_LENGTH) {
    const line = lines.text(bytes.length).toUpperCase();
    const isHttp = line.startsWith(HTTP_VERSION) || line.slice(-HTTP_VERSION_LENGTH).startsWith(HTTP_VERSION);
    if (isHttp) return "http";
  }
  return looksLikeTls(bytes) ? "tls" : null;
}
