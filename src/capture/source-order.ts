import type { CaptureSource } from "./capture-source.ts";
import { CHUNK_BYTES, type ChunkMemory } from "./chunk-reader.ts";
import { FrameBatch } from "./frame.ts";
import { SourceReader } from "./source-reader.ts";

/** Bytes to read at a time when only the first frame is wanted. */
const PROBE_BYTES = 64 * 1024;

/** One of a run's sources, looked at before it is read. */
export interface RunSource {
  readonly source: CaptureSource;
  readonly name: string;
  readonly format: "pcap" | "pcapng";
  /** Size as stored in bytes, `null` where it isn't known. */
  readonly size: number | null;
  /** Time of its first frame, ns since 1970; `null` where it has none or wasn't asked. */
  readonly firstNs: bigint | null;
  /** Its reader where it is open already, `null` where it is to be opened again. */
  readonly reader: SourceReader | null;
  /** Frames that the reader gave already. */
  readonly firstBatch: FrameBatch | null;
}

/**
 * Opens a run's only source.
 * @throws Failure when it can't be opened or is not a capture
 */
export async function onlySource(source: CaptureSource, memory: ChunkMemory): Promise<RunSource> {
  const reader = await SourceReader.open(source, CHUNK_BYTES, memory);
  return { ...factsOf(source, reader), firstNs: null, reader, firstBatch: null };
}

/**
 * Looks into every source and puts them in the order of their first frames' times; those without a frame come
 * last. Files are closed again, so that a set may have more of them than can be open at a time.
 * @throws Failure when one of them can't be opened or is not a capture
 */
export async function orderByTime(sources: readonly CaptureSource[]): Promise<RunSource[]> {
  const probed: RunSource[] = [];
  try {
    for (const source of sources) probed.push(await probe(source));
  } catch (error) {
    for (const { reader } of probed) await reader?.close();
    throw error;
  }
  return probed.sort((a, b) => {
    if (a.firstNs === null || b.firstNs === null)
      return Number(a.firstNs === null) - Number(b.firstNs === null);
    return a.firstNs < b.firstNs ? -1 : Number(a.firstNs > b.firstNs);
  });
}

async function probe(source: CaptureSource): Promise<RunSource> {
  const reader = await SourceReader.open(source, PROBE_BYTES);
  const batch = new FrameBatch();
  const facts = factsOf(source, reader);
  await reader.nextBatch(batch);
  const firstNs = reader.parser.startNs;
  if (reader.bytes.reopen === null) return { ...facts, firstNs, reader, firstBatch: batch };
  await reader.close();
  return { ...facts, firstNs, reader: null, firstBatch: null };
}

function factsOf(source: CaptureSource, reader: SourceReader) {
  const { name, size } = reader.bytes;
  return { source, name, format: reader.parser.format, size };
}
