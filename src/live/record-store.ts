/**
 * Between the engine and the disk: records wait here while others are being written, so that many small pieces become few
 * writes. What is stored goes on to the analysis, so that this never knows more than the recording.
 */
import type { RecordChunk } from "./record-chunk.ts";
import type { Recording } from "./recording.ts";

/** How long, and up to how many bytes, records are gathered before they are compressed: small pieces compress badly. */
const GATHER_MS = 250;
const GATHER_BYTES = 256 * 1024;

export interface StoreListener {
  /** Called with everything that was written, in order. */
  readonly stored: (chunk: RecordChunk) => void;
  /** Called where nothing can be written any more. */
  readonly failed: () => void;
}

export class RecordStore {
  readonly #recording: Recording | null;
  readonly #gathers: boolean;
  readonly #listener: StoreListener;
  #waiting: RecordChunk[] = [];
  #waitingBytes = 0;
  #format: "pcap" | "pcapng" = "pcapng";
  #ended = false;
  #onChange: () => void = () => {};
  #onRoom: () => void = () => {};
  readonly #writing: Promise<void>;

  /**
   * @param recording `null`: nothing is written
   * @param gathers whether to write rarely, in large pieces
   */
  constructor(recording: Recording | null, gathers: boolean, listener: StoreListener) {
    this.#recording = recording;
    this.#gathers = gathers;
    this.#listener = listener;
    this.#writing = this.#write();
  }

  put(chunks: readonly RecordChunk[], format: "pcap" | "pcapng"): void {
    if (this.#recording === null) {
      for (const chunk of chunks) this.#listener.stored(chunk);
      return;
    }
    this.#format = format;
    for (const chunk of chunks) {
      this.#waiting.push(chunk);
      this.#waitingBytes += chunk.bytes.length;
    }
    this.#onChange();
  }

  /** Waits until at most that number of bytes wait to be written. */
  async roomFor(bytes: number): Promise<void> {
    while (this.#waitingBytes > bytes) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
    }
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#onChange();
    await this.#writing;
    await this.#recording?.close();
  }

  async #write(): Promise<void> {
    for (;;) {
      while (this.#waiting.length === 0 && !this.#ended) await this.#change(null);
      if (this.#waiting.length === 0) return;
      if (this.#gathers) await this.#gather();
      const chunks = this.#waiting;
      this.#waiting = [];
      const stored = (await this.#recording?.append(chunks, this.#format)) ?? [];
      for (const chunk of chunks) this.#waitingBytes -= chunk.bytes.length;
      for (const chunk of stored) this.#listener.stored(chunk);
      if (this.#recording?.failure) this.#listener.failed();
      this.#onRoom();
    }
  }

  async #gather(): Promise<void> {
    const until = performance.now() + GATHER_MS;
    for (let left = GATHER_MS; left > 0; left = until - performance.now()) {
      if (this.#ended || this.#waitingBytes >= GATHER_BYTES) return;
      await this.#change(left);
    }
  }

  /** Waits until something was put or all was, or for so long. */
  #change(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? null : setTimeout(resolve, ms);
      this.#onChange = () => {
        if (timer !== null) clearTimeout(timer);
        resolve();
      };
    });
  }
}
