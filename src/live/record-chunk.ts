/** Whole records of a capture in one piece of memory: what recording, rotation and analysis pass on to one another. */

/** Consecutive whole records: pcap's file header and records, or pcapng's blocks. Nobody changes one. */
export interface RecordChunk {
  readonly bytes: Uint8Array;
  /** Where each record ends in `bytes`, ascending; the last is the length of `bytes`. */
  readonly ends: Uint32Array;
  /** Per record: its frame's time, ns since the stream's first frame; NaN where it is no frame but describes the recording. */
  readonly timesNs: Float64Array;
  /** How many of the records are frames. */
  readonly frames: number;
}

/** Records `from` to `to` (exclusive) of a chunk. */
export function sliceOf(chunk: RecordChunk, from: number, to: number): RecordChunk {
  if (from === 0 && to === chunk.ends.length) return chunk;
  const start = startOf(chunk, from);
  const timesNs = chunk.timesNs.subarray(from, to);
  return {
    bytes: chunk.bytes.subarray(start, startOf(chunk, to)),
    ends: chunk.ends.slice(from, to).map((end) => end - start),
    timesNs,
    frames: countFrames(timesNs),
  };
}

/** Where a record begins; with the number of records: where the last one ends. */
export function startOf(chunk: RecordChunk, record: number): number {
  return record === 0 ? 0 : (chunk.ends[record - 1] as number);
}

/** How many records lie wholly in the first `length` bytes. */
export function recordsWithin(chunk: RecordChunk, length: number): number {
  let low = 0;
  let high = chunk.ends.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunk.ends[middle - 1] as number) <= length) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many records come before the first frame of this time or later. */
export function recordsBefore(chunk: RecordChunk, timeNs: number): number {
  const first = chunk.timesNs.findIndex((time) => time >= timeNs);
  return first === -1 ? chunk.ends.length : first;
}

/** A chunk's blocks about the recording itself: headers, interfaces, statistics. */
export function descriptionsOf(chunk: RecordChunk): RecordChunk {
  if (chunk.frames === 0) return chunk;
  const kept: Uint8Array[] = [];
  const ends: number[] = [];
  let length = 0;
  for (let record = 0; record < chunk.ends.length; record++) {
    if (isFrame(chunk, record)) continue;
    const bytes = chunk.bytes.subarray(startOf(chunk, record), chunk.ends[record]);
    kept.push(bytes);
    length += bytes.length;
    ends.push(length);
  }
  const timesNs = new Float64Array(ends.length).fill(Number.NaN);
  return { bytes: Buffer.concat(kept), ends: Uint32Array.from(ends), timesNs, frames: 0 };
}

/** Whether a record is a frame. */
export function isFrame(chunk: RecordChunk, record: number): boolean {
  return !Number.isNaN(chunk.timesNs[record]);
}

function countFrames(timesNs: Float64Array): number {
  let frames = 0;
  for (const time of timesNs) if (!Number.isNaN(time)) frames++;
  return frames;
}
