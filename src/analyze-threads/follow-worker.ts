/** The thread that reads, decodes, follows connections and pairs HTTP, and hands on what it finds in blocks. */
import { parentPort } from "node:worker_threads";
import type { Capture } from "../capture/capture.ts";
import { openCapture } from "../capture/open-capture.ts";
import { Failure } from "../failure.ts";
import type { Findings } from "../findings/findings.ts";
import { FrameFollower } from "../follow-frames.ts";
import {
  BLOCKS,
  type BlockRead,
  type FollowerMessage,
  type FollowOrder,
  findingsIn,
} from "./thread-messages.ts";

/** Numbers that are handed on together: those of some 10,000 frames. */
const WORTH_A_MESSAGE = 1 << 17;

class Follower {
  readonly #send: (message: FollowerMessage) => void;
  /** Shared memory of the blocks that go to and fro. */
  readonly #blocks: SharedArrayBuffer[] = Array.from({ length: BLOCKS }, () => new SharedArrayBuffer(0));
  readonly #idle: number[] = [...this.#blocks.keys()];
  /** Waits for a block to come back. */
  #wake: (() => void) | null = null;

  constructor(send: (message: FollowerMessage) => void) {
    this.#send = send;
  }

  /** The other thread has read a block. */
  giveBack(index: number): void {
    this.#idle.push(index);
    this.#wake?.();
    this.#wake = null;
  }

  /** @throws Failure where the captures can't be read */
  async follow({ paths, everySegment }: FollowOrder): Promise<void> {
    const follower = new FrameFollower(everySegment);
    const capture = await openCapture(paths);
    try {
      for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
        follower.feed(batch);
        if (follower.waiting >= WORTH_A_MESSAGE) this.#hand(await this.#nextIdle(), follower.take(), capture);
      }
      follower.finish();
      this.#hand(await this.#nextIdle(), follower.take(), capture);
      const { files, format, startNs, recorderDrops, warnings } = capture;
      const summary = { files, format, startNs, recorderDrops, warnings };
      this.#send({ kind: "end", facts: follower.facts, capture: summary });
    } finally {
      await capture.close();
    }
  }

  /** Hands findings on in a block, which is larger from now on if they don't fit. */
  #hand(block: number, { values, octets }: Findings, capture: Capture): void {
    const size = values.byteLength + octets.byteLength;
    const known = this.#blocks[block] as SharedArrayBuffer;
    const isNew = known.byteLength < size;
    const memory = isNew ? new SharedArrayBuffer(2 * size) : known;
    this.#blocks[block] = memory;
    const findings = findingsIn(memory, values.length, octets.length);
    findings.values.set(values);
    findings.octets.set(octets);
    const { startNs, bytesRead, bytesTotal } = capture;
    this.#send({
      kind: "findings",
      block,
      memory: isNew ? memory : null,
      valuesLength: values.length,
      octetsLength: octets.length,
      startNs,
      bytesRead,
      bytesTotal,
    });
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

const port = parentPort;
if (port !== null) {
  const send = (message: FollowerMessage): void => port.postMessage(message);
  port.once("message", (order: FollowOrder) => {
    const follower = new Follower(send);
    port.on("message", ({ block }: BlockRead) => follower.giveBack(block));
    follower.follow(order).catch((error) => {
      if (error instanceof Failure) send({ kind: "failure", message: error.message, status: error.status });
      else send({ kind: "bug", error });
    });
  });
}
