/**
 * The WebAssembly program and the same sources run as plain TypeScript count the same, number for number: what the other
 * tests say of the http and tally rooms' TypeScript holds for the program that lbqos runs.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RecordCounter } from "../../src/analysis/count-records.ts";
import { wantedExchanges } from "../../src/analysis/ended-exchanges.ts";
import { plainEngine } from "../../src/analysis/plain.ts";
import { FrameTracker } from "../../src/analysis/track-frames.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { ReadingsWriter } from "../../src/engine/readings/readings-writer.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { corpusFiles, HAS_CORPUS } from "../capture/corpus.ts";
import { BACKENDS, BALANCER, CAPTURES, capturePath } from "../known-truth/captures.ts";
import { randomBatches } from "./random-frames.ts";
import { casesIn } from "./tcp/golden-cases.ts";
import { frameOf } from "./tcp/segment-frames.ts";
import { parseSegments } from "./tcp/segment-notation.ts";

const RANDOM_CAPTURES = 60;
const NUMBERS_SHOWN = 12;
/** RecordBatch are read, and what was counted is compared, once for so many batches. */
const BATCHES = 8;
const CONVERSATIONS_FOLDER = new URL("./tcp/", import.meta.url);

const EVERYTHING: AnalysisOptions = {
  chartData: true,
  live: true,
  onExchange: () => {},
  onBalancedExchange: () => {},
};
const TESTBED: AnalysisOptions = {
  onBalancedExchange: () => {},
  balancer: BALANCER,
  backends: Object.entries(BACKENDS).map(([name, address]) => ({ name, address, port: 80 })),
};

/** Both counters, which must agree whenever they are asked. */
class Both {
  readonly #tracker = new FrameTracker(true);
  readonly #program: RecordCounter;
  readonly #plain: RecordCounter;
  /** Numbers compared so far. */
  numbers = 0;

  constructor(options: AnalysisOptions) {
    this.#program = new RecordCounter(options, wantedExchanges(options));
    this.#plain = new RecordCounter(options, wantedExchanges(options), plainEngine);
  }

  feed(batch: FrameBatch): void {
    this.#tracker.feed(batch);
    this.#read();
  }

  finish(): void {
    this.#tracker.finish();
    this.#read();
    this.#program.finish();
    this.#plain.finish();
    this.compare();
  }

  /** @throws AssertionError where a number differs */
  compare(): void {
    const { latestNs } = this.#tracker.facts.frames;
    const nowNs = Number.isFinite(latestNs) ? latestNs : 0;
    const plain = everything(this.#plain, nowNs);
    const program = everything(this.#program, nowNs);
    for (const [part, numbers] of program.entries()) {
      const expected = plain[part] ?? [];
      this.numbers += numbers.length;
      const place = numbers.findIndex((number, index) => !Object.is(number, expected[index]));
      const around = (all: readonly number[]) => all.slice(Math.max(0, place - 4), place + NUMBERS_SHOWN);
      if (place !== -1) expect(around(numbers), `part ${part}, from ${place} on`).toEqual(around(expected));
      expect(numbers.length).toBe(expected.length);
    }
    expect(program.length).toBe(plain.length);
  }

  #read(): void {
    const records = this.#tracker.take();
    const copy = { words: records.words.slice(), octets: records.octets.slice(), hasTls: records.hasTls };
    this.#program.read(copy);
    this.#plain.read(copy);
  }
}

/** Every reading that there is: totals, list, each pair, and the exchanges since the last time. */
function everything(counter: RecordCounter, nowNs: number): number[][] {
  const totals = numbersOf(counter.totals());
  const listed = counter.list();
  const pairs = listed.map((_, place) => numbersOf(counter.pair(place, nowNs, true)));
  const together = numbersOf(
    counter.together(listed.flatMap(({ isTotal }, place) => (isTotal ? [] : [place]))),
  );
  const { exchanges, balancedExchanges } = counter.takeEnded();
  const rows = [[...exchanges], [...balancedExchanges], [counter.addressTextsFrom(0).length]];
  return [totals, listed.flatMap(numbersOf), ...pairs, together, ...rows];
}

/** What was taken, put again: so both ways of each group of readings are seen to agree. */
function numbersOf(readings: { put(to: ReadingsWriter): void }): number[] {
  const writer = new ReadingsWriter();
  readings.put(writer);
  return Array.from(writer.values.subarray(0, writer.length));
}

describe("the program and its sources as TypeScript count the same", () => {
  const names = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

  test.each(names)("in %s", async (name) => {
    for (const options of [EVERYTHING, TESTBED]) {
      const both = new Both(options);
      await feedCapture(both, capturePath(name));
      both.finish();
      expect(both.numbers).toBeGreaterThan(500);
    }
  });

  test.skipIf(!HAS_CORPUS)("in the corpus [needs LBQOS_CORPUS, captures of public test suites]", async () => {
    const captures = corpusFiles().filter(({ frames, status }) => status === 0 && frames > 0);
    expect(captures.length).toBeGreaterThan(100);
    for (const { path } of captures) {
      const both = new Both(EVERYTHING);
      await feedCapture(both, path);
      both.finish();
    }
  });

  test("in the conversations of the tcp room's tests", () => {
    let numbers = 0;
    for (const file of readdirSync(CONVERSATIONS_FOLDER).filter(isConversation)) {
      for (const { blocks } of casesIn(readFileSync(new URL(file, CONVERSATIONS_FOLDER), "utf8"))) {
        const both = new Both(EVERYTHING);
        feedText(both, blocks.get("segments") ?? "");
        both.finish();
        numbers += both.numbers;
      }
    }
    expect(numbers).toBeGreaterThan(10_000);
  });

  test(`in ${RANDOM_CAPTURES} captures at random: out of order, lost, repeated, in fragments, damaged`, () => {
    let numbers = 0;
    for (let seed = 0; seed < RANDOM_CAPTURES; seed++) {
      const both = new Both(EVERYTHING);
      for (const batch of randomBatches(seed)) {
        both.feed(batch);
        both.compare();
      }
      both.finish();
      numbers += both.numbers;
    }
    expect(numbers).toBeGreaterThan(RANDOM_CAPTURES * 1000);
  });
});

function isConversation(name: string): boolean {
  return name.endsWith(".md") && name !== "README.md";
}

async function feedCapture(both: Both, path: string): Promise<void> {
  const capture = await openCapture(path);
  let batches = 0;
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      both.feed(batch);
      if (++batches % BATCHES === 0) both.compare();
    }
  } finally {
    await capture.close();
  }
}

/** Feeds segments as they are written for the tcp room's tests. */
function feedText(both: Both, text: string): void {
  const plans = parseSegments(text);
  const frames = plans.map((plan) => frameOf(plan));
  const batch = new FrameBatch(frames.length);
  batch.reset(Buffer.concat(frames));
  let offset = 0;
  for (const [index, { length }] of frames.entries()) {
    batch.push(offset, length, length, plans[index]?.timeNs ?? 0, 1, 0);
    offset += length;
  }
  both.feed(batch);
}
