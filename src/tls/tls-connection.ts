/** One TLS connection: its handshake, its keys, what is inside, and what is counted of it. */

import { alertName } from "./alert-names.ts";
import { suiteName } from "./cipher-suites.ts";
import { FirstByteEstimate } from "./first-byte-estimate.ts";
import {
  CERTIFICATE,
  CLIENT_HELLO,
  ENCRYPTED_EXTENSIONS,
  FINISHED,
  KEY_UPDATE,
  SERVER_HELLO,
} from "./handshake-messages.ts";
import {
  type ClientHello,
  readClientHello,
  readEncryptedExtensions,
  readServerHello,
  type ServerHello,
} from "./hello.ts";
import { KeySequence } from "./key-sequence.ts";
import type { RecordCipher } from "./record-cipher.ts";
import type { Arrival } from "./record-output.ts";
import { APPLICATION_DATA, HANDSHAKE } from "./record-stream.ts";
import { type SessionCiphers, type SessionKeys, TLS_1_3 } from "./session-keys.ts";
import { type DirectionListener, TlsDirection } from "./tls-direction.ts";
import { countName, type ServerTls } from "./tls-tally.ts";

const FATAL = 2;
const CLOSE_NOTIFY = 0;
const USER_CANCELED = 90;
/** The longest sealed alert of TLS 1.3: two octets, the type, a tag of 16, and the header. */
const MAX_SEALED_ALERT_BYTES = 24;
/** Early data that is held until the server has said whether it takes it, in octets. */
const MAX_EARLY_BYTES = 2 ** 20;

/** Who takes plaintext. */
export interface PlaintextListener {
  /** The first plaintext of the connection follows. */
  opened(clientSide: number): void;
  content(side: number, octets: Uint8Array, arrival: Arrival): void;
  missing(side: number, length: number, arrival: Arrival): void;
}

export class TlsConnection implements DirectionListener {
  /** Its side 0 or 1; −1: unknown. */
  clientSide = -1;
  readonly #sides: readonly [TlsDirection, TlsDirection];
  readonly #plaintext: PlaintextListener;
  readonly #serverAt: (side: number) => ServerTls;
  /** `null`: it is not decrypted. Settled by the first ClientHello: records before keys that come later went on as they came. */
  #keys: SessionKeys | null;
  #server: ServerTls | null = null;
  #clientHello: ClientHello | null = null;
  #serverHello: ServerHello | null = null;
  #helloNs = 0;
  /** TLS 1.2: what opens records once their sender has changed to it. */
  #pending: SessionCiphers | null = null;
  /** Encrypted records before any ServerHello. */
  #sealedEarly = 0;
  #hasCertificate = false;
  #isFinished: [boolean, boolean] = [false, false];
  #isComplete = false;
  #isFailed = false;
  #hasData = false;
  #isOpened = false;
  #estimate: FirstByteEstimate | null = null;
  #early: { readonly octets: Uint8Array; readonly arrival: Arrival }[] | null = null;
  #earlyBytes = 0;
  /** Records of early data that were not kept. */
  #lostEarly = 0;
  /** The alert that came last, if it is a warning: what ended the handshake where nothing follows. */
  #warning: string | null = null;

  /**
   * @param keys absent: nothing is decrypted
   * @param serverAt the server, where it is on that side
   */
  constructor(plaintext: PlaintextListener, keys: SessionKeys | null, serverAt: (side: number) => ServerTls) {
    this.#plaintext = plaintext;
    this.#keys = keys;
    this.#serverAt = serverAt;
    this.#sides = [new TlsDirection(0, this), new TlsDirection(1, this)];
  }

  /** The client's random value, once its hello was read. */
  get clientRandom(): Uint8Array | null {
    return this.#clientHello?.random ?? null;
  }

  /** Whether it is decrypted, once its ClientHello was read. */
  get hasKeys(): boolean {
    return this.#keys !== null;
  }

  /** Whether a ClientHello may still come: nothing encrypted was seen before it. */
  get mayBegin(): boolean {
    return this.#clientHello !== null || this.#sealedEarly === 0;
  }

  get heldBytes(): number {
    return this.#sides[0].heldBytes + this.#sides[1].heldBytes + this.#earlyBytes;
  }

  data(
    side: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
    reply: number,
  ): void {
    this.#side(side).data(bytes, start, end, timeNs, frame, reply);
  }

  gap(side: number, length: number, timeNs: number, frame: number): void {
    this.#side(side).gap(length, timeNs, frame);
  }

