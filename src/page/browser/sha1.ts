/** `analysis/sha1.ts` in a browser, whose own hashes answer later only. */
import { createHash } from "./hashes.ts";

/** The hash of some bytes, in base64. */
export function sha1Base64(bytes: Uint8Array): string {
  return createHash("sha1").update(bytes).digest("base64");
}

({ sha1Base64 }) satisfies typeof import("../../analysis/sha1.ts");
