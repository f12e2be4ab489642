/** Huffman-coded strings of HPACK (RFC 7541 §5.2, appendix B). The code is canonical: its lengths tell all of it. */
import { octetAt } from "../dialect/byte-order.ts";

/** Length of the code of each octet and, last, of the end of string: A = 5 bits … Z = 30. */
const LENGTHS: string =
  "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF" +
  "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX" +
  "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS" +
  "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV" +
  "Z";
const LETTER_A: i32 = 0x41;
const SHORTEST: i32 = 5;
const LONGEST: i32 = 30;
const END_OF_STRING: i32 = 256;
/** RFC 7541 §5.2: what is left of the last octet is filled with the begin of the end of string, all ones. */
const LONGEST_PADDING: i32 = 7;

/** What `decodeHuffman` returns for what is no Huffman-coded string. */
export const NOT_CODED: i32 = -1;
/** No octet takes fewer bits than this many eighths of an octet. */
export const MAX_GROWTH_EIGHTHS: i32 = 13;

/** By length: the first code, how many there are, and where their symbols begin. */
const first: Int32Array = new Int32Array(LONGEST + 1);
const count: Int32Array = new Int32Array(LONGEST + 1);
const place: Int32Array = new Int32Array(LONGEST + 1);
/** Symbols by length, then by number. */
const symbols: Int32Array = codeTable();

function codeTable(): Int32Array {
  const table = new Int32Array(END_OF_STRING + 1);
  let next: i32 = 0;
  let code: i32 = 0;
  for (let length: i32 = SHORTEST; length <= LONGEST; length++) {
    first[length] = code;
    place[length] = next;
    for (let symbol: i32 = 0; symbol <= END_OF_STRING; symbol++) {
      if (LENGTHS.charCodeAt(symbol) - LETTER_A + SHORTEST === length) table[next++] = symbol;
    }
    count[length] = next - (place[length] as i32);
    code = (code + (count[length] as i32)) << 1;
  }
  return table;
}

/**
 * Decodes `bytes[start, end)` to `to`, from its first octet on: it has room for 13/8 as many.
 * @returns how many octets they are, or `NOT_CODED`
 */
export function decodeHuffman(bytes: Uint8Array, start: i32, end: i32, to: Uint8Array): i32 {
  let length: i32 = 0;
  let code: i32 = 0;
  let bits: i32 = 0;
  let isPadding = true;
  for (let at = start; at < end; at++) {
    const octet = octetAt(bytes, at);
    for (let shift: i32 = 7; shift >= 0; shift--) {
      const bit = (octet >> shift) & 1;
      code = (code << 1) | bit;
      bits++;
      if (bit === 0) isPadding = false;
      if (bits < SHORTEST) continue;
      const offset = code - (first[bits] as i32);
      if (offset >= (count[bits] as i32)) {
        if (bits === LONGEST) return NOT_CODED;
        continue;
      }
      const symbol = symbols[(place[bits] as i32) + offset] as i32;
      if (symbol === END_OF_STRING) return NOT_CODED;
      to[length++] = symbol;
      code = 0;
      bits = 0;
      isPadding = true;
    }
  }
  return bits <= LONGEST_PADDING && isPadding ? length : NOT_CODED;
}
