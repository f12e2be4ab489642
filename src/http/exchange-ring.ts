import type { OpenExchange } from "./open-exchange.ts";

const INITIAL_CAPACITY = 2;

/** A queue of open exchanges, oldest first, that makes no garbage. */
export class ExchangeRing {
  private slots: (OpenExchange | undefined)[] = new Array(INITIAL_CAPACITY).fill(undefined);
  private first = 0;
  /** Exchanges in the ring. */
  length = 0;

  /** The exchange `index` places behind the oldest one, `undefined` beyond the end. */
  at(index: number): OpenExchange | undefined {
    return index < this.length ? this.slots[(this.first + index) & (this.slots.length - 1)] : undefined;
  }

  push(exchange: OpenExchange): void {
    if (this.length === this.slots.length) this.grow();
    this.slots[(this.first + this.length) & (this.slots.length - 1)] = exchange;
    this.length++;
  }

  /** Takes the oldest exchange out. */
  shift(): void {
    this.slots[this.first] = undefined;
    this.first = (this.first + 1) & (this.slots.length - 1);
    this.length--;
  }

  private grow(): void {
    const larger: (OpenExchange | undefined)[] = new Array(this.slots.length * 2).fill(undefined);
    for (let index = 0; index < this.length; index++) larger[index] = this.at(index);
    this.slots = larger;
    this.first = 0;
  }
}
