/**
 * Memory for the header tables of all connections: of 20,000 open ones with full tables it would be more than all else. Once it is
 * given away, a table keeps what fits into what it has, and its older fields are unknown.
 */

const MAX_OCTETS: i32 = 64 * 1024 * 1024;
/** A quarter more than is needed, so that not every field moves all others. */
const SPARE_SHIFT: i32 = 2;
const SMALLEST: i32 = 128;

export class TableMemory {
  private readonly limit: i32;
  private given: i32 = 0;

  /** @param limit octets of all buffers together; 0 = the usual */
  constructor(limit: i32) {
    this.limit = limit === 0 ? MAX_OCTETS : limit;
  }

  /** A buffer for at least so many octets, in place of one of `before`; `null` = there is no memory left for it. */
  take(length: i32, before: i32): Uint8Array | null {
    const capacity = length + SMALLEST + (length >> SPARE_SHIFT);
    if (this.given - before + capacity > this.limit) return null;
    this.given += capacity - before;
    return new Uint8Array(capacity);
  }

  release(length: i32): void {
    this.given -= length;
  }
}
