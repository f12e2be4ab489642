/**
 * The tracking program and the same sources run as plain TypeScript write the same records, word for word: what the other tests
 * say of the segments and tcp rooms' TypeScript holds for the program that lbqos runs.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plainEngine } from "../../src/analysis/plain.ts";
import { FrameTracker, type TrackedFacts } from "../../src/analysis/track-frames.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import type { RecordBatch } from "../../src/engine/records/record-batch.ts";
import { corpusFiles, HAS_CORPUS } from "../capture/corpus.ts";
import { CAPTURES, capturePath } from "../known-truth/captures.ts";
import { randomBatches } from "./random-frames.ts";
import { casesIn } from "./tcp/golden-cases.ts";
import { USUAL_SEQUENCES, WRAPPING_SEQUENCES } from "./tcp/plan-segment.ts";
import { frameOf } from "./tcp/segment-frames.ts";
import { parseSegments } from "./tcp/segment-notation.ts";

const RANDOM_CAPTURES = 60;
const NUMBERS_SHOWN = 12;
/** What the tests of the tcp room are written in. */
const CONVERSATIONS_FOLDER = new URL("./tcp/", import.meta.url);
const CONVERSATIONS = readdirSync(CONVERSATIONS_FOLDER).filter(
  (name) => name.endsWith(".md") && name !== "README.md",
);

/** The engine run both ways, which must agree after every batch. */
class Both {
  readonly #program = new FrameTracker(true);
  readonly #plain = new FrameTracker(true, plainEngine);
  /** Words written so far, and the most of one batch. */
  numbers = 0;
  most = 0;
  octets = 0;

  feed(batch: FrameBatch): void {
    this.#program.feed(batch);
    this.#plain.feed(batch);
    this.#compare(this.#program.take(), this.#plain.take());
    expect(this.#program.facts).toEqual(this.#plain.facts);
  }

  /** Ends the capture. */
  finish(): TrackedFacts {
    this.#program.finish();
    this.#plain.finish();
    this.#compare(this.#program.take(), this.#plain.take());
    expect(this.#program.facts).toEqual(this.#plain.facts);
    return this.#program.facts;
  }

  #compare(program: RecordBatch, plain: RecordBatch): void {
    const { length } = plain.words;
    this.numbers += length;
    this.most = Math.max(this.most, length);
    this.octets += plain.octets.length;
    const place = firstDifference(program.words, plain.words);
    // Only what lies around the first difference: nobody reads ten thousand numbers.
    const around = (words: Int32Array) =>
      Array.from(words.subarray(Math.max(0, place - 4), place + NUMBERS_SHOWN));
    if (place !== -1) expect(around(program.words), `from number ${place} on`).toEqual(around(plain.words));
    expect(program.words.length).toBe(length);
    expect(Buffer.compare(program.octets, plain.octets)).toBe(0);
  }
}

/** Where two rows of numbers differ first, −1 = nowhere. */
function firstDifference(one: Int32Array, other: Int32Array): number {
  const length = Math.max(one.length, other.length);
  for (let place = 0; place < length; place++) if (one[place] !== other[place]) return place;
  return -1;
}

describe("the program and its sources as TypeScript find the same", () => {
  const names = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

  test.each(names)("in %s", async (name) => {
    const both = new Both();
    await feedCapture(both, capturePath(name));
    expect(both.finish().tcpFrames).toBeGreaterThan(1000);
    expect(both.numbers).toBeGreaterThan(10_000);
  });

  test.skipIf(!HAS_CORPUS)("in the corpus [needs LBQOS_CORPUS, captures of public test suites]", async () => {
    const captures = corpusFiles().filter(({ frames, status }) => status === 0 && frames > 0);
    expect(captures.length).toBeGreaterThan(100);
    for (const { path } of captures) {
      const both = new Both();
      await feedCapture(both, path);
      both.finish();
    }
  });

  test.each(CONVERSATIONS)("in the conversations of %s", (file) => {
    for (const { blocks } of casesIn(readFileSync(new URL(file, CONVERSATIONS_FOLDER), "utf8"))) {
      for (const initial of [USUAL_SEQUENCES, WRAPPING_SEQUENCES]) {
        const both = new Both();
        feedText(both, new FrameBatch(), [blocks.get("segments") ?? ""], initial);
        both.finish();
      }
    }
  });

  test(`in ${RANDOM_CAPTURES} captures at random: out of order, lost, repeated, in fragments, damaged`, () => {
    let octets = 0;
    let skipped = 0;
    for (let seed = 0; seed < RANDOM_CAPTURES; seed++) {
      const both = new Both();
      for (const batch of randomBatches(seed)) both.feed(batch);
      skipped += both.finish().skipped.size;
      octets += both.octets;
    }
    expect(octets).toBeGreaterThan(RANDOM_CAPTURES * 1000);
    expect(skipped).toBeGreaterThan(RANDOM_CAPTURES);
  });

  test("where tables grow and the oldest is forgotten: 70,000 connections, 1,100 holes, 10,100 in flight, 300 repeated", () => {
    const both = new Both();
    const batch = new FrameBatch();
    for (let first = 0; first < 70_000; first += 10_000) {
      fill(batch, 10_000, (index) => knock(first + index));
      both.feed(batch);
    }
    // Numbers for one batch's records too are more than there was room for.
    expect(both.most).toBeGreaterThan(1 << 17);
    const lines = ["300000 > S 0", "300001 < S 0 ack 1", "300001 > 1 ack 1"];
    for (let hole = 0; hole < 1_100; hole++)
      lines.push(`${300_002 + hole} > ${10 + 4 * hole}:${12 + 4 * hole} ack 1`);
    for (let data = 0; data < 10_100; data++) lines.push(`302000 < ${1 + data}:${2 + data} ack 1`);
    lines.push("302001 > 5000 ack 101");
    // The oldest of the repetitions that are remembered, and the one before it, are taken back.
    for (let again = 200; again < 500; again++) lines.push(`302010 < ${1 + again}:${2 + again} ack 1`);
    lines.push(
      "302020 > 5000 ack 9000 sack 244:245",
      "302021 > 5000 ack 9000 sack 245:246",
      "302030 < 10101 ack 4000",
      "302060 < 10101 ack 4001",
      "302090 > F 5000",
    );
    feedText(both, batch, lines);
    both.finish();
  });

  test("where more waits behind a hole than is kept", () => {
    const both = new Both();
    const lines = ["0 > S 0", "1 < S 0 ack 1", "2 > 1:2 ack 1"];
    for (let index = 0; index < 4_200; index++)
      lines.push(`${index + 3} > ${10 + index}:${11 + index} ack 1`);
    feedText(both, new FrameBatch(), lines);
    both.finish();
    expect(both.numbers).toBeGreaterThan(4_200);
  });
});

async function feedCapture(both: Both, path: string): Promise<void> {
  const capture = await openCapture(path);
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch())
      both.feed(batch);
  } finally {
    await capture.close();
  }
}

