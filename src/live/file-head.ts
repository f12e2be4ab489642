/**
 * Blocks that each file of a rotated recording needs besides its frames, to be readable without the others: at its start
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

  /** The head of a file that begins here. */
  get bytes(): Buffer {
    return Buffer.concat(this.#head);
  }

  /**
   * Takes note of one record of `chunk`, and says what is to be done with it: `write` it; `hold` it back, since statistics
   * count from the start of the recording and would count twice in the middle of a set; or write it behind the `statistics`
   * of the section that it ends.
   */
  note(chunk: RecordChunk, record: number): "write" | "hold" | "statistics" {
    if (isFrame(chunk, record)) return "write";
    const bytes = Buffer.from(chunk.bytes.subarray(startOf(chunk, record), chunk.ends[record]));
    if (this.#format === "pcap") {
      this.#head = [bytes];
      return "write";
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#littleEndian = sectionOrder(view, 0) ?? this.#littleEndian;
    switch (blockKind(view, this.#littleEndian)) {
      case "section":
        this.#head = [bytes];
        return "statistics";
      case "interface":
        this.#head.push(bytes);
        return "write";
      case "statistics":
        this.#statistics.set(countedInterface(view, this.#littleEndian), bytes);
        return "hold";
      default:
        return "write";
    }
  }

  /** The statistics that were held back, once. */
  takeStatistics(): Buffer {
    const statistics = Buffer.concat([...this.#statistics.values()]);
    this.#statistics.clear();
    return statistics;
  }
}
