/** TLS in a browser: what Node's OpenSSL seals is opened, and refused where a bit is wrong; hashes are the same. */
import { createCipheriv, createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createHash as createPageHash } from "../../src/page/browser/hashes.ts";
import { nodeCrypto as pageCrypto } from "../../src/page/browser/noble-crypto.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";

const bytes = (length: number, seed: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, at) => (at * 131 + seed * 17 + ((at * at) >> 2)) & 0xff));

const AEADS = [
  ["aes-128-gcm", 16, 16],
  ["aes-256-gcm", 32, 16],
  ["aes-128-ccm", 16, 16],
  ["aes-256-ccm", 32, 8],
  ["chacha20-poly1305", 32, 16],
] as const;

test.each(AEADS)("%s with a key of %i octets and a tag of %i", (cipher, keyBytes, tagBytes) => {
  for (const length of [0, 1, 15, 16, 17, 1000, 16_384]) {
    for (const associatedBytes of [5, 13]) {
      const [key, nonce, text] = [bytes(keyBytes, 1), bytes(12, 2), bytes(length, 3)];
      const associated = bytes(associatedBytes, 4);
      const sealing = createCipheriv(cipher as "aes-128-ccm", key, nonce, { authTagLength: tagBytes });
      sealing.setAAD(associated, { plaintextLength: length });
      const sealed = Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]);
      const opened = pageCrypto.open(cipher, key, nonce, associated, sealed, tagBytes);
      expect(Buffer.from(opened ?? []).equals(text)).toBe(true);
      for (const at of [0, sealed.length - 1]) {
        const wrong = Buffer.from(sealed);
        wrong[at] = (wrong[at] ?? 0) ^ 1;
        expect(pageCrypto.open(cipher, key, nonce, associated, wrong, tagBytes)).toBeNull();
      }
      expect(pageCrypto.open(cipher, key, nonce, bytes(associatedBytes, 5), sealed, tagBytes)).toBeNull();
    }
  }
  expect(
    pageCrypto.open(cipher, bytes(keyBytes, 1), bytes(12, 2), bytes(5, 4), bytes(3, 3), tagBytes),
  ).toBeNull();
});

test.each(["aes-128-cbc", "aes-256-cbc"])("%s, padding left in, and no whole blocks refused", (cipher) => {
  const [key, vector] = [bytes(cipher === "aes-128-cbc" ? 16 : 32, 1), bytes(16, 2)];
  const blocks = bytes(160, 3);
  const theirs = nodeCrypto.decryptChained(cipher, key, vector, blocks);
  expect(Buffer.from(pageCrypto.decryptChained(cipher, key, vector, blocks) ?? [])).toEqual(theirs);
  expect(pageCrypto.decryptChained(cipher, key, vector, blocks.subarray(0, 150))).toBeNull();
});

test("ciphers that noble lacks open nothing", () => {
  expect(pageCrypto.decryptChained("des-ede3-cbc", bytes(24, 1), bytes(8, 2), bytes(16, 3))).toBeNull();
  expect(pageCrypto.decryptChained("camellia-128-cbc", bytes(16, 1), bytes(16, 2), bytes(16, 3))).toBeNull();
});

test("HMACs and hashes", () => {
  for (const hash of ["md5", "sha1", "sha256", "sha384"] as const) {
    const theirs = createHmac(hash, bytes(40, 1)).update(bytes(100, 2)).update(bytes(7, 3)).digest();
    expect(Buffer.from(pageCrypto.hmac(hash, bytes(40, 1), bytes(100, 2), bytes(7, 3)))).toEqual(theirs);
  }
  for (const name of ["sha1", "sha256"] as const) {
    const theirs = createHash(name).update("é, a text").update(bytes(9, 1)).digest("base64");
    expect(createPageHash(name).update("é, a text").update(bytes(9, 1)).digest("base64")).toBe(theirs);
  }
});