  /** Lets go of what is held: the records under way count as lost, and so does early data. */
  giveUp(): void {
    for (const side of this.#sides) side.giveUp();
    this.#lostEarly += this.#early?.length ?? 0;
    if (this.#early !== null) this.#early = [];
    this.#earlyBytes = 0;
  }

  /** Nothing more comes. @param guessedSide of the server, where the handshake didn't say @param cause what ended it; `null`: the capture */
  end(guessedSide: number, cause: string | null): void {
    const server = this.#server ?? this.#serverAt(guessedSide);
    if (this.#clientHello === null && this.#server === null) {
      server.connections++;
      server.withoutStart++;
    }
    server.lostRecords += this.#sides[0].lostRecords + this.#sides[1].lostRecords;
    if (cause !== null && this.#clientHello !== null && !this.#isComplete) this.#fail(this.#warning ?? cause);
  }

  message(side: number, type: number, body: Uint8Array): void {
    this.#warning = null;
    if (type === CLIENT_HELLO) this.#readClientHello(side, body);
    else if (type === SERVER_HELLO) this.#readServerHello(side, body);
    else if (type === ENCRYPTED_EXTENSIONS) this.#readEncryptedExtensions(body);
    else if (type === CERTIFICATE) this.#hasCertificate = true;
    else if (type === FINISHED) this.#finish(side);
    else if (type === KEY_UPDATE) this.#side(side).keys?.update();
  }

  changeCipherSpec(side: number): void {
    // In TLS 1.3 it means nothing.
    if (this.#serverHello === null || this.#serverHello.version >= TLS_1_3) return;
    const direction = this.#side(side);
    const ciphers = this.#isClient(side) ? this.#pending?.client : this.#pending?.server;
    direction.isEncrypted = true;
    direction.records = 0;
    direction.keys = ciphers === undefined || ciphers.length === 0 ? null : new KeySequence(ciphers);
  }

  alert(_side: number, level: number, description: number): void {
    const server = this.#server;
    if (server === null) return;
    const name = alertName(description);
    if (description !== CLOSE_NOTIFY) countName(server.alerts, name);
    // Of TLS 1.3, all but close_notify and user_canceled are fatal, whatever their level (RFC 8446 §6).
    const is13 = (this.#serverHello?.version ?? 0) >= TLS_1_3;
    const isFatal = is13 ? description !== USER_CANCELED : level === FATAL;
    if (this.#isComplete || description === CLOSE_NOTIFY) return;
    if (isFatal) this.#fail(name);
    else this.#warning = name;
  }

  content(side: number, octets: Uint8Array, arrival: Arrival): void {
    if (this.#early !== null && this.#isClient(side) && !this.#isFinished[side as 0 | 1]) {
      this.#holdEarly(octets, arrival);
      return;
    }
    this.#noteData(arrival.timeNs);
    this.#hand(side, octets, arrival);
  }

  missing(side: number, length: number, arrival: Arrival): void {
    if (this.#isOpened) this.#plaintext.missing(side, length, arrival);
  }

  sealed(side: number, type: number, bytes: number, { timeNs }: Arrival): void {
    const hello = this.#serverHello;
    if (hello === null) {
      this.#sealedEarly++;
      return;
    }
    this.#warning = null;
    const { records } = this.#side(side);
    if (hello.version < TLS_1_3) {
      if (type === HANDSHAKE && records === 1) this.#finish(side);
      else if (type === APPLICATION_DATA) this.#noteSealedData(side, timeNs);
      return;
    }
    // The client's first record behind the server's is its Finished, or an alert.
    if (this.#isFailed) return;
    if (this.#isComplete) this.#noteSealedData(side, timeNs);
    else if (!this.#isClient(side)) return;
    else if (bytes <= MAX_SEALED_ALERT_BYTES) this.#fail("encrypted_alert");
    else {
      this.#isFinished[side === 0 ? 1 : 0] = true;
      this.#finish(side);
    }
  }

  #readClientHello(side: number, body: Uint8Array): void {
    const hello = readClientHello(body);
    if (hello === null) return;
    const { timeNs } = this.#side(side).arrival;
    const isFirst = this.#clientHello === null;
    this.#clientHello = hello;
    if (!isFirst) return;
    if (this.#keys?.has(hello.random) !== true) this.#keys = null;
    this.clientSide = side;
    this.#helloNs = timeNs;
    const server = this.#serverAt(1 - side);
    this.#server = server;
    server.connections++;
    if (hello.serverName !== null) countName(server.serverNames, hello.serverName);
    if (!hello.offersEarlyData) return;
    server.earlyDataOffered++;
    const early: readonly RecordCipher[] = this.#keys?.early(hello.random) ?? [];
    if (early.length === 0) return;
    this.#early = [];
    this.#side(side).keys = new KeySequence(early);
  }

  #readServerHello(side: number, body: Uint8Array): void {
    const hello = readServerHello(body);
    if (hello === null || hello.isRetry || this.#clientHello === null) return;
    const isFirst = this.#serverHello === null;
    this.#serverHello = hello;
    const ciphers = this.#keys?.ciphers(this.#clientHello.random, hello) ?? null;
    if (hello.version < TLS_1_3) this.#pending = ciphers;
    else if (ciphers !== null) this.#use13(side, ciphers);
    const server = this.#server;
    if (!isFirst || server === null) return;
    countName(server.versions, versionName(hello.version));
    countName(server.suites, suiteName(hello.suite));
    if (hello.alpn !== null) countName(server.alpn, hello.alpn);
    server.serverHelloTimes.add(this.#sinceHello(side));
    this.#beginEstimate(hello, server);
  }

  #use13(serverSide: number, { client, server }: SessionCiphers): void {
    if (server.length > 0) this.#side(serverSide).keys = new KeySequence(server);
    if (client.length === 0) return;
    const direction = this.#side(1 - serverSide);
    if (direction.keys === null) direction.keys = new KeySequence(client);
    else direction.keys.add(...client);
  }

  #readEncryptedExtensions(body: Uint8Array): void {
    const { alpn, acceptsEarlyData } = readEncryptedExtensions(body);
    const server = this.#server;
    if (server !== null && alpn !== null) countName(server.alpn, alpn);
    if (server !== null && acceptsEarlyData) server.earlyDataAccepted++;
    const early = this.#early ?? [];
    this.#early = null;
    this.#earlyBytes = 0;
    if (!acceptsEarlyData) return;
    if (server !== null) server.lostRecords += this.#lostEarly;
    for (const { octets, arrival } of early) this.content(this.clientSide, octets, arrival);
  }

  #holdEarly(octets: Uint8Array, { timeNs, frame, reply }: Arrival): void {
    if (this.#earlyBytes + octets.length > MAX_EARLY_BYTES) {
      this.#lostEarly++;
      return;
    }
    this.#earlyBytes += octets.length;
    this.#early?.push({ octets: octets.slice(), arrival: { timeNs, frame, reply } });
  }

  #finish(side: number): void {
    this.#isFinished[side as 0 | 1] = true;
    if (this.#isComplete || !this.#isFinished[0] || !this.#isFinished[1]) return;
    this.#isComplete = true;
    const server = this.#server;
    const hello = this.#serverHello;
    if (server === null || hello === null) return;
    server.handshakes++;
    server.finishedTimes.add(this.#sinceHello(side));
    // Of TLS 1.2, who goes on with an earlier session shows no certificate again.
    if (hello.version >= TLS_1_3 ? hello.isResumed : !this.#hasCertificate) server.resumed++;
  }

  #fail(cause: string): void {
    if (this.#isFailed || this.#server === null) return;
    this.#isFailed = true;
    countName(this.#server.failures, cause);
  }

  #noteSealedData(side: number, timeNs: number): void {
    const isClient = this.#isClient(side);
    // Of TLS 1.3, the server's first records are session tickets.
    if (isClient || (this.#serverHello?.version ?? 0) < TLS_1_3) this.#noteData(timeNs);
    this.#estimate?.record(isClient, timeNs);
  }

  /** Of HTTP/1.1 alone: where HTTP/2 is agreed on, or may be, records are no messages. */
  #beginEstimate({ version, alpn }: ServerHello, server: ServerTls): void {
    const isOld = version < TLS_1_3;
    const mayBeHttp2 = isOld ? alpn === "h2" : this.#clientHello?.alpn.includes("h2");
    if (mayBeHttp2) return;
    this.#estimate = new FirstByteEstimate(isOld ? 0 : 1, (ns) => server.firstByteEstimates.add(ns));
  }

  #noteData(timeNs: number): void {
    if (this.#hasData || this.#server === null) return;
    this.#hasData = true;
    this.#server.firstDataTimes.add(Math.max(0, timeNs - this.#helloNs));
  }

  #hand(side: number, octets: Uint8Array, arrival: Arrival): void {
    if (octets.length === 0) return;
    if (!this.#isOpened) {
      this.#isOpened = true;
      if (this.#server !== null) this.#server.decrypted++;
      this.#plaintext.opened(this.clientSide);
    }
    this.#plaintext.content(side, octets, arrival);
  }

  #sinceHello(side: number): number {
    return Math.max(0, this.#side(side).arrival.timeNs - this.#helloNs);
  }

  #isClient(side: number): boolean {
    return side === this.clientSide;
  }

  #side(side: number): TlsDirection {
    return this.#sides[side as 0 | 1];
  }
}

function versionName(version: number): string {
  if (version === TLS_1_3) return "TLS 1.3";
  return version >= 0x0301 && version < TLS_1_3 ? `TLS 1.${version - 0x0301}` : `0x${version.toString(16)}`;
}
