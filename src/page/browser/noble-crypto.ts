/** `TlsCrypto` in a browser, by noble's audited ciphers and hashes. Camellia and 3DES, which it lacks, are not decrypted. */
import { cbc, gcm } from "@noble/ciphers/aes.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384 } from "@noble/hashes/sha2.js";
import type { TlsCrypto } from "../../tls/tls-crypto.ts";
import { openCcm } from "./ccm.ts";

const HASHES = { md5, sha1, sha256, sha384 } as const;

export const nodeCrypto: TlsCrypto = {
  hmac(hash, key, ...parts) {
    const growing = hmac.create(HASHES[hash], key);
    for (const part of parts) growing.update(part);
    return growing.digest();
  },
  open(cipher, key, nonce, associated, sealed, tagBytes) {
    if (sealed.length < tagBytes) return null;
    try {
      if (cipher.endsWith("-ccm")) return openCcm(key, nonce, associated, sealed, tagBytes);
      if (cipher === "chacha20-poly1305") return chacha20poly1305(key, nonce, associated).decrypt(sealed);
      if (cipher.startsWith("aes-")) return gcm(key, nonce, associated).decrypt(sealed);
      return null;
    } catch {
      return null;
    }
  },
  decryptChained(cipher, key, vector, blocks) {
    if (!cipher.startsWith("aes-")) return null;
    try {
      return cbc(key, vector, { disablePadding: true }).decrypt(blocks);
    } catch {
      return null;
    }
  },
};

({ nodeCrypto }) satisfies typeof import("../../tls/node-crypto.ts");
