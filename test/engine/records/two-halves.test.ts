/**
 * Tracking by the plain engine, counting by the compiled one, and records between them whose buffers grow all the time: the result
 * is that of the compiled engine alone.
 */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { wantedExchanges } from "../../../src/analysis/ended-exchanges.ts";
import { ExchangeTeller } from "../../../src/analysis/exchange-teller.ts";
import { PlainTracking, plainEngine } from "../../../src/analysis/plain.ts";
import { RecordAnalysis } from "../../../src/analysis/record-analysis.ts";
import { FrameTracker, wantsEverySegment } from "../../../src/analysis/track-frames.ts";
import { openCapture } from "../../../src/capture/open-capture.ts";
import type { AnalysisOptions } from "../../../src/metrics/analysis-options.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import type { RunMetrics } from "../../../src/metrics/run-metrics.ts";
import { corpusFiles, HAS_CORPUS } from "../../capture/corpus.ts";
import { BACKENDS, BALANCER, CAPTURES, capturePath } from "../../known-truth/captures.ts";

/** Room for almost nothing after each batch: it has to grow. */
class NarrowTracking extends PlainTracking {
  override writeRecordsTo(buffer: number): void {
    super.writeRecordsTo(buffer);
    this.tracker.records.words = new Int32Array(3);
    this.tracker.records.octets = new Uint8Array(3);
  }
}

async function inTwoHalves(path: string, options: AnalysisOptions): Promise<RunMetrics> {
  const capture = await openCapture(path);
  const tracker = new FrameTracker(wantsEverySegment(options), {
    tracking: (everySegment) => new NarrowTracking(everySegment),
    counting: plainEngine.counting,
  });
  const analysis = new RecordAnalysis(options, wantedExchanges(options));
  const teller = new ExchangeTeller(options, analysis.addressText);
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      tracker.feed(batch);
      teller.tell(analysis.feed(tracker.take()), capture.startNs);
    }
    tracker.finish();
    teller.tell(analysis.feed(tracker.take()), capture.startNs);
    const { metrics, ended } = analysis.finish(tracker.facts, capture);
    teller.tell(ended, capture.startNs);
    teller.finish();
    return metrics;
  } finally {
    await capture.close();
  }
}

const TESTBED: AnalysisOptions = {
  balancer: BALANCER,
  backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address })),
};

/** The result, and every exchange in its order. `analyze` makes `tails` of these exchanges, not of the halves. */
async function everything(
  run: (options: AnalysisOptions) => Promise<RunMetrics>,
  options: AnalysisOptions,
): Promise<readonly [RunMetrics, readonly ExchangeRow[]]> {
  const rows: ExchangeRow[] = [];
  const { tails, ...metrics } = await run({ ...options, onExchange: (row) => rows.push(row) });
  return [metrics, rows];
}

async function expectTheSame(path: string, options: AnalysisOptions): Promise<void> {
  const whole = await everything((all) => analyze(path, all), options);
  const halves = await everything((all) => inTwoHalves(path, all), options);
  expect(halves).toEqual(whole);
}

describe("an analysis in two halves is that in one", () => {
  const names = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

  test.each(names)("%s", async (name) => {
    await expectTheSame(capturePath(name), {});
    await expectTheSame(capturePath(name), { ...TESTBED, chartData: true });
  });

  test.skipIf(!HAS_CORPUS)("the corpus [needs LBQOS_CORPUS, captures of public test suites]", async () => {
    const captures = corpusFiles().filter(({ frames, status }) => status === 0 && frames > 0);
    expect(captures.length).toBeGreaterThan(100);
    for (const { path } of captures) await expectTheSame(path, {});
  });
});
