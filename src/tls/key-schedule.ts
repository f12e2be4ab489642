/** From secrets to keys: the pseudorandom function of TLS 1.2 (RFC 5246 §5), and HKDF-Expand-Label of TLS 1.3 (RFC 8446 §7.1). */
import type { HashName, TlsCrypto } from "./tls-crypto.ts";

/** The key block of TLS 1.2 (RFC 5246 §6.3). @param masterSecret 48 octets */
export function keyBlock(
  arithmetic: TlsCrypto,
  hash: HashName,
  masterSecret: Uint8Array,
  serverRandom: Uint8Array,
  clientRandom: Uint8Array,
  length: number,
): Uint8Array {
  const seed = joined(asciiOf("key expansion"), serverRandom, clientRandom);
  return pseudorandom(arithmetic, hash, masterSecret, seed, length);
}

/** The key that an export suite makes of a short one (RFC 2246 §6.3.1). @param side whose key it is */
export function exportKey(
  arithmetic: TlsCrypto,
  hash: HashName,
  shortKey: Uint8Array,
  side: "client" | "server",
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
): Uint8Array {
  const seed = joined(asciiOf(`${side} write key`), clientRandom, serverRandom);
  return pseudorandom(arithmetic, hash, shortKey, seed, 16);
}

/** P_hash of RFC 5246 §5. */
function pseudorandom(
  arithmetic: TlsCrypto,
  hash: HashName,
  secret: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array {
  const block = new Uint8Array(length);
  let part = arithmetic.hmac(hash, secret, seed);
  for (let at = 0; at < length; ) {
    const piece = arithmetic.hmac(hash, secret, part, seed).subarray(0, length - at);
    block.set(piece, at);
    at += piece.length;
    part = arithmetic.hmac(hash, secret, part);
  }
  return block;
}

/** HKDF-Expand-Label without a context. @param length 1 … 255 */
export function expandLabel(
  arithmetic: TlsCrypto,
  hash: HashName,
  secret: Uint8Array,
  label: string,
  length: number,
): Uint8Array {
  const name = asciiOf(`tls13 ${label}`);
  const info = joined(Uint8Array.of(length >> 8, length & 0xff, name.length), name, Uint8Array.of(0));
  const expanded = new Uint8Array(length);
  let part: Uint8Array = new Uint8Array(0);
  for (let at = 0, round = 1; at < length; round++) {
    part = arithmetic.hmac(hash, secret, part, info, Uint8Array.of(round));
    const piece = part.subarray(0, length - at);
    expanded.set(piece, at);
    at += piece.length;
  }
  return expanded;
}

function asciiOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The parts, one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
