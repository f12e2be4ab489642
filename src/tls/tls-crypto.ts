/** The arithmetic that decryption needs, handed in: `node-crypto.ts` has Node's; a browser brings its own. */

/** Hashes of cipher suites. */
export type HashName = "md5" | "sha1" | "sha256" | "sha384";

/** Ciphers as OpenSSL names them: `aes-128-gcm`, `chacha20-poly1305`, `aes-256-cbc`. */
export interface TlsCrypto {
  /** HMAC (RFC 2104) of the parts, one behind the other. */
  hmac(hash: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array;
  /**
   * Opens what an AEAD sealed.
   * @param sealed ciphertext, and behind it the tag of `tagBytes`
   * @returns `null` where it was not sealed with this key, nonce and associated data
   */
  open(
    cipher: string,
    key: Uint8Array,
    nonce: Uint8Array,
    associated: Uint8Array,
    sealed: Uint8Array,
    tagBytes: number,
  ): Uint8Array | null;
  /** Decrypts blocks that were chained; padding stays. @returns `null` where these are no whole blocks */
  decryptChained(cipher: string, key: Uint8Array, vector: Uint8Array, blocks: Uint8Array): Uint8Array | null;
}
