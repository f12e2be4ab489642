import { octetAt } from "../dialect/byte-order.ts";
import { LF } from "./octets.ts";

const LF_IN_EACH_OCTET: u32 = 0x0a0a0a0a;
const ONE_IN_EACH_OCTET: u32 = 0x01010101;
const TOP_BIT_OF_EACH_OCTET: u32 = 0x80808080;
const OCTETS_PER_WORD: i32 = 4;

/** Finds line ends: most of the time that HTTP takes is spent here, so WebAssembly reads four octets at a time. */
export class LineFinder {
  /** The offset of the first LF in `bytes[start, end)`, or `end`. */
  find(bytes: Uint8Array, start: i32, end: i32): i32 {
    let at = start;
    if (ASC_TARGET !== 0) {
      const lastWord = end - OCTETS_PER_WORD;
      while (at <= lastWord) {
        const difference: u32 = load<u32>(bytes.dataStart + at) ^ LF_IN_EACH_OCTET;
        // Not 0 where one of the octets is 0, and only there (Warren, Hacker's Delight, §6-1).
        if (((difference - ONE_IN_EACH_OCTET) & ~difference & TOP_BIT_OF_EACH_OCTET) !== 0) break;
        at += OCTETS_PER_WORD;
      }
    }
    while (at < end && octetAt(bytes, at) !== LF) at++;
    return at;
  }
}
