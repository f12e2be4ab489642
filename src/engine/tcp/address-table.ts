/**
 * IP addresses as small integers, so that a connection's key is a few integers and no string is made per packet.
 * Open addressing with linear probing. An address keeps its number until it is forgotten, which only the table's owner decides.
 */
import { int32 } from "../dialect/byte-order.ts";
import { imul, max } from "../dialect/integers.ts";

const INITIAL_SLOTS: i32 = 1024;
/** 32-bit words per stored address: IPv6's four; IPv4 uses the first. */
const WORDS: i32 = 4;
const WORD_LENGTH: i32 = 4;
/** Rows of the cache of recent IPv4 addresses; a power of two, at most 256. */
const RECENT: i32 = 256;
/** Below this many addresses none need be forgotten. */
const MIN_CROWD: i32 = 65_536;

export class AddressTable {
  /** How many addresses it has. */
  size: i32 = 0;
  /** With so many addresses it is time to forget some. */
  private crowd: i32 = MIN_CROWD;
  /** Numbers that can be given again. */
  private free: i32[] = [];
  /** Number + 1 of the address in each hash slot, 0 = empty. */
  private slots: Int32Array = new Int32Array(INITIAL_SLOTS);
  /** Of the addresses by number: half of the slots stay empty. */
  private words: Int32Array = new Int32Array((INITIAL_SLOTS >> 1) * WORDS);
  private versions: Uint8Array = new Uint8Array(INITIAL_SLOTS >> 1);
  /** IPv4 addresses asked for lately and their numbers + 1, by a hash: most packets repeat one of few addresses. */
  private readonly recentIpv4: Int32Array = new Int32Array(RECENT);
  private readonly recentNumbers: Int32Array = new Int32Array(RECENT);

  /**
   * The number of the address at `offset`, new or known.
   * @param version 4 (4 bytes at `offset`) or 6 (16 bytes)
   */
  intern(view: DataView, offset: i32, version: i32): i32 {
    const a = int32(view, offset);
    if (version === 4) return this.internIpv4(a);
    return this.find(6, a, int32(view, offset + 4), int32(view, offset + 8), int32(view, offset + 12));
  }

  /** The number of the address of these words, new or known. @param version 4 (then b, c and d are 0) or 6 */
  internWords(version: i32, a: i32, b: i32, c: i32, d: i32): i32 {
    return version === 4 ? this.internIpv4(a) : this.find(version, a, b, c, d);
  }

  /** Whether there are twice as many addresses as were kept the last time. */
  get isCrowded(): boolean {
    return this.size >= this.crowd;
  }

  /**
   * Forgets addresses; their numbers are given again, to others.
   * @param kept by number, not 0 = kept; at least `numbers` long
   */
  forgetOthers(kept: Uint8Array): void {
    const free: i32[] = [];
    const numbers = this.numbers;
    const slots = this.slots;
    slots.fill(0);
    this.recentNumbers.fill(0);
    for (let number: i32 = 0; number < numbers; number++) {
      if (kept[number] !== 0) this.place(number);
      else {
        this.versions[number] = 0;
        free.push(number);
      }
    }
    this.free = free;
    this.size = numbers - free.length;
    this.crowd = max(MIN_CROWD, 2 * this.size);
  }

  /** All numbers given so far are below this one. */
  get numbers(): i32 {
    return this.size + this.free.length;
  }

  /** IP version of the address: 4 or 6; 0 of a number that is given to none. */
  version(number: i32): i32 {
    return this.versions[number] as i32;
  }

  /** A word of the address, 0 … 3 in network order, as a signed number; those behind an IPv4 address are 0. */
  word(number: i32, index: i32): i32 {
    return this.words[number * WORDS + index] as i32;
  }

  /** The address's bytes (4 or 16) as a copy, for formatting. */
  bytesOf(number: i32): Uint8Array {
    const bytes = new Uint8Array(this.version(number) === 4 ? WORD_LENGTH : WORDS * WORD_LENGTH);
    for (let index: i32 = 0; index < bytes.length; index++) {
      const word = this.word(number, index >> 2);
      bytes[index] = (word >>> (24 - 8 * (index & 3))) & 0xff;
    }
    return bytes;
  }

  private internIpv4(address: i32): i32 {
    const row = (imul(address, 0x9e3779b1) >>> 24) & (RECENT - 1);
    const recent = this.recentNumbers[row] as i32;
    if (recent !== 0 && this.recentIpv4[row] === address) return recent - 1;
    const number = this.find(4, address, 0, 0, 0);
    this.recentIpv4[row] = address;
    this.recentNumbers[row] = number + 1;
    return number;
  }

  private find(version: i32, a: i32, b: i32, c: i32, d: i32): i32 {
    const mask = this.slots.length - 1;
    let slot = hashOf(version, a, b, c, d) & mask;
    for (;;) {
      const entry = this.slots[slot] as i32;
      if (entry === 0) break;
      if (this.holds(entry - 1, version, a, b, c, d)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.insert(slot, version, a, b, c, d);
  }

  private holds(number: i32, version: i32, a: i32, b: i32, c: i32, d: i32): boolean {
    const at = number * WORDS;
    const words = this.words;
    return (
      this.version(number) === version &&
      words[at] === a &&
      words[at + 1] === b &&
      words[at + 2] === c &&
      words[at + 3] === d
    );
  }

  private insert(slot: i32, version: i32, a: i32, b: i32, c: i32, d: i32): i32 {
    const number: i32 = this.free.length > 0 ? (this.free.pop() as i32) : this.size;
    this.size++;
    const at = number * WORDS;
    const words = this.words;
    words[at] = a;
    words[at + 1] = b;
    words[at + 2] = c;
    words[at + 3] = d;
    this.versions[number] = version;
    this.slots[slot] = number + 1;
    if (this.size * 2 === this.slots.length) this.grow();
    return number;
  }

  private grow(): void {
    const size = this.slots.length * 2;
    const words = new Int32Array((size >> 1) * WORDS);
    words.set(this.words);
    this.words = words;
    const versions = new Uint8Array(size >> 1);
    versions.set(this.versions);
    this.versions = versions;
    this.slots = new Int32Array(size);
    for (let number: i32 = 0; number < this.numbers; number++)
      if (this.version(number) !== 0) this.place(number);
  }

  /** Puts the number into the first empty slot from its hash on. */
  private place(number: i32): void {
    const slots = this.slots;
    const mask = slots.length - 1;
    const version = this.version(number);
    let slot =
      hashOf(
        version,
        this.word(number, 0),
        this.word(number, 1),
        this.word(number, 2),
        this.word(number, 3),
      ) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }
}

/** Multiply-and-fold hash; the constant is 2³² divided by the golden ratio (Knuth, TAOCP 3, §6.4). */
function hashOf(version: i32, a: i32, b: i32, c: i32, d: i32): i32 {
  let hash = imul(a ^ version, 0x9e3779b1);
  hash = imul((hash >>> 15) ^ hash ^ b, 0x9e3779b1);
  hash = imul((hash >>> 15) ^ hash ^ c, 0x9e3779b1);
  hash = imul((hash >>> 15) ^ hash ^ d, 0x9e3779b1);
  return (hash >>> 15) ^ hash;
}
