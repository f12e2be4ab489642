/** `capture/zstd.ts` in a browser. */
import type { Compression } from "../../capture/decompressed-bytes.ts";
import { FzstdDecoder } from "../../capture/fzstd-decoder.ts";
import { message } from "../../words/message.ts";

export const ZSTD: Compression = {
  // A block of 4 bytes holds at most 128 KiB.
  inputBytes: 4 * 1024,
  decoder: (put) => new FzstdDecoder(put),
  rescuer: null,
  rescuesCut: true,
  damaged: (bytesRead) => message("zstdDamaged", bytesRead),
  cut: (bytesRead) => message("dataEndsEarly", "zstd", bytesRead),
};

({ ZSTD }) satisfies typeof import("../../capture/zstd.ts");
