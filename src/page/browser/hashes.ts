/** `node:crypto` in a browser, as far as the rooms use it: hashes that answer at once. */
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";

const HASHES = { sha1, sha256 } as const;

/** A hash under way, as Node's. */
interface GrowingHash {
  update(data: string | Uint8Array): GrowingHash;
  digest(encoding: "base64"): string;
}

export function createHash(name: keyof typeof HASHES): GrowingHash {
  const hash = HASHES[name].create();
  const growing: GrowingHash = {
    update: (data) => {
      hash.update(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return growing;
    },
    digest: () => btoa(String.fromCharCode(...hash.digest())),
  };
  return growing;
}
