/**
 * What a file of a rotated recording needs besides its frames, so that each can be read without the others: at its start
 * the pcap file header, or the pcapng section header with its interfaces; in the last one the statistics.
 */
import { blockKind, countedInterface, sectionOrder } from "./pcapng-block.ts";
import { isFrame, type RecordChunk, startOf } from "./record-chunk.ts";

export class FileHead {
  readonly #format: "pcap" | "pcapng";
  #littleEndian = true;
  #head: Uint8Array[] = [];
  /** The last word on each interface of the section. */
  readonly #statistics = new Map<number, Uint8Array>();

  constructor(format: "pcap" | "pcapng") {
    this.#format = format;
  }

  /** What a file begins with that begins here. */
  get bytes(): Buffer {
    return Buffer.concat(this.#head);
  }

  /**
   * Takes note of one record of `chunk`.
   * @returns false where it is not to be written now: statistics count from the start of the recording, so that in the middle
   * of a set they would count twice
   */
  note(chunk: RecordChunk, record: number): boolean {
    if (isFrame(chunk, record)) return true;
    const bytes = Buffer.from(chunk.bytes.subarray(startOf(chunk, record), chunk.ends[record]));
    if (this.#format === "pcap") {
      this.#head = [bytes];
      return true;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#littleEndian = sectionOrder(view, 0) ?? this.#littleEndian;
    const kind = blockKind(view, this.#littleEndian);
    if (kind === "section") this.#head = [bytes];
    else if (kind === "interface") this.#head.push(bytes);
    else if (kind === "statistics") this.#statistics.set(countedInterface(view, this.#littleEndian), bytes);
    return kind !== "statistics";
  }

  /** The statistics that were held back, once. */
  takeStatistics(): Buffer {
    const statistics = Buffer.concat([...this.#statistics.values()]);
    this.#statistics.clear();
    return statistics;
  }
}
