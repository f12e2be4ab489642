/** Selections of frames: the capture is read once more, for these alone. */
import { type CaptureSource, canBeReadTwice } from "../capture/capture-source.ts";
import type { FrameBatch } from "../capture/frame.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { measureRtp } from "../metrics/measure-rtp.ts";
import { selectionMetrics } from "../metrics/measure-selection.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { FrameSelection } from "../metrics/selection-metrics.ts";
import { selectionWarnings } from "../metrics/selection-warnings.ts";
import { compileFilter, EVERY_FRAME, type FrameFilter } from "../select/compile-filter.ts";
import { FrameProtocol } from "../select/filter-fields.ts";
import { FrameFields } from "../select/frame-fields.ts";
import { FrameSelector } from "../select/frame-selector.ts";
import { RtpStreams } from "../select/rtp/rtp-streams.ts";
import { TrafficCounter } from "../select/traffic-groups.ts";
import { unlessAborted } from "../threads/unless-aborted.ts";
import { message } from "../words/message.ts";
import { openUnlessAborted } from "./open-unless-aborted.ts";

type Sources = CaptureSource | readonly CaptureSource[];

/** Doubts whether there are pairs, which is nobody's trouble where frames of any protocol are measured. */
const OF_PAIRS: ReadonlySet<string> = new Set(["no-tcp", "no-http"]);

/** Adds the selections to a run. */
export type SelectionPass = (run: RunMetrics, sources: Sources, signal?: AbortSignal) => Promise<RunMetrics>;

/**
 * Understands the filters before anything is read. What is returned reads the capture once more and measures: first the selections
 * that were asked for, then those that the capture suggests.
 * @throws Failure (status 2) where a filter can't be understood; later where the capture can't be read twice, and the signal's reason
 *   once it is aborted
 */
export function selectionPass(options: AnalysisOptions): SelectionPass {
  const { selections = [], groups } = options;
  const filters = selections.map(compiled);
  return async (run, sources, signal) => {
    const isAnswered = groups?.onlyWithoutPairs === true && run.pairs.length > 0;
    const areSuggested = groups !== undefined && !isAnswered && run.capture.packets > 0;
    if (filters.length === 0 && !areSuggested) return run;
    if (!canBeReadTwice(sources)) {
      // What nobody asked for is no reason to fail.
      if (filters.length === 0 && groups?.onlyWithoutPairs === true) return run;
      throw new Failure(message("selectionsReadTwice"), 2);
    }
    const suggested = areSuggested ? await suggestedSelections(sources, groups, options, signal) : [];
    const all = [...selections, ...suggested];
    const shown = [...filters, ...suggested.map(compiled)];
    const rtp = await rtpStreams(sources, shown, options, signal);
    const selector = new FrameSelector(shown, rtp);
    await eachBatch(sources, (batch) => selector.feed(batch), signal);
    const streams = measureRtp(rtp.readings());
    const measured = selector
      .readings()
      .map((counted, index) => selectionMetrics(all[index] as FrameSelection, counted, options))
      // A direction without frames is an answer to who asked for it only.
      .filter(({ frames }, index) => index < selections.length || frames > 0);
    return {
      ...run,
      selections: measured,
      ...(streams.length > 0 && { rtpStreams: streams }),
      warnings: [
        ...run.warnings.filter(({ code }) => !OF_PAIRS.has(code)),
        ...selectionWarnings(measured, streams, options),
      ],
    };
  };
}

function compiled({ filter }: FrameSelection): FrameFilter {
  return filter === "" ? EVERY_FRAME : compileFilter(filter);
}

/** Where a filter says `rtp`, a first reading tells which streams are RTP: at their first packet nobody could know. */
async function rtpStreams(
  sources: Sources,
  filters: readonly FrameFilter[],
  { rtp: ports = [] }: AnalysisOptions,
  signal: AbortSignal | undefined,
): Promise<RtpStreams> {
  if (!filters.some(({ protocols }) => (protocols & FrameProtocol.rtp) !== 0)) return new RtpStreams(ports);
  const first = new RtpStreams(ports);
  const fields = new FrameFields(false, first);
  const take = (batch: FrameBatch) => {
    for (let row = 0; row < batch.count; row++) fields.take(batch, row);
  };
  await eachBatch(sources, take, signal);
  return new RtpStreams(ports, first.certainNumbers());
}

async function suggestedSelections(
  sources: Sources,
  groups: NonNullable<AnalysisOptions["groups"]>,
  { rtp: ports = [] }: AnalysisOptions,
  signal: AbortSignal | undefined,
): Promise<readonly FrameSelection[]> {
  const counter = new TrafficCounter(new RtpStreams(ports));
  await eachBatch(sources, (batch) => counter.feed(batch), signal);
  return counter.selections(groups);
}

async function eachBatch(
  sources: Sources,
  take: (batch: FrameBatch) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const capture = await openUnlessAborted(sources, signal);
  const next = () => unlessAborted(signal, capture.nextBatch());
  try {
    for (let batch = await next(); batch !== null; batch = await next()) take(batch);
  } finally {
    await capture.close();
  }
}
