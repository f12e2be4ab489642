/** SHA-1 by Node; in a browser `page/browser/sha1.ts` stands here. */
import { createRequire } from "node:module";

/** Loaded with the first hash: few outputs have any. */
const load: (name: "node:crypto") => typeof import("node:crypto") = createRequire(import.meta.url);

/** The hash of some bytes, in base64. */
export function sha1Base64(bytes: Uint8Array): string {
  return load("node:crypto").createHash("sha1").update(bytes).digest("base64");
}
