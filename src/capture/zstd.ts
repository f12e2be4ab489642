import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { message } from "../words/message.ts";
import type { Decoder } from "./decoder.ts";
import type { Compression } from "./decompressed-bytes.ts";
import { FzstdDecoder } from "./fzstd-decoder.ts";
import { ZlibDecoder } from "./zlib-decoder.ts";

/** Node has zstd since 22.15, but until 24 its stream ends without a word behind the first frame of several. */
const NODE_WITH_FRAMES = 24;
const OUTPUT_BYTES = 128 * 1024;

/** Node's own decoder, almost three times as fast; `null` where it can't be used. */
const createZstd: ((options: { chunkSize: number }) => Transform) | null =
  Number.parseInt(process.versions.node, 10) >= NODE_WITH_FRAMES && "createZstdDecompress" in zlib
    ? (zlib.createZstdDecompress as (options: { chunkSize: number }) => Transform)
    : null;

const inPlace = (put: (piece: Uint8Array) => void): Decoder => new FzstdDecoder(put);

/** Zstandard data (RFC 8878), any number of frames. */
export const ZSTD: Compression = {
  // A block of 4 bytes holds at most 128 KiB.
  inputBytes: 4 * 1024,
  decoder:
    createZstd === null ? inPlace : (put) => new ZlibDecoder(createZstd({ chunkSize: OUTPUT_BYTES }), put),
  // Node's decoder keeps the whole blocks before the damage to itself. (Of a cut block that is stored uncompressed it gives what
  // is there, fzstd nothing: the only input on which the two differ.)
  rescuer: createZstd === null ? null : inPlace,
  rescuesCut: true,
  damaged: (bytesRead) => message("zstdDamaged", bytesRead),
  cut: (bytesRead) => message("dataEndsEarly", "zstd", bytesRead),
};
