import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Connection, type Direction } from "../../../src/engine/tcp/connection.ts";
import { Flight, MAX_IN_FLIGHT } from "../../../src/engine/tcp/flight.ts";
import type { FlightEntry } from "../../../src/engine/tcp/flight-entry.ts";
import { sequenceAdd } from "../../../src/engine/tcp/sequence.ts";

/** Two directions without segments in flight. */
function emptyDirections(): readonly [Direction, Direction] {
  const connection = new Connection(0);
  return [connection.first, connection.second];
}

/** Sequence numbers wrap within the first hundred bytes. */
const BASE = 2 ** 32 - 50;

/** Start of each segment in flight, relative to BASE, from head to tail. */
function startsIn(direction: Direction): number[] {
  const starts: number[] = [];
  let last: FlightEntry | null = null;
  for (let entry = direction.flightHead; entry !== null; entry = entry.next) {
    starts.push((entry.start - BASE) >>> 0);
    last = entry;
  }
  expect(direction.flightTail).toBe(last);
  expect(direction.flightCount).toBe(starts.length);
  return starts;
}

function add(flight: Flight, direction: Direction, start: number): void {
  flight.add(direction, sequenceAdd(BASE, start), sequenceAdd(BASE, start + 10), start, 0);
}

/** The first segment in flight. @throws Error where none is */
function headOf({ flightHead }: Direction): FlightEntry {
  if (flightHead === null) throw new Error("no segment is in flight");
  return flightHead;
}

describe("segments in flight", () => {
  test("are in order of sequence number over the wrap, late ones put in their place", () => {
    const flight = new Flight();
    const [direction] = emptyDirections();
    for (const start of [10, 40, 100, 20, 0, 70, 200]) add(flight, direction, start);
    expect(startsIn(direction)).toEqual([0, 10, 20, 40, 70, 100, 200]);
  });

  test("know their end, their copies and their times", () => {
    const flight = new Flight();
    const [direction] = emptyDirections();
    flight.add(direction, 4_294_967_290, 14, 5_000, 77);
    const head = headOf(direction);
    expect([head.start, head.end]).toEqual([4_294_967_290, 14]);
    expect([head.copies, head.firstNs, head.lastNs]).toEqual([1, 5_000, 5_000]);
    expect([head.firstTimestamp, head.lastTimestamp]).toEqual([77, 77]);
    flight.repeat(head, 1, 9_000, 99);
    expect([head.copies, head.firstNs, head.lastNs]).toEqual([2, 5_000, 9_000]);
    expect([head.firstTimestamp, head.lastTimestamp]).toEqual([77, 99]);
  });

  test("two directions do not touch each other, and a cleared one is empty", () => {
    const flight = new Flight();
    const [first, second] = emptyDirections();
    for (const start of [0, 10, 20]) {
      add(flight, first, start);
      add(flight, second, start + 500);
    }
    flight.clear(first);
    expect(startsIn(first)).toEqual([]);
    expect(startsIn(second)).toEqual([500, 510, 520]);
  });

  test("agree with sorted lists, whatever is added and dropped", () => {
    const steps = fc.array(fc.tuple(fc.nat(1), fc.constantFrom("add", "add", "drop"), fc.nat(1000)), {
      maxLength: 200,
      size: "max",
    });
    fc.assert(
      fc.property(steps, (operations) => {
        const flight = new Flight();
        const directions = emptyDirections();
        const oracle: [number[], number[]] = [[], []];
        for (const [side, operation, start] of operations) {
          const list = oracle[side === 0 ? 0 : 1];
          const direction = directions[side === 0 ? 0 : 1];
          if (operation === "add") {
            add(flight, direction, start);
            list.push(start);
            list.sort((a, b) => a - b);
          } else if (list.shift() !== undefined) flight.dropHead(direction, headOf(direction));
        }
        expect(directions.map(startsIn)).toEqual(oracle);
      }),
    );
  });

  test("10,000 at once: the list grows and keeps what is in it", () => {
    const flight = new Flight();
    const [direction] = emptyDirections();
    const starts = Array.from({ length: 10_000 }, (_, index) => index * 10);
    for (const start of starts) add(flight, direction, start);
    expect(startsIn(direction)).toEqual(starts);
    expect(direction.flightTail?.firstNs).toBe(99_990);
  });

  test("are split where a part is seen again, in order, and know that they are parts", () => {
    const flight = new Flight();
    const [direction] = emptyDirections();
    for (const start of [0, 10]) add(flight, direction, start);
    const middle = flight.split(direction, headOf(direction), sequenceAdd(BASE, 4));
    expect(flight.split(direction, middle, sequenceAdd(BASE, 6)).end).toBe(sequenceAdd(BASE, 10));
    expect(startsIn(direction)).toEqual([0, 4, 6, 10]);
    expect([headOf(direction).isPart, middle.isPart, direction.flightTail?.isPart]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("are not split without end", () => {
    const flight = new Flight();
    const [direction] = emptyDirections();
    flight.add(direction, 0, 60_000, 0, 0);
    let last = headOf(direction);
    for (let at = 1; at < 50_000; at++) last = flight.split(direction, last, at);
    expect(direction.flightCount).toBe(MAX_IN_FLIGHT);
    expect(last).toBe(direction.flightTail);
  });
});
