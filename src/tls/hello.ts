/** ClientHello, ServerHello and EncryptedExtensions (RFC 8446 §4.1, §4.3.1; RFC 5246 §7.4.1), as far as they say what follows. */

/** Extensions (IANA's registry). */
const SERVER_NAME = 0;
const ALPN = 16;
const ENCRYPT_THEN_MAC = 22;
const PRE_SHARED_KEY = 41;
const EARLY_DATA = 42;
const SUPPORTED_VERSIONS = 43;

const RANDOM_BYTES = 32;
/** The random value of a ServerHello that asks for another ClientHello (RFC 8446 §4.1.3) begins like this. */
const HELLO_RETRY = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];
/** Names are no longer than DNS allows, nor do others matter. */
const MAX_NAME_LENGTH = 255;

export interface ClientHello {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  /** SNI; `null` without. */
  readonly serverName: string | null;
  /** The protocols that the client offers to speak inside. */
  readonly alpn: readonly string[];
  readonly offersEarlyData: boolean;
}

export interface ServerHello {
  readonly random: Uint8Array;
  /** 0x0303 = TLS 1.2, 0x0304 = TLS 1.3. */
  readonly version: number;
  readonly sessionId: Uint8Array;
  readonly suite: number;
  /** It only asks for another ClientHello. */
  readonly isRetry: boolean;
  /** The protocol that is spoken inside; `null`: not said here. */
  readonly alpn: string | null;
  readonly encryptThenMac: boolean;
  /** TLS 1.3: an earlier session goes on. */
  readonly isResumed: boolean;
}

/** @returns `null` where the message ends too early */
export function readClientHello(body: Uint8Array): ClientHello | null {
  const reader = new FieldReader(body);
  reader.take(2);
  const random = reader.take(RANDOM_BYTES).slice();
  const sessionId = reader.vector(1).slice();
  reader.vector(2);
  reader.vector(1);
  if (reader.isShort) return null;
  let serverName: string | null = null;
  let alpn: readonly string[] = [];
  let offersEarlyData = false;
  for (const [type, content] of extensions(reader)) {
    if (type === SERVER_NAME) serverName = hostName(content);
    if (type === ALPN) alpn = protocolNames(content);
    if (type === EARLY_DATA) offersEarlyData = true;
  }
  return { random, sessionId, serverName, alpn, offersEarlyData };
}

/** @returns `null` where the message ends too early */
export function readServerHello(body: Uint8Array): ServerHello | null {
  const reader = new FieldReader(body);
  let version = reader.number(2);
  const random = reader.take(RANDOM_BYTES).slice();
  const sessionId = reader.vector(1).slice();
  const suite = reader.number(2);
  reader.take(1);
  if (reader.isShort) return null;
  let alpn: string | null = null;
  let encryptThenMac = false;
  let isResumed = false;
  for (const [type, content] of extensions(reader)) {
    if (type === SUPPORTED_VERSIONS) version = new FieldReader(content).number(2);
    if (type === ALPN) alpn = protocolNames(content)[0] ?? null;
    if (type === ENCRYPT_THEN_MAC) encryptThenMac = true;
    if (type === PRE_SHARED_KEY) isResumed = true;
  }
  const isRetry = HELLO_RETRY.every((octet, index) => random[index] === octet);
  return { random, version, sessionId, suite, isRetry, alpn, encryptThenMac, isResumed };
}

/** What EncryptedExtensions say. */
export function readEncryptedExtensions(body: Uint8Array): {
  readonly alpn: string | null;
  readonly acceptsEarlyData: boolean;
} {
  let alpn: string | null = null;
  let acceptsEarlyData = false;
  for (const [type, content] of extensions(new FieldReader(body))) {
    if (type === ALPN) alpn = protocolNames(content)[0] ?? null;
    if (type === EARLY_DATA) acceptsEarlyData = true;
  }
  return { alpn, acceptsEarlyData };
}

/** Takes fields one behind the other; what is not there is empty, and `isShort` says so. */
class FieldReader {
  isShort = false;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get hasMore(): boolean {
    return !this.isShort && this.#at < this.#bytes.length;
  }

  take(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) this.isShort = true;
    return this.#bytes.subarray(start, this.#at);
  }

  number(octets: number): number {
    return this.take(octets).reduce((number, octet) => number * 256 + octet, 0);
  }

  /** A field with its length before it, of so many octets. */
  vector(lengthOctets: number): Uint8Array {
    return this.take(this.number(lengthOctets));
  }
}

function* extensions(hello: FieldReader): Generator<readonly [type: number, content: Uint8Array]> {
  if (!hello.hasMore) return;
  const list = new FieldReader(hello.vector(2));
  while (list.hasMore) {
    const type = list.number(2);
    const content = list.vector(2);
    if (!list.isShort) yield [type, content];
  }
}

/** The first host name (RFC 6066 §3). */
function hostName(content: Uint8Array): string | null {
  const list = new FieldReader(new FieldReader(content).vector(2));
  const type = list.number(1);
  const name = list.vector(2);
  return list.isShort || type !== 0 || name.length === 0 ? null : textOf(name);
}

function protocolNames(content: Uint8Array): string[] {
  const list = new FieldReader(new FieldReader(content).vector(2));
  const names: string[] = [];
  while (list.hasMore) {
    const name = list.vector(1);
    if (!list.isShort) names.push(textOf(name));
  }
  return names;
}

/** Printable ASCII; anything else as a dot. */
function textOf(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets.subarray(0, MAX_NAME_LENGTH))
    text += octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ".";
  return text;
}
