import { createGunzip } from "node:zlib";
import { message } from "../words/message.ts";
import type { Compression } from "./decompressed-bytes.ts";
import { ZlibDecoder } from "./zlib-decoder.ts";

/**
 * Bytes per piece of output: what most pieces of input hold, so that the thread pool unpacks one while the piece before it is analyzed.
 * What zlib put into a piece before it met damage is lost with the piece, so they are small where nothing can be read again.
 */
const OUTPUT_BYTES = 2 ** 20;
const OUTPUT_BYTES_READ_ONCE = 64 * 1024;

const gunzip: Compression["decoder"] = (put, canReopen) =>
  new ZlibDecoder(createGunzip({ chunkSize: canReopen ? OUTPUT_BYTES : OUTPUT_BYTES_READ_ONCE }), put);

/** gzip data (RFC 1952), any number of members. */
export const GZIP: Compression = {
  // Deflate packs 1032 to 1 at most.
  inputBytes: 64 * 1024,
  decoder: gunzip,
  rescuer: (put) => gunzip(put, true),
  // Its whole output is there where the data ends early.
  rescuesCut: false,
  damaged: (bytesRead, reason) => message("gzipDamaged", bytesRead, reason),
  cut: (bytesRead) => message("dataEndsEarly", "gzip", bytesRead),
};
