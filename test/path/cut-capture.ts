/** A capture again with less of each frame, as a shorter snap length would have kept. */
import { openCapture } from "../../src/capture/open-capture.ts";
import { NANOSECONDS_PER_SECOND } from "../../src/units.ts";
import { type PcapRecord, pcapFile } from "../capture/build-pcap.ts";

/** @returns classic pcap with nanoseconds, of an Ethernet capture */
export async function cutCapture(path: string, snapLength: number): Promise<Buffer> {
  const records: PcapRecord[] = [];
  const capture = await openCapture(path);
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const at = batch.offset[row] as number;
      const timeNs = (capture.startNs ?? 0n) + BigInt(batch.timeNs[row] as number);
      const length = Math.min(snapLength, batch.capturedLength[row] as number);
      records.push({
        seconds: Number(timeNs / BigInt(NANOSECONDS_PER_SECOND)),
        fraction: Number(timeNs % BigInt(NANOSECONDS_PER_SECOND)),
        data: Buffer.from(batch.bytes.subarray(at, at + length)),
        wireLength: batch.wireLength[row] as number,
      });
    }
  }
  await capture.close();
  return pcapFile(records, { magic: 0xa1b23c4d });
}
