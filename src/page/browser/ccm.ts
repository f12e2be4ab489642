/** AES in counter mode with CBC-MAC (RFC 3610), which noble lacks: its parts are there. */
import { cbc, ctr } from "@noble/ciphers/aes.js";

const BLOCK_BYTES = 16;
/** Octets of the length behind TLS's nonce of 12. */
const LENGTH_BYTES = 3;
/** From here on the length of the associated data takes more than two octets; TLS has 13 at most. */
const MAX_ASSOCIATED_BYTES = 0xfeff;

/**
 * Opens what was sealed.
 * @param nonce of 12 octets
 * @param sealed ciphertext, and behind it the tag of `tagBytes`
 * @returns `null` where the tag does not fit
 */
export function openCcm(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
  tagBytes: number,
): Uint8Array | null {
  if (nonce.length !== BLOCK_BYTES - 1 - LENGTH_BYTES || associated.length > MAX_ASSOCIATED_BYTES)
    return null;
  const length = sealed.length - tagBytes;
  const counter = new Uint8Array(BLOCK_BYTES);
  counter[0] = LENGTH_BYTES - 1;
  counter.set(nonce, 1);
  // The first block of the key stream hides the tag (RFC 3610 §2.3), the following ones the text.
  const hidden = new Uint8Array(BLOCK_BYTES + length);
  hidden.set(sealed.subarray(length));
  hidden.set(sealed.subarray(0, length), BLOCK_BYTES);
  const shown = ctr(key, counter).decrypt(hidden);
  const text = shown.subarray(BLOCK_BYTES);
  const tag = authentication(key, nonce, associated, text, tagBytes);
  for (let at = 0; at < tagBytes; at++) if (tag[at] !== shown[at]) return null;
  return text;
}

/** The last block of the chain (RFC 3610 §2.2). */
function authentication(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  text: Uint8Array,
  tagBytes: number,
): Uint8Array {
  const head = associated.length === 0 ? 0 : whole(2 + associated.length);
  const blocks = new Uint8Array(BLOCK_BYTES + head + whole(text.length));
  const hasAssociated = associated.length === 0 ? 0 : 0x40;
  blocks[0] = hasAssociated | (((tagBytes - 2) / 2) << 3) | (LENGTH_BYTES - 1);
  blocks.set(nonce, 1);
  blocks.set([text.length >> 16, text.length >> 8, text.length], BLOCK_BYTES - LENGTH_BYTES);
  if (head > 0) {
    blocks.set([associated.length >> 8, associated.length], BLOCK_BYTES);
    blocks.set(associated, BLOCK_BYTES + 2);
  }
  blocks.set(text, BLOCK_BYTES + head);
  const chained = cbc(key, new Uint8Array(BLOCK_BYTES), { disablePadding: true }).encrypt(blocks);
  return chained.subarray(-BLOCK_BYTES);
}

/** Bytes in whole blocks. */
function whole(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}
