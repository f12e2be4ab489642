/**
 * What matched packets of one direction say: when each arrived, and how much later the second clock's time is than the first's.
 * 12 bytes a packet, in the order of arrival.
 */

/** How much is kept: chunks of so many packets; of more chunks every second one is left out, again and again. */
export interface SampleRoom {
  readonly chunkPackets: number;
  readonly mostChunks: number;
}

const WHOLE_RUN: SampleRoom = { chunkPackets: 1 << 16, mostChunks: 64 };
const LARGEST_INT32 = 2 ** 31 - 1;
/** A difference is never farther than this from `baseNs`, but for the drift of a whole day. */
const FARTHEST_NS = 20e9;

interface SampleChunk {
  /** Chunks of the direction before this one, left out or not: neighbours follow one another. */
  readonly number: number;
  /** In the receiver's clock, ns since its capture's first packet. */
  readonly arrivalNs: Float64Array;
  /** Less `baseNs`. */
  differenceNs: Int32Array | Float64Array;
  count: number;
}

/** One matched packet, as `DelaySamples.each` hands it out: the same object again and again. */
export interface DelaySample {
  arrivalNs: number;
  sentNs: number;
  /** Second tap's time less first tap's. */
  differenceNs: number;
  /** No packet is left out between the one before and this one. */
  isNext: boolean;
}

export class DelaySamples {
  /** Whether the second tap is the receiver's. */
  readonly isForward: boolean;
  /** Matched packets, kept or left out. */
  total = 0;
  readonly #baseNs: number;
  readonly #room: SampleRoom;
  #chunks: SampleChunk[] = [];
  #last: SampleChunk | null = null;
  /** One chunk of so many is kept. */
  #stride = 1;
  #begun = 0;

  /** @param baseNs about what the differences are; a whole number */
  constructor(isForward: boolean, baseNs: number, room: SampleRoom = WHOLE_RUN) {
    this.#room = room;
    this.isForward = isForward;
    this.#baseNs = baseNs;
  }

  /** Packets that are kept. */
  get kept(): number {
    return this.#chunks.reduce((sum, { count }) => sum + count, 0);
  }

  add(arrivalNs: number, differenceNs: number): void {
    this.total++;
    let chunk = this.#last;
    if (chunk === null || chunk.count === this.#room.chunkPackets) chunk = this.#begin();
    const difference = differenceNs - this.#baseNs;
    if (Math.abs(difference) > LARGEST_INT32 && chunk.differenceNs instanceof Int32Array)
      chunk.differenceNs = Float64Array.from(chunk.differenceNs);
    const { arrivalNs: arrivals, differenceNs: differences } = chunk;
    let at = chunk.count++;
    // Both captures are read in step, so that a packet is hardly ever far from its place.
    while (at > 0 && (arrivals[at - 1] as number) > arrivalNs) {
      arrivals[at] = arrivals[at - 1] as number;
      differences[at] = differences[at - 1] as number;
      at--;
    }
    arrivals[at] = arrivalNs;
    differences[at] = difference;
  }

  /** Goes through the kept packets in the order of arrival, a chunk at a time: those of a span, by the first clock, and some more. */
  each(
    visit: (sample: DelaySample) => void,
    fromNs = Number.NEGATIVE_INFINITY,
    toNs = Number.POSITIVE_INFINITY,
  ): void {
    const sample: DelaySample = { arrivalNs: 0, sentNs: 0, differenceNs: 0, isNext: false };
    const sign = this.isForward ? -1 : 1;
    let before = -1;
    const clockNs = this.isForward ? this.#baseNs : 0;
    for (const { number, arrivalNs, differenceNs, count } of this.#chunks) {
      const firstNs = (arrivalNs[0] as number) - clockNs;
      const lastNs = (arrivalNs[count - 1] as number) - clockNs;
      if (lastNs < fromNs - FARTHEST_NS || firstNs > toNs + FARTHEST_NS) continue;
      for (let at = 0; at < count; at++) {
        sample.arrivalNs = arrivalNs[at] as number;
        sample.differenceNs = (differenceNs[at] as number) + this.#baseNs;
        sample.sentNs = sample.arrivalNs + sign * sample.differenceNs;
        sample.isNext = at > 0 || (number > 0 && before === number - 1);
        visit(sample);
      }
      before = number;
    }
  }

  #begin(): SampleChunk {
    const number = this.#begun++;
    // A chunk that is left out is filled again and again.
    if (number % this.#stride !== 0 && this.#last !== null && !this.#chunks.includes(this.#last)) {
      this.#last.count = 0;
      return this.#last;
    }
    const chunk: SampleChunk = {
      number,
      arrivalNs: new Float64Array(this.#room.chunkPackets),
      differenceNs: new Int32Array(this.#room.chunkPackets),
      count: 0,
    };
    this.#last = chunk;
    if (number % this.#stride !== 0) return chunk;
    this.#chunks.push(chunk);
    if (this.#chunks.length > this.#room.mostChunks) {
      this.#stride *= 2;
      this.#chunks = this.#chunks.filter((kept) => kept.number % this.#stride === 0);
    }
    return chunk;
  }
}
