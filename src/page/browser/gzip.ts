/** `capture/gzip.ts` in a browser. */
import type { Compression } from "../../capture/decompressed-bytes.ts";
import { message } from "../../words/message.ts";
import { PakoDecoder } from "./pako-decoder.ts";

export const GZIP: Compression = {
  inputBytes: 64 * 1024,
  decoder: (put) => new PakoDecoder(put),
  rescuer: null,
  rescuesCut: false,
  damaged: (bytesRead, reason) => message("gzipDamaged", bytesRead, reason),
  cut: (bytesRead) => message("dataEndsEarly", "gzip", bytesRead),
};

({ GZIP }) satisfies typeof import("../../capture/gzip.ts");
