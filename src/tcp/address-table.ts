/**
 * IP addresses as small integers, so that a connection's key is a few integers and no string is made per packet.
 * Open addressing with linear probing; an address keeps its number for the whole analysis.
 */
const INITIAL_SLOTS = 1024;
/** Bytes per stored address: IPv6's 16; IPv4 uses the first four. */
const WIDTH = 16;
const IPV4_LENGTH = 4;
/** Rows of the cache of recent IPv4 addresses; a power of two, at most 256. */
const RECENT = 256;

export class AddressTable {
  /** Number + 1 of the address in each hash slot, 0 = empty. */
  #slots = new Int32Array(INITIAL_SLOTS);
  #bytes = new DataView(new ArrayBuffer(INITIAL_SLOTS * WIDTH));
  #versions = new Uint8Array(INITIAL_SLOTS);
  #count = 0;
  /** IPv4 addresses asked for lately and their numbers, by a hash: most packets repeat one of few addresses. */
  readonly #recentIpv4 = new Uint32Array(RECENT);
  readonly #recentNumbers = new Int32Array(RECENT).fill(-1);

  /** How many addresses have been seen. */
  get size(): number {
    return this.#count;
  }

  /**
   * The number of the address at `offset`, new or known.
   * @param version 4 (4 bytes at `offset`) or 6 (16 bytes)
   */
  intern(view: DataView, offset: number, version: number): number {
    if (version === 4) return this.#internIpv4(view.getUint32(offset));
    const a = view.getUint32(offset);
    const b = view.getUint32(offset + 4);
    const c = view.getUint32(offset + 8);
    const d = view.getUint32(offset + 12);
    return this.#find(6, a, b, c, d);
  }

  /** The address's bytes (4 or 16) as a copy, for formatting. */
  bytesOf(number: number): Uint8Array {
    const length = this.#versions[number] === 4 ? IPV4_LENGTH : WIDTH;
    const start = number * WIDTH;
    return new Uint8Array(this.#bytes.buffer.slice(start, start + length));
  }

  #internIpv4(address: number): number {
    const row = (Math.imul(address, 0x9e3779b1) >>> 24) & (RECENT - 1);
    const recent = this.#recentNumbers[row] as number;
    if (this.#recentIpv4[row] === address && recent !== -1) return recent;
    const number = this.#find(4, address, 0, 0, 0);
    this.#recentIpv4[row] = address;
    this.#recentNumbers[row] = number;
    return number;
  }

  #find(version: number, a: number, b: number, c: number, d: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(version, a, b, c, d) & mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry === 0) return this.#insert(slot, version, a, b, c, d);
      const number = entry - 1;
      if (this.#versions[number] === version && this.#holds(number, a, b, c, d)) return number;
      slot = (slot + 1) & mask;
    }
  }

  #holds(number: number, a: number, b: number, c: number, d: number): boolean {
    const at = number * WIDTH;
    const bytes = this.#bytes;
    return (
      bytes.getUint32(at) === a &&
      bytes.getUint32(at + 4) === b &&
      bytes.getUint32(at + 8) === c &&
      bytes.getUint32(at + 12) === d
    );
  }

  #insert(slot: number, version: number, a: number, b: number, c: number, d: number): number {
    const number = this.#count++;
    const at = number * WIDTH;
    this.#bytes.setUint32(at, a);
    this.#bytes.setUint32(at + 4, b);
    this.#bytes.setUint32(at + 8, c);
    this.#bytes.setUint32(at + 12, d);
    this.#versions[number] = version;
    this.#slots[slot] = number + 1;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const size = this.#slots.length * 2;
    const bytes = new Uint8Array(size * WIDTH);
    bytes.set(new Uint8Array(this.#bytes.buffer));
    this.#bytes = new DataView(bytes.buffer);
    const versions = new Uint8Array(size);
    versions.set(this.#versions);
    this.#versions = versions;
    this.#slots = new Int32Array(size);
    for (let number = 0; number < this.#count; number++) {
      const at = number * WIDTH;
      const view = this.#bytes;
      const version = versions[number] as number;
      let slot =
        hashOf(
          version,
          view.getUint32(at),
          view.getUint32(at + 4),
          view.getUint32(at + 8),
          view.getUint32(at + 12),
        ) &
        (size - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = number + 1;
    }
  }
}

/** Multiply-and-fold hash; the constant is 2³² divided by the golden ratio (Knuth, TAOCP 3, §6.4). */
function hashOf(version: number, a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ version, 0x9e3779b1);
  hash = Math.imul((hash >>> 15) ^ hash ^ b, 0x9e3779b1);
  hash = Math.imul((hash >>> 15) ^ hash ^ c, 0x9e3779b1);
  hash = Math.imul((hash >>> 15) ^ hash ^ d, 0x9e3779b1);
  return (hash >>> 15) ^ hash;
}
