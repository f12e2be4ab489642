/**
 * What opens the records of one direction as its keys change: sequence numbers, sets of keys one after the other, and the search
 * for both behind a hole.
 */
import type { OpenedRecord, RecordCipher } from "./record-cipher.ts";

/** Sequence numbers that are tried behind a hole at most, by all holes of a direction, and octets that these tries may take. */
const MAX_TRIES = 4096;
const MAX_TRIES_IN_ALL = 20_000;
const MAX_TRIED_BYTES = 64 * 2 ** 20;

export class KeySequence {
  /** Sets of keys in the order in which they follow one another; the first is in use. */
  #ciphers: RecordCipher[];
  #sequence = 0;
  /** Records that may have been missed since the last one that was opened. */
  #missed = 0;
  #tries = 0;
  #triedBytes = 0;
  /** Records before the one that was opened last that were missed. */
  skipped = 0;

  constructor(ciphers: readonly RecordCipher[]) {
    this.#ciphers = [...ciphers];
  }

  get overheadBytes(): number {
    return this.#ciphers[0]?.overheadBytes ?? 0;
  }

  /** More keys, which follow those that are there. */
  add(...ciphers: readonly RecordCipher[]): void {
    this.#ciphers.push(...ciphers);
  }

  /** A record went by that can't be opened: parts of it are missing. @param recordBytes header included */
  missOne(recordBytes: number): void {
    this.#missed++;
    this.#ciphers[0]?.skip?.(recordBytes);
  }

  /** The sender changes its keys behind this record. */
  update(): void {
    const next = this.#ciphers[0]?.next() ?? null;
    if (next === null) return;
    this.#ciphers[0] = next;
    this.#sequence = 0;
  }

  /**
   * Opens the next record.
   * @param lostBytes missing before it, in which whole records may lie
   * @returns `null` where it can't be opened: nothing changes by that
   */
  open(record: Uint8Array, lostBytes: number): OpenedRecord | null {
    const [current, ...later] = this.#ciphers;
    if (current === undefined) return null;
    const missed = this.#missed + Math.ceil(lostBytes / Math.max(1, this.overheadBytes));
    const tries = Math.min(missed, MAX_TRIES);
    const found = this.#openWith(current, record, this.#sequence, tries);
    if (found !== null) return found;
    // Its sender may have changed the keys, where nobody saw.
    for (const [index, cipher] of later.entries()) {
      const opened = this.#openWith(cipher, record, 0, tries);
      if (opened === null) continue;
      this.#ciphers = later.slice(index);
      return opened;
    }
    const updated = missed === 0 ? null : current.next();
    if (updated !== null) {
      const opened = this.#openWith(updated, record, 0, tries);
      if (opened !== null) {
        this.#ciphers[0] = updated;
        return opened;
      }
    }
    return null;
  }

  #openWith(cipher: RecordCipher, record: Uint8Array, first: number, tries: number): OpenedRecord | null {
    for (let ahead = 0; ahead <= tries; ahead++) {
      if (tries > 0) {
        this.#tries++;
        this.#triedBytes += record.length;
        if (this.#tries > MAX_TRIES_IN_ALL || this.#triedBytes > MAX_TRIED_BYTES) return null;
      }
      const opened = cipher.open(record, first + ahead);
      if (opened === null) continue;
      this.skipped = ahead;
      this.#sequence = first + ahead + 1;
      this.#missed = 0;
      return opened;
    }
    return null;
  }
}
