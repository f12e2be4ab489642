/** A drafted capture as a run under way sees it, and as a saved one. */
import { Analysis } from "../../src/analysis/analysis.ts";
import type { CaptureSummary } from "../../src/analysis/capture-summary.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { FindingKind } from "../../src/diagnosis/finding.ts";
import type { BackendState } from "../../src/metrics/backend-state.ts";
import type { DraftedFrame } from "../faults/draft-capture.ts";

export const LOOK_EVERY_MS = 100;

const ETHERNET = 1;
const CAPTURE: CaptureSummary = {
  files: [],
  format: "pcap",
  startNs: 0n,
  recorderDrops: null,
  fileStarts: [],
  warnings: [],
};

/** What was seen of the backend at a time in ms. */
export interface Look {
  readonly at: number;
  readonly state: string | undefined;
  readonly findings: readonly FindingKind[];
}

export interface Followed {
  readonly looks: readonly Look[];
  /** As the saved capture's analysis tells them. */
  readonly states: readonly BackendState[];
  readonly findings: readonly FindingKind[];
}

/** Feeds the frames in the order of their times, with looks between. */
export function follow(frames: readonly DraftedFrame[], endMs: number): Followed {
  const analysis = new Analysis({ live: true });
  const looks: Look[] = [];
  const ordered = frames.toSorted((a, b) => a.at - b.at);
  let next = 0;
  for (let at = LOOK_EVERY_MS; at <= endMs; at += LOOK_EVERY_MS) {
    const from = next;
    while ((ordered[next]?.at ?? Number.POSITIVE_INFINITY) < at) next++;
    if (next > from) analysis.feed(batchOf(ordered.slice(from, next)), CAPTURE.startNs);
    const { pairs, diagnosis } = withDiagnosis(analysis.snapshot(CAPTURE, at * 1e6));
    const findings = diagnosis.findings.map(({ kind }) => kind);
    looks.push({ at, state: pairs[0]?.live?.state, findings });
  }
  const saved = new Analysis();
  saved.feed(batchOf(ordered), CAPTURE.startNs);
  const { pairs, diagnosis } = withDiagnosis(saved.finish(CAPTURE));
  const findings = diagnosis.findings.map(({ kind }) => kind);
  return { looks, states: pairs[0]?.states ?? [], findings };
}

function batchOf(frames: readonly DraftedFrame[]): FrameBatch {
  const batch = new FrameBatch(frames.length);
  batch.reset(Buffer.concat(frames.map(({ bytes }) => bytes)));
  let offset = 0;
  for (const { bytes, wireLength, at } of frames) {
    batch.push(offset, bytes.length, wireLength, Math.round(at * 1e6), ETHERNET, 0);
    offset += bytes.length;
  }
  return batch;
}
