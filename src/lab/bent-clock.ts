/** A tap whose clock is wrong on purpose: its capture again, with the times that such a clock would have shown. */
import { closeSync, openSync, writeSync } from "node:fs";
import { openCapture } from "../capture/open-capture.ts";
import { PcapngBlocks } from "../capture/pcapng-blocks.ts";
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";
import type { BackendName } from "./lab-hosts.ts";

/** By how much a clock is wrong. */
export interface BentClock {
  /** At the capture's first frame, ms; negative: it is slow. */
  readonly offsetMs: number;
  /** What it gains from then on, parts per million. */
  readonly driftPpm: number;
}

/** Of one backend. */
export interface BackendClock extends BentClock {
  readonly backend: BackendName;
}

const PARTS_PER_MILLION = 1e6;

/**
 * Writes a capture again as pcapng.
 * @param target another file, written over
 * @throws Failure where the capture can't be read
 */
export async function bendClock(path: string, target: string, clock: BentClock): Promise<void> {
  const capture = await openCapture(path);
  const blocks = new PcapngBlocks(true);
  const file = openSync(target, "w");
  try {
    let hasBegun = false;
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      const startNs = capture.startNs ?? 0n;
      const pieces: Buffer[] = [];
      if (!hasBegun) pieces.push(blocks.section(), blocks.interface(batch.linkType[0] ?? 0));
      hasBegun = true;
      for (let row = 0; row < batch.count; row++) {
        const at = batch.offset[row] as number;
        const frame = {
          timeNs: startNs + bentNs(batch.timeNs[row] as number, clock),
          wireLength: batch.wireLength[row] as number,
          bytes: batch.bytes.subarray(at, at + (batch.capturedLength[row] as number)),
        };
        pieces.push(blocks.packet(frame, ""));
      }
      writeSync(file, Buffer.concat(pieces));
    }
  } finally {
    closeSync(file);
    await capture.close();
  }
}

/** @param timeNs since the capture's first frame */
function bentNs(timeNs: number, { offsetMs, driftPpm }: BentClock): bigint {
  return BigInt(
    Math.round(offsetMs * NANOSECONDS_PER_MILLISECOND + timeNs + (timeNs * driftPpm) / PARTS_PER_MILLION),
  );
}
