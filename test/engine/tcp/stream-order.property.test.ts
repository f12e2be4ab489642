/** The order of streams against a dumb oracle: whatever the network does, each byte is told once, in its place. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type InitialSequences, USUAL_SEQUENCES, WRAPPING_SEQUENCES } from "./plan-segment.ts";
import { play } from "./play-segments.ts";
import { type PlannedSegment, parseSegments } from "./segment-notation.ts";

/** A piece of the stream that the client sends, and what becomes of it on its way to the tap. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly held: number;
  /** Places in the order of the capture, one for each copy; none: it is lost. */
  readonly turns: readonly number[];
}

const STREAM_LENGTH = 400;
const HANDSHAKE = ["0 > S 0", "0 < S 0 ack 1"];

/** A stream cut at random; some pieces cross the cuts, as a sender's repetitions may. */
const pieces: fc.Arbitrary<readonly Piece[]> = fc
  .array(fc.integer({ min: 2, max: STREAM_LENGTH }), { maxLength: 25, size: "max" })
  .chain((cuts) => {
    const edges = [...new Set([1, ...cuts, STREAM_LENGTH + 1])].sort((a, b) => a - b);
    const cells = edges.slice(1).map((end, index) => ({ start: edges[index] ?? 1, end }));
    const crossing = edges.slice(2).map((end, index) => ({ start: edges[index] ?? 1, end: end - 1 }));
    return fc.tuple(
      ...cells.map((cell) => fated(cell, fc.integer({ min: 0, max: 3 }))),
      ...crossing.map((cell) => fated(cell, fc.constantFrom(0, 0, 0, 1))),
    );
  });

function fated(cell: { start: number; end: number }, copies: fc.Arbitrary<number>): fc.Arbitrary<Piece> {
  const length = cell.end - cell.start;
  return fc
    .tuple(
      copies,
      fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 3, maxLength: 3 }),
      fc.nat(9),
      fc.nat(length),
    )
    .map(([count, delays, whole, cut]) => ({
      ...cell,
      held: whole > 0 ? length : cut,
      turns: delays.slice(0, count).map((delay) => cell.start + delay),
    }));
}

/** Segments in the order of their turns, 1 ms apart. */
function segmentsOf(sent: readonly Piece[], fin: boolean): PlannedSegment[] {
  const copies = sent.flatMap((piece) => piece.turns.map((turn) => ({ piece, turn })));
  if (fin)
    copies.push({
      piece: { start: STREAM_LENGTH + 1, end: STREAM_LENGTH + 1, held: 0, turns: [] },
      turn: 300,
    });
  const lines = copies
    .sort((a, b) => a.turn - b.turn)
    .map(({ piece: { start, end, held } }, index) =>
      start === end ? `${index + 1} > F ${start} ack 1` : `${index + 1} > ${start}:${end} ack 1 held ${held}`,
    );
  return parseSegments([...HANDSHAKE, ...lines].join("\n"));
}

/** What was told of the client's stream: one letter a byte, `#` data, `.` gap. */
function picture(stream: readonly string[]): string {
  let told = "";
  for (const line of stream) {
    const [, kind, start, end] = / > (data|gap) (\d+):(\d+)/.exec(line) ?? [];
    if (kind === undefined) continue;
    expect(Number(start), `${line} comes out of turn`).toBe(told.length + 1);
    told += (kind === "data" ? "#" : ".").repeat(Number(end) - Number(start));
  }
  expect(stream.filter((line) => line.includes("WRONG"))).toEqual([]);
  return told;
}

const initialSequences: fc.Arbitrary<InitialSequences> = fc.constantFrom(USUAL_SEQUENCES, WRAPPING_SEQUENCES);