/** Feeds segments as they are written for the tcp room's tests. */
function feedText(both: Both, batch: FrameBatch, lines: readonly string[], initial = USUAL_SEQUENCES): void {
  const plans = parseSegments(lines.join("\n"));
  fill(batch, plans.length, (index) => {
    const plan = plans[index];
    if (plan === undefined) throw new Error(`no segment ${index}`);
    return { bytes: frameOf(plan, initial), timeNs: plan.timeNs };
  });
  both.feed(batch);
}

function fill(
  batch: FrameBatch,
  count: number,
  frameAt: (index: number) => { bytes: Buffer; timeNs: number },
): void {
  const frames = Array.from({ length: count }, (_, index) => frameAt(index));
  batch.reserveRows(count);
  batch.reset(Buffer.concat(frames.map(({ bytes }) => bytes)));
  let offset = 0;
  for (const { bytes, timeNs } of frames) {
    batch.push(offset, bytes.length, bytes.length, timeNs, 1, 0);
    offset += bytes.length;
  }
}

const [KNOCK] = parseSegments("0 > S 0 mss 1460");

/**
 * A SYN of a client of its own. 65,536 of them take a little more than the 180 s after which one is forgotten: from then on
 * the oldest one is.
 */
function knock(index: number): { bytes: Buffer; timeNs: number } {
  if (KNOCK === undefined) throw new Error("no segment");
  const bytes = frameOf(KNOCK);
  // Last two bytes of the source address, and the source port.
  bytes.writeUInt16BE(index & 0xffff, 28);
  bytes.writeUInt16BE(1024 + (index % 11), 34);
  return { bytes, timeNs: index * 2.75e6 };
}
