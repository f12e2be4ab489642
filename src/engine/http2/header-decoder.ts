/** Decodes header blocks (RFC 7541 §6). One decoder serves all connections: what lasts is in their tables. */
import { copyOctets, octetAt } from "../dialect/byte-order.ts";
import type { DynamicTable } from "./dynamic-table.ts";
import type { FieldSink } from "./field-sink.ts";
import { decodeHuffman, MAX_GROWTH_EIGHTHS, NOT_CODED } from "./huffman.ts";
import { STATIC_FIELDS, staticField, staticNameLength } from "./static-table.ts";

// Representations by their first bits (RFC 7541 §6.1 … §6.3), with the bits of their first number.
const INDEXED: i32 = 0x80;
const INDEXED_BITS: i32 = 7;
const ADDED: i32 = 0x40;
const ADDED_BITS: i32 = 6;
const SIZE_UPDATE: i32 = 0x20;
const SIZE_UPDATE_BITS: i32 = 5;
const NOT_ADDED_BITS: i32 = 4;
const HUFFMAN: i32 = 0x80;
const STRING_BITS: i32 = 7;
/** Numbers of more than four octets after the first are none that a header block needs. */
const MAX_SHIFT: i32 = 21;
const SMALLEST_SCRATCH: i32 = 4096;
/** Octets of names and values of one block: one that says more, in references to long fields, is a bomb and no head. */
const MAX_DECODED: i32 = 1 << 20;

/** A string that was read: where it lies. */
class FieldText {
  octets: Uint8Array = new Uint8Array(0);
  start: i32 = 0;
  length: i32 = 0;
  /** Room for what does not lie in the block. */
  private scratch: Uint8Array = new Uint8Array(SMALLEST_SCRATCH);

  lieAt(octets: Uint8Array, start: i32, length: i32): void {
    this.octets = octets;
    this.start = start;
    this.length = length;
  }

  /** A copy, because the table that it lies in is about to change. */
  copyOf(octets: Uint8Array, start: i32, length: i32): void {
    this.reserve(length);
    copyOctets(octets, start, length, this.scratch, 0);
    this.lieAt(this.scratch, 0, length);
  }

  /** @returns whether it is a Huffman-coded string */
  decode(bytes: Uint8Array, start: i32, end: i32): boolean {
    this.reserve((((end - start) * MAX_GROWTH_EIGHTHS) >> 3) + 1);
    const length = decodeHuffman(bytes, start, end, this.scratch);
    this.lieAt(this.scratch, 0, length);
    return length !== NOT_CODED;
  }

  private reserve(length: i32): void {
    if (this.scratch.length < length) this.scratch = new Uint8Array(2 * length);
  }
}

export class HeaderDecoder {
  /** Where reading goes on; −1 after a fault. */
  private at: i32 = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private end: i32 = 0;
  /** Octets of names and values of the block so far. */
  private decoded: i32 = 0;
  private readonly name: FieldText = new FieldText();
  private readonly value: FieldText = new FieldText();

  /**
   * Hands the fields of the block `bytes[start, end)` to `sink`, and keeps `table`.
   * @returns whether all of it could be read; if not, the table is not to be trusted any more
   */
  decode(table: DynamicTable, bytes: Uint8Array, start: i32, end: i32, sink: FieldSink): boolean {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.decoded = 0;
    while (this.at !== -1 && this.at < this.end) this.readField(table, sink);
    return this.at !== -1;
  }

  private readField(table: DynamicTable, sink: FieldSink): void {
    const first = octetAt(this.bytes, this.at);
    if ((first & INDEXED) !== 0) this.readIndexed(table, sink);
    else if ((first & ADDED) !== 0) this.readLiteral(table, sink, ADDED_BITS);
    else if ((first & SIZE_UPDATE) !== 0) {
      const size = this.readNumber(SIZE_UPDATE_BITS);
      if (size !== -1) table.resize(size);
    } else this.readLiteral(table, sink, NOT_ADDED_BITS);
  }

  private readIndexed(table: DynamicTable, sink: FieldSink): void {
    const number = this.readNumber(INDEXED_BITS);
    if (number === -1) return;
    if (number === 0) {
      this.at = -1;
      return;
    }
    if (number <= STATIC_FIELDS) {
      const octets = staticField(number);
      const nameLength = staticNameLength(number);
      sink.field(octets, 0, nameLength, octets, nameLength, octets.length - nameLength);
      return;
    }
    const place = number - STATIC_FIELDS;
    if (table.has(place)) {
      const start = table.start(place);
      const nameLength = table.nameLength(place);
      const valueLength = table.valueLength(place);
      if (!this.allows(nameLength + valueLength)) return;
      sink.field(table.octets, start, nameLength, table.octets, start + nameLength, valueLength);
    } else this.takeUnknown(table, place, sink);
  }

  /** @param bits of the number of the field's name; they tell, too, whether the field is added to the table */
  private readLiteral(table: DynamicTable, sink: FieldSink, bits: i32): void {
    const number = this.readNumber(bits);
    if (number === -1) return;
    const name = this.name;
    const value = this.value;
    const place = number - STATIC_FIELDS;
    let isKnown = true;
    if (number === 0) this.readText(name);
    else if (place <= 0) name.lieAt(staticField(number), 0, staticNameLength(number));
    else if (table.has(place)) name.copyOf(table.octets, table.start(place), table.nameLength(place));
    else {
      isKnown = false;
      this.takeUnknown(table, place, sink);
    }
    if (this.at !== -1) this.readText(value);
    if (this.at === -1 || !this.allows(name.length + value.length)) return;
    if (isKnown) sink.field(name.octets, name.start, name.length, value.octets, value.start, value.length);
    if (bits !== ADDED_BITS) return;
    if (isKnown) table.add(name.octets, name.start, name.length, value.octets, value.start, value.length);
    else table.addUnnamed();
  }

  /** Whether the block may say so many octets more. */
  private allows(octets: i32): boolean {
    this.decoded += octets;
    if (this.decoded > MAX_DECODED) this.at = -1;
    return this.at !== -1;
  }

  private takeUnknown(table: DynamicTable, place: i32, sink: FieldSink): void {
    if (table.mayHave(place)) sink.unknownField();
    else this.at = -1;
  }

  /** RFC 7541 §5.1; −1, like `at`, of what is no number or ends too early. */
  private readNumber(bits: i32): i32 {
    const mask = (1 << bits) - 1;
    let number = octetAt(this.bytes, this.at++) & mask;
    if (number < mask) return number;
    for (let shift: i32 = 0; shift <= MAX_SHIFT && this.at < this.end; shift += 7) {
      const octet = octetAt(this.bytes, this.at++);
      number += (octet & 0x7f) << shift;
      if ((octet & 0x80) === 0) return number;
    }
    this.at = -1;
    return -1;
  }

  /** RFC 7541 §5.2. */
  private readText(text: FieldText): void {
    if (this.at >= this.end) {
      this.at = -1;
      return;
    }
    const isCoded = (octetAt(this.bytes, this.at) & HUFFMAN) !== 0;
    const length = this.readNumber(STRING_BITS);
    if (length === -1) return;
    const start = this.at;
    if (length > this.end - start) {
      this.at = -1;
      return;
    }
    this.at = start + length;
    if (!isCoded) text.lieAt(this.bytes, start, length);
    else if (!text.decode(this.bytes, start, start + length)) this.at = -1;
  }
}