test("what was given is handed on once and in order; gaps are exactly what was never given", () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), initialSequences, (sent, fin, initial) => {
      const given = sent.filter(({ turns }) => turns.length > 0);
      const last = fin ? STREAM_LENGTH : Math.max(0, ...given.map(({ end }) => end - 1));
      const cells: string[] = Array.from({ length: last }, () => ".");
      for (const { start, held } of given) cells.fill("#", start - 1, start - 1 + held);
      const { stream } = play(segmentsOf(sent, fin), initial);
      const told = picture(stream);
      // Of a segment cut by the snap length only the part that comes first in the stream is kept: a later copy of the
      // same bytes finds them told. So every byte told as data was given; whole segments are told whole.
      const cut = given.some(({ start, end, held }) => held < end - start);
      if (!cut) expect(told).toBe(cells.join(""));
      expect(told.length).toBe(last);
      for (const [index, cell] of [...told].entries()) if (cell === "#") expect(cells[index]).toBe("#");
      expect(stream.filter((line) => / > (fin|end|reset)\b/.test(line)).length).toBe(1);
      if (fin) expect(stream.some((line) => line.includes(" > fin"))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("holes given up early: still each byte once, in order, and none that was not given", () => {
  const acks = fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 1, max: STREAM_LENGTH + 1 })), {
    maxLength: 20,
    size: "max",
  });
  fc.assert(
    fc.property(pieces, acks, initialSequences, (sent, acknowledgements, initial) => {
      const data = segmentsOf(sent, false);
      const answers = parseSegments(
        acknowledgements.map(([time, ack]) => `${time} < 1 ack ${ack}`).join("\n"),
      );
      const all = [...data, ...answers].sort((a, b) => a.timeNs - b.timeNs);
      const { stream } = play(all, initial);
      const told = picture(stream);
      const given = new Set<number>();
      for (const { start, held, turns } of sent)
        for (let place = start; turns.length > 0 && place < start + held; place++) given.add(place);
      for (const [index, cell] of [...told].entries())
        if (cell === "#") expect(given.has(index + 1)).toBe(true);
      const last = Math.max(0, ...sent.filter(({ turns }) => turns.length > 0).map(({ end }) => end - 1));
      expect(told.length).toBeGreaterThanOrEqual(last);
      // What was acknowledged beyond all that was captured is a hole at the end.
      if (told.length === last) return;
      expect(told.slice(last)).toMatch(/^\.+$/);
      expect(acknowledgements.map(([, ack]) => ack)).toContain(told.length + 1);
    }),
    { numRuns: 300 },
  );
});

test("times never run backwards within a stream", () => {
  fc.assert(
    fc.property(pieces, (sent) => {
      const plans = segmentsOf(sent, true);
      let latest = 0;
      for (const line of play(plans).stream) {
        if (!/ > (data|gap) /.test(line)) continue;
        const number = Number(/ of #(\d+)/.exec(line)?.[1] ?? /^#(\d+)/.exec(line)?.[1]);
        const timeNs = plans[number - 1]?.timeNs ?? Number.NaN;
        expect(timeNs).toBeGreaterThanOrEqual(latest);
        latest = timeNs;
      }
    }),
  );
});

test("what waits behind a hole is bounded: 4096 segments, then the hole is given up", () => {
  const lines = ["0 > S 0", "0 < S 0 ack 1", "1 > 1:2 ack 1"];
  for (let index = 0; index < 4096; index++) lines.push(`${index + 2} > ${10 + index}:${11 + index} ack 1`);
  const waiting = play(parseSegments(lines.join("\n"))).stream;
  expect(waiting.filter((line) => line.includes("gap"))).toEqual(["end > gap 2:10 of #4 at 2 ms"]);
  lines.push("5000 > 4106:4107 ack 1");
  const { stream } = play(parseSegments(lines.join("\n")));
  expect(stream.filter((line) => line.includes("gap"))).toEqual(["#4100 > gap 2:10 of #4 at 2 ms"]);
  expect(stream.filter((line) => line.includes("data")).length).toBe(4098);
});
