/** `TlsCrypto` by Node's OpenSSL. The one file of this room that is not pure; it is loaded where keys are. */
import {
  type CipherCCMTypes,
  type CipherGCMTypes,
  createDecipheriv,
  createHmac,
  type DecipherGCM,
} from "node:crypto";
import type { TlsCrypto } from "./tls-crypto.ts";

export const nodeCrypto: TlsCrypto = {
  hmac(hash, key, ...parts) {
    const hmac = createHmac(hash, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest();
  },
  open(cipher, key, nonce, associated, sealed, tagBytes) {
    const length = sealed.length - tagBytes;
    if (length < 0) return null;
    try {
      const decipher = createDecipheriv(cipher as CipherGCMTypes & CipherCCMTypes, key, nonce, {
        authTagLength: tagBytes,
      }) as DecipherGCM;
      decipher.setAuthTag(sealed.subarray(length));
      decipher.setAAD(associated, { plaintextLength: length });
      const opened = decipher.update(sealed.subarray(0, length));
      decipher.final();
      return opened;
    } catch {
      return null;
    }
  },
  decryptChained(cipher, key, vector, blocks) {
    try {
      const decipher = createDecipheriv(cipher, key, vector).setAutoPadding(false);
      const opened = decipher.update(blocks);
      decipher.final();
      return opened;
    } catch {
      return null;
    }
  },
};
