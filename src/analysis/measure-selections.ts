/** Selections of frames: the capture is read once more, for these alone. */
import { type CaptureSource, canBeReadTwice } from "../capture/capture-source.ts";
import type { FrameBatch } from "../capture/frame.ts";
import { openCapture } from "../capture/open-capture.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { selectionMetrics } from "../metrics/measure-selection.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { FrameSelection } from "../metrics/selection-metrics.ts";
import { selectionWarnings } from "../metrics/selection-warnings.ts";
import { compileFilter, EVERY_FRAME, type FrameFilter } from "../select/compile-filter.ts";
import { FrameSelector } from "../select/frame-selector.ts";
import { TrafficCounter } from "../select/traffic-groups.ts";
import { message } from "../words/message.ts";

type Sources = CaptureSource | readonly CaptureSource[];

/** Adds the selections to a run. */
export type SelectionPass = (run: RunMetrics, sources: Sources) => Promise<RunMetrics>;

/**
 * Understands the filters before anything is read. What is returned reads the capture once more and measures: first the selections
 * that were asked for, then those that the capture suggests.
 * @throws Failure (status 2) where a filter can't be understood; later where the capture can't be read twice
 */
export function selectionPass(options: AnalysisOptions): SelectionPass {
  const { selections = [], groups } = options;
  const filters = selections.map(compiled);
  return async (run, sources) => {
    const isAnswered = groups?.onlyWithoutPairs === true && run.pairs.length > 0;
    const areSuggested = groups !== undefined && !isAnswered && run.capture.packets > 0;
    if (filters.length === 0 && !areSuggested) return run;
    if (!canBeReadTwice(sources)) {
      // What nobody asked for is no reason to fail.
      if (filters.length === 0 && groups?.onlyWithoutPairs === true) return run;
      throw new Failure(message("selectionsReadTwice"), 2);
    }
    const suggested = areSuggested ? await suggestedSelections(sources, groups) : [];
    const all = [...selections, ...suggested];
    const selector = new FrameSelector([...filters, ...suggested.map(compiled)]);
    await eachBatch(sources, (batch) => selector.feed(batch));
    const measured = selector
      .readings()
      .map((counted, index) => selectionMetrics(all[index] as FrameSelection, counted, options))
      // A direction without frames is an answer to who asked for it only.
      .filter(({ frames }, index) => index < selections.length || frames > 0);
    return {
      ...run,
      selections: measured,
      warnings: [...run.warnings, ...selectionWarnings(measured, options)],
    };
  };
}

function compiled({ filter }: FrameSelection): FrameFilter {
  return filter === "" ? EVERY_FRAME : compileFilter(filter);
}

async function suggestedSelections(
  sources: Sources,
  groups: NonNullable<AnalysisOptions["groups"]>,
): Promise<readonly FrameSelection[]> {
  const counter = new TrafficCounter();
  await eachBatch(sources, (batch) => counter.feed(batch));
  return counter.selections(groups);
}

async function eachBatch(sources: Sources, take: (batch: FrameBatch) => void): Promise<void> {
  const capture = await openCapture(sources);
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch())
      take(batch);
  } finally {
    await capture.close();
  }
}
