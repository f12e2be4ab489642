/** The keys of a session, as far as a log has its secrets. */
import { EXPORT_RC4, protectionOf, type RecordProtection } from "./cipher-suites.ts";
import type { ServerHello } from "./hello.ts";
import type { KeyLog } from "./key-log.ts";
import { exportKey, keyBlock } from "./key-schedule.ts";
import { Rc4Cipher } from "./rc4-cipher.ts";
import {
  CbcCipher,
  type DirectionKeys,
  type RecordCipher,
  Tls12AeadCipher,
  Tls13Cipher,
} from "./record-cipher.ts";
import type { TlsCrypto } from "./tls-crypto.ts";

export const TLS_1_2 = 0x0303;
export const TLS_1_3 = 0x0304;

/** Of an AEAD's nonce what the handshake gives; ChaCha20 gets it whole. */
const SALT_BYTES = 4;
const NONCE_BYTES = 12;
/** Suites that early data may be in, by the octets of its secret: the suite itself is agreed on later. */
const EARLY_SUITES: ReadonlyMap<number, readonly number[]> = new Map([
  [32, [0x1301, 0x1303, 0x1304]],
  [48, [0x1302]],
]);

/** Sets of keys in the order in which a direction uses them. */
export interface SessionCiphers {
  readonly client: readonly RecordCipher[];
  readonly server: readonly RecordCipher[];
}

/** Keys and what does arithmetic with them. */
export class SessionKeys {
  readonly #log: KeyLog;
  readonly #arithmetic: TlsCrypto;

  constructor(log: KeyLog, arithmetic: TlsCrypto) {
    this.#log = log;
    this.#arithmetic = arithmetic;
  }

  /** Whether there is any secret of the client's session. */
  has(clientRandom: Uint8Array): boolean {
    return this.#log.of(clientRandom) !== undefined;
  }

  /** What may open early data, before the server has answered. */
  early(clientRandom: Uint8Array): readonly RecordCipher[] {
    const secret = this.#log.of(clientRandom)?.CLIENT_EARLY_TRAFFIC_SECRET;
    return secret === undefined
      ? []
      : (EARLY_SUITES.get(secret.length) ?? []).flatMap((suite) =>
          this.#cipher13(protectionOf(suite), secret),
        );
  }

  /** After a ServerHello; none where secrets are missing, or the suite is not known. */
  ciphers(clientRandom: Uint8Array, hello: ServerHello): SessionCiphers {
    const secrets = this.#log.of(clientRandom);
    const protection = protectionOf(hello.suite);
    if (secrets === undefined || protection === null) return { client: [], server: [] };
    if (hello.version >= TLS_1_3) {
      return {
        client: [
          ...this.#cipher13(protection, secrets.CLIENT_HANDSHAKE_TRAFFIC_SECRET),
          ...this.#cipher13(protection, secrets.CLIENT_TRAFFIC_SECRET_0),
        ],
        server: [
          ...this.#cipher13(protection, secrets.SERVER_HANDSHAKE_TRAFFIC_SECRET),
          ...this.#cipher13(protection, secrets.SERVER_TRAFFIC_SECRET_0),
        ],
      };
    }
    // TLS 1.0 and 1.1 have another pseudorandom function.
    if (hello.version !== TLS_1_2 || secrets.CLIENT_RANDOM === undefined) return { client: [], server: [] };
    return this.#ciphers12(protection, secrets.CLIENT_RANDOM, clientRandom, hello);
  }

  #cipher13(protection: RecordProtection | null, secret: Uint8Array | undefined): readonly RecordCipher[] {
    return protection === null || secret === undefined
      ? []
      : [new Tls13Cipher(this.#arithmetic, protection, secret)];
  }

  #ciphers12(
    protection: RecordProtection,
    masterSecret: Uint8Array,
    clientRandom: Uint8Array,
    { random, suite, encryptThenMac }: ServerHello,
  ): SessionCiphers {
    const { kind, hash, keyBytes, tagBytes, explicitBytes } = protection;
    const isAead = kind === "aead";
    const macBytes = isAead ? 0 : tagBytes;
    const vectorBytes = !isAead ? 0 : explicitBytes === 0 ? NONCE_BYTES : SALT_BYTES;
    const length = 2 * (macBytes + keyBytes + vectorBytes);
    const block = keyBlock(this.#arithmetic, hash, masterSecret, random, clientRandom, length);
    let at = 0;
    const take = (octets: number): Uint8Array => {
      at += octets;
      return block.subarray(at - octets, at);
    };
    const macKeys = [take(macBytes), take(macBytes)] as const;
    const keys = [take(keyBytes), take(keyBytes)] as const;
    const vectors = [take(vectorBytes), take(vectorBytes)] as const;
    const longKey = (side: 0 | 1): Uint8Array =>
      exportKey(this.#arithmetic, hash, keys[side], side === 0 ? "client" : "server", clientRandom, random);
    const cipher = (side: 0 | 1): RecordCipher => {
      const key = suite === EXPORT_RC4 ? longKey(side) : keys[side];
      const own: DirectionKeys = { macKey: macKeys[side], key, vector: vectors[side] };
      if (kind === "rc4") return new Rc4Cipher(this.#arithmetic, protection, own);
      return isAead
        ? new Tls12AeadCipher(this.#arithmetic, protection, own)
        : new CbcCipher(this.#arithmetic, protection, own, encryptThenMac);
    };
    return { client: [cipher(0)], server: [cipher(1)] };
  }
}
