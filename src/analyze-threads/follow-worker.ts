/** The thread that reads, decodes and follows connections, and hands on what it finds in blocks. */
import { parentPort, workerData } from "node:worker_threads";
import { openCapture } from "../capture/open-capture.ts";
import { Failure } from "../failure.ts";
import { FrameFollower } from "../follow-frames.ts";
import type { Findings } from "../tcp/findings-reader.ts";
import { SharedChunks } from "./shared-chunks.ts";
import { BLOCKS, type BlockRead, type FollowerMessage, type FollowOrder } from "./thread-messages.ts";

/** Numbers in a block to begin with: what some 4096 frames take. */
const INITIAL_VALUES = 1 << 16;

/** One of the blocks that go to and fro. */
interface Block {
  values: Float64Array;
  /** The memory of its frames, as long as the other thread has it. */
  held: Uint8Array | null;
}

class Follower {
  readonly #send: (message: FollowerMessage) => void;
  readonly #chunks = new SharedChunks();
  readonly #blocks: readonly Block[];
  readonly #idle: number[];
  /** Waits for a block to come back. */
  #wake: (() => void) | null = null;

  constructor(send: (message: FollowerMessage) => void) {
    this.#send = send;
    this.#blocks = Array.from({ length: BLOCKS }, () => ({
      values: sharedValues(INITIAL_VALUES),
      held: null,
    }));
    this.#idle = [...this.#blocks.keys()];
  }

  /** The other thread has read a block. */
  giveBack(index: number): void {
    const block = this.#blocks[index];
    if (block?.held) this.#chunks.release(block.held);
    this.#idle.push(index);
    this.#wake?.();
    this.#wake = null;
  }

  /** @throws Failure where the captures can't be read */
  async follow(paths: readonly string[]): Promise<void> {
    const follower = new FrameFollower();
    const capture = await openCapture(paths, this.#chunks);
    const hand = async ({ values, length, copies }: Findings, bytes: Buffer): Promise<void> => {
      const index = await this.#nextIdle();
      const block = this.#blocks[index] as Block;
      if (block.values.length < length) block.values = sharedValues(2 * length);
      block.values.set(values);
      block.held = bytes;
      this.#chunks.hold(bytes);
      const { startNs, bytesRead, bytesTotal } = capture;
      this.#send({
        kind: "findings",
        block: index,
        values: block.values,
        length,
        bytes,
        copies,
        startNs,
        bytesRead,
        bytesTotal,
      });
    };
    try {
      for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
        await hand(follower.feed(batch), batch.bytes);
      }
      await hand(follower.finish(), Buffer.from(new SharedArrayBuffer(0)));
      const { files, format, startNs, recorderDrops, warnings } = capture;
      const summary = { files, format, startNs, recorderDrops, warnings };
      this.#send({ kind: "end", facts: follower.facts, capture: summary });
    } finally {
      await capture.close();
    }
  }

  async #nextIdle(): Promise<number> {
    for (;;) {
      const index = this.#idle.shift();
      if (index !== undefined) return index;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function sharedValues(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

const port = parentPort;
if (port !== null) {
  const { paths } = workerData as FollowOrder;
  const follower = new Follower((message) => port.postMessage(message));
  port.on("message", ({ block }: BlockRead) => follower.giveBack(block));
  try {
    await follower.follow(paths);
  } catch (error) {
    const message: FollowerMessage =
      error instanceof Failure
        ? { kind: "failure", message: error.message, status: error.status }
        : { kind: "bug", error };
    port.postMessage(message);
  }
}
