import { createGunzip } from "node:zlib";
import { message } from "../words/message.ts";
import type { Compression } from "./decompressed-bytes.ts";
import { ZlibDecoder } from "./zlib-decoder.ts";

/** Bytes per piece of output. What zlib put into a piece before it met damage is lost with the piece. */
const OUTPUT_BYTES = 64 * 1024;

const gunzip: Compression["decoder"] = (put) =>
  new ZlibDecoder(createGunzip({ chunkSize: OUTPUT_BYTES }), put);

/** gzip data (RFC 1952), any number of members. */
export const GZIP: Compression = {
  // Deflate packs 1032 to 1 at most.
  inputBytes: 64 * 1024,
  decoder: gunzip,
  rescuer: gunzip,
  // Its whole output is there where the data ends early.
  rescuesCut: false,
  damaged: (bytesRead, reason) => message("gzipDamaged", bytesRead, reason),
  cut: (bytesRead) => message("dataEndsEarly", "gzip", bytesRead),
};
