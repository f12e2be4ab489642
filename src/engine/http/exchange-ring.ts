import type { OpenExchange } from "./open-exchange.ts";

const INITIAL_CAPACITY: i32 = 2;

/** A queue of open exchanges, oldest first, that makes no garbage. */
export class ExchangeRing {
  private slots: (OpenExchange | null)[] = emptySlots(INITIAL_CAPACITY);
  private first: i32 = 0;
  /** Exchanges in the ring. */
  length: i32 = 0;

  /** The exchange `index` places behind the oldest one, `null` beyond the end. */
  at(index: i32): OpenExchange | null {
    if (index >= this.length) return null;
    return this.slots[(this.first + index) & (this.slots.length - 1)] as OpenExchange | null;
  }

  push(exchange: OpenExchange): void {
    if (this.length === this.slots.length) this.grow();
    this.slots[(this.first + this.length) & (this.slots.length - 1)] = exchange;
    this.length++;
  }

  /** Takes the oldest exchange out. */
  shift(): void {
    this.slots[this.first] = null;
    this.first = (this.first + 1) & (this.slots.length - 1);
    this.length--;
  }

  private grow(): void {
    const larger = emptySlots(this.slots.length * 2);
    for (let index: i32 = 0; index < this.length; index++) larger[index] = this.at(index);
    this.slots = larger;
    this.first = 0;
  }
}

function emptySlots(count: i32): (OpenExchange | null)[] {
  const slots: (OpenExchange | null)[] = [];
  for (let index: i32 = 0; index < count; index++) slots.push(null);
  return slots;
}
