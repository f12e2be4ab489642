import type { Cursor } from "./cursor.ts";
import { Layer, type NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** sFlow version 5 (https://sflow.org/sflow_version_5.txt), all in words of 4 bytes: a datagram of samples. */
const WORD = 4;
const VERSION = 0;
const VERSION_5 = 5;
const AGENT_ADDRESS_TYPE = 4;
const AGENT_ADDRESS = 8;
const AGENT_ADDRESS_LENGTHS = [0, 4, 16];
/** Behind the agent's address: sub-agent, sequence number, uptime, number of samples. */
const DATAGRAM_TAIL_LENGTH = 4 * WORD;

/** A sample and a record in a sample begin alike: format, length of what follows. */
const FORMAT = 0;
const LENGTH = 4;
const ITEM_HEADER_LENGTH = 8;

/** Flow samples and their words before the first record. */
const FORMAT_FLOW_SAMPLE = 1;
const FLOW_SAMPLE_LENGTH = 8 * WORD;
const FORMAT_EXPANDED_FLOW_SAMPLE = 3;
const EXPANDED_FLOW_SAMPLE_LENGTH = 11 * WORD;

/** Raw packet header, a record: protocol, frame length, bytes stripped, bytes kept, the bytes. */
const FORMAT_RAW_HEADER = 1;
const RAW_PROTOCOL = 0;
const RAW_KEPT = 12;
const RAW_BYTES = 16;
const PROTOCOL_ETHERNET = 1;
const PROTOCOL_IPV4 = 11;
const PROTOCOL_IPV6 = 12;

/** The beginning of a frame that a switch sampled. */
export interface SampledFrame {
  readonly layer: NextLayer;
  readonly offset: number;
  readonly end: number;
}

/** Frames sampled in the sFlow datagram at the cursor; none where it is no sFlow version 5. */
export function sampledFrames(cursor: Cursor): SampledFrame[] {
  const { view, offset, capturedEnd } = cursor;
  if (!cursor.holds(AGENT_ADDRESS) || view.getUint32(offset + VERSION) !== VERSION_5) return [];
  const addressLength = AGENT_ADDRESS_LENGTHS[view.getUint32(offset + AGENT_ADDRESS_TYPE)];
  if (addressLength === undefined) return [];
  const frames: SampledFrame[] = [];
  const samples = offset + AGENT_ADDRESS + addressLength + DATAGRAM_TAIL_LENGTH;
  for (const sample of items(view, samples, capturedEnd)) {
    const records = sample.offset + recordsOffset(sample.format);
    for (const record of items(view, records, Math.min(sample.end, capturedEnd))) {
      const start = record.offset + RAW_BYTES;
      if (record.format !== FORMAT_RAW_HEADER || start > record.end || record.end > capturedEnd) continue;
      frames.push({
        layer: layerOfSample(view.getUint32(record.offset + RAW_PROTOCOL)),
        offset: start,
        end: Math.min(record.end, start + view.getUint32(record.offset + RAW_KEPT)),
      });
    }
  }
  return frames;
}

interface FlowSampleItem {
  readonly format: number;
  readonly offset: number;
  readonly end: number;
}

/** Samples, or records, one after the other in `start … end`; the last one may say that it reaches further. */
function items(view: DataView, start: number, end: number): FlowSampleItem[] {
  const found: FlowSampleItem[] = [];
  let next = start;
  while (end - next >= ITEM_HEADER_LENGTH) {
    const format = view.getUint32(next + FORMAT);
    const offset = next + ITEM_HEADER_LENGTH;
    next = offset + view.getUint32(next + LENGTH);
    found.push({ format, offset, end: next });
  }
  return found;
}

/** Where records begin in a sample; beyond any sample where it has none of interest (counters). */
function recordsOffset(sampleFormat: number): number {
  if (sampleFormat === FORMAT_FLOW_SAMPLE) return FLOW_SAMPLE_LENGTH;
  if (sampleFormat === FORMAT_EXPANDED_FLOW_SAMPLE) return EXPANDED_FLOW_SAMPLE_LENGTH;
  return Number.POSITIVE_INFINITY;
}

function layerOfSample(protocol: number): NextLayer {
  switch (protocol) {
    case PROTOCOL_ETHERNET:
      return Layer.Ethernet;
    case PROTOCOL_IPV4:
    case PROTOCOL_IPV6:
      return Layer.Ip;
    default:
      return SkipReason.udp;
  }
}
