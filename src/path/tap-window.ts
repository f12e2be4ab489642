/**
 * The packets of one tap that may still be matched: those of the last seconds, in the order in which they were recorded, found by
 * fingerprint. Columns of numbers in a ring; nothing is made per packet.
 */

const INITIAL_CAPACITY = 1 << 13;
/** Most packets kept: beyond them the oldest is given up before its time. */
const MAX_CAPACITY = 1 << 20;
/** Copies of one packet that are looked at. */
export const MAX_COPIES = 64;

/** What became of a packet. */
const WAITING = 0;
const MATCHED = 1;
/** Not matched, and another packet like it was. */
const COPY = 2;

export class TapWindow {
  /** Numbers of the oldest packet kept, and of the next one to come: they count all packets. */
  head = 0;
  tail = 0;
  #mask = INITIAL_CAPACITY - 1;
  #high = new Int32Array(INITIAL_CAPACITY);
  #low = new Int32Array(INITIAL_CAPACITY);
  #timeNs = new Float64Array(INITIAL_CAPACITY);
  /** Number of the flow, and the side in the lowest bit. */
  #flow = new Int32Array(INITIAL_CAPACITY);
  #state = new Uint8Array(INITIAL_CAPACITY);
  /** Place + 1 of the newest packet of each bucket, and of the next older one behind each packet; 0: none. */
  #newest = new Int32Array(INITIAL_CAPACITY);
  #older = new Int32Array(INITIAL_CAPACITY);

  /** Whether the oldest packet has to go before another comes. */
  get isFull(): boolean {
    return this.tail - this.head === MAX_CAPACITY;
  }

  /** Adds a packet, and returns its number. */
  push(high: number, low: number, timeNs: number, flow: number, side: number): number {
    if (this.tail - this.head === this.#mask + 1) this.#grow();
    const number = this.tail++;
    const place = number & this.#mask;
    this.#high[place] = high;
    this.#low[place] = low;
    this.#timeNs[place] = timeNs;
    this.#flow[place] = 2 * flow + side;
    this.#state[place] = WAITING;
    this.#chain(place);
    return number;
  }

  /**
   * The newest waiting packet with this fingerprint that is older than `before`; −1 where there is none. Of those that were matched,
   * the newest one stays to be found by `noteCopy`; others leave their bucket, so that none is passed twice.
   */
  waiting(high: number, low: number, before: number): number {
    let isMatchFound = false;
    let newer = before;
    let number = before === this.tail ? this.#newestOf(high) : this.#olderThan(before);
    for (; number >= 0; number = this.#olderThan(number)) {
      if (this.#isLike(number, high, low)) {
        if (!this.isMatched(number)) return number;
        if (isMatchFound) {
          this.#unlink(newer, number, high);
          continue;
        }
        isMatchFound = true;
      }
      newer = number;
    }
    return -1;
  }

  /** Notes of the newest packet that it may be a copy, where one like it was matched. */
  noteCopy(number: number): void {
    const place = number & this.#mask;
    const high = this.#high[place] as number;
    const low = this.#low[place] as number;
    let looked = 0;
    for (let like = number; like >= 0 && looked < MAX_COPIES; like = this.#olderThan(like)) {
      if (!this.#isLike(like, high, low)) continue;
      if (this.isMatched(like)) {
        this.markCopy(number);
        return;
      }
      looked++;
    }
  }

  /** Notes of a packet that waits that one like it was matched. */
  markCopy(number: number): void {
    this.#state[number & this.#mask] = COPY;
  }

  isCopy(number: number): boolean {
    return this.#state[number & this.#mask] === COPY;
  }

  match(number: number): void {
    this.#state[number & this.#mask] = MATCHED;
  }

  isMatched(number: number): boolean {
    return this.#state[number & this.#mask] === MATCHED;
  }

  timeNs(number: number): number {
    return this.#timeNs[number & this.#mask] as number;
  }

  flow(number: number): number {
    return (this.#flow[number & this.#mask] as number) >> 1;
  }

  side(number: number): number {
    return (this.#flow[number & this.#mask] as number) & 1;
  }

  /** Forgets the oldest packet. What leads to it in its bucket ends there: see `#olderThan`. */
  pop(): void {
    this.head++;
  }

  #isLike(number: number, high: number, low: number): boolean {
    const place = number & this.#mask;
    return this.#high[place] === high && this.#low[place] === low;
  }

  #newestOf(high: number): number {
    return this.#linked(this.#newest[high & this.#mask] as number, this.tail, high);
  }

  /** The packet before this one in its bucket; −1 where there is none. */
  #olderThan(number: number): number {
    const place = number & this.#mask;
    return this.#linked(this.#older[place] as number, number, this.#high[place] as number);
  }

  /** The packet that a link leads to; −1 where it was forgotten, so that its place is empty, or has a newer packet or another bucket's. */
  #linked(link: number, newer: number, high: number): number {
    if (link === 0) return -1;
    const place = link - 1;
    const isOfBucket = (((this.#high[place] as number) ^ high) & this.#mask) === 0;
    const number = this.#numberAt(place);
    return isOfBucket && number < newer ? number : -1;
  }

  /** Takes a packet out of its bucket. @param newer the one before it there; the tail: it is the newest one */
  #unlink(newer: number, number: number, high: number): void {
    const next = this.#olderThan(number);
    const link = next < 0 ? 0 : (next & this.#mask) + 1;
    if (newer === this.tail) this.#newest[high & this.#mask] = link;
    else this.#older[newer & this.#mask] = link;
  }

  #chain(place: number): void {
    const bucket = (this.#high[place] as number) & this.#mask;
    this.#older[place] = this.#newest[bucket] as number;
    this.#newest[bucket] = place + 1;
  }

  #numberAt(place: number): number {
    const number = this.head - (this.head & this.#mask) + place;
    return number < this.head ? number + this.#mask + 1 : number;
  }

  #grow(): void {
    const { head, tail } = this;
    const old = { mask: this.#mask, high: this.#high, low: this.#low, time: this.#timeNs, flow: this.#flow };
    const states = this.#state;
    const capacity = 2 * (old.mask + 1);
    this.#mask = capacity - 1;
    this.#high = new Int32Array(capacity);
    this.#low = new Int32Array(capacity);
    this.#timeNs = new Float64Array(capacity);
    this.#flow = new Int32Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#newest = new Int32Array(capacity);
    this.#older = new Int32Array(capacity);
    for (let number = head; number < tail; number++) {
      const from = number & old.mask;
      const to = number & this.#mask;
      this.#high[to] = old.high[from] as number;
      this.#low[to] = old.low[from] as number;
      this.#timeNs[to] = old.time[from] as number;
      this.#flow[to] = old.flow[from] as number;
      this.#state[to] = states[from] as number;
      this.#chain(to);
    }
  }
}
