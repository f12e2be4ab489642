import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Direction, directionAt, RECORD_SIZE } from "../../src/tcp/connection.ts";
import { Flight, NONE } from "../../src/tcp/flight.ts";
import { sequenceAdd } from "../../src/tcp/sequence.ts";

/** Two directions without segments in flight. */
function emptyPage(): DataView {
  const page = new DataView(new ArrayBuffer(RECORD_SIZE));
  for (const direction of DIRECTIONS) {
    page.setInt32(direction + Direction.FLIGHT_HEAD, NONE, true);
    page.setInt32(direction + Direction.FLIGHT_TAIL, NONE, true);
  }
  return page;
}

const DIRECTIONS = [directionAt(0, 0), directionAt(0, 1)] as const;
/** Sequence numbers wrap within the first hundred bytes. */
const BASE = 2 ** 32 - 50;

/** Start of each segment in flight, relative to BASE, from head to tail. */
function startsIn(flight: Flight, page: DataView, direction: number): number[] {
  const starts: number[] = [];
  let last = NONE;
  let entry = page.getInt32(direction + Direction.FLIGHT_HEAD, true);
  for (; entry !== NONE; entry = flight.next(entry)) {
    starts.push((flight.start(entry) - BASE) >>> 0);
    last = entry;
  }
  expect(page.getInt32(direction + Direction.FLIGHT_TAIL, true)).toBe(last);
  expect(page.getUint32(direction + Direction.FLIGHT_COUNT, true)).toBe(starts.length);
  return starts;
}

function add(flight: Flight, page: DataView, direction: number, start: number): void {
  flight.add(page, direction, sequenceAdd(BASE, start), sequenceAdd(BASE, start + 10), start, 0);
}

describe("segments in flight", () => {
  test("are in order of sequence number over the wrap, late ones put in their place", () => {
    const flight = new Flight();
    const page = emptyPage();
    for (const start of [10, 40, 100, 20, 0, 70, 200]) add(flight, page, DIRECTIONS[0], start);
    expect(startsIn(flight, page, DIRECTIONS[0])).toEqual([0, 10, 20, 40, 70, 100, 200]);
  });

  test("know their end, their copies and their times", () => {
    const flight = new Flight();
    const page = emptyPage();
    flight.add(page, DIRECTIONS[0], 4_294_967_290, 14, 5_000, 77);
    const head = page.getInt32(DIRECTIONS[0] + Direction.FLIGHT_HEAD, true);
    expect([flight.start(head), flight.end(head)]).toEqual([4_294_967_290, 14]);
    expect([flight.copies(head), flight.firstNs(head), flight.lastNs(head)]).toEqual([1, 5_000, 5_000]);
    expect([flight.firstTimestamp(head), flight.lastTimestamp(head)]).toEqual([77, 77]);
    flight.repeat(head, 9_000, 99);
    expect([flight.copies(head), flight.firstNs(head), flight.lastNs(head)]).toEqual([2, 5_000, 9_000]);
    expect([flight.firstTimestamp(head), flight.lastTimestamp(head)]).toEqual([77, 99]);
  });

  test("two directions do not touch each other, and a cleared one is empty", () => {
    const flight = new Flight();
    const page = emptyPage();
    for (const start of [0, 10, 20]) {
      add(flight, page, DIRECTIONS[0], start);
      add(flight, page, DIRECTIONS[1], start + 500);
    }
    flight.clear(page, DIRECTIONS[0]);
    expect(startsIn(flight, page, DIRECTIONS[0])).toEqual([]);
    expect(startsIn(flight, page, DIRECTIONS[1])).toEqual([500, 510, 520]);
  });

  test("agree with sorted lists, whatever is added and dropped", () => {
    const steps = fc.array(fc.tuple(fc.nat(1), fc.constantFrom("add", "add", "drop"), fc.nat(1000)), {
      maxLength: 200,
      size: "max",
    });
    fc.assert(
      fc.property(steps, (operations) => {
        const flight = new Flight();
        const page = emptyPage();
        const oracle: [number[], number[]] = [[], []];
        for (const [side, operation, start] of operations) {
          const list = oracle[side === 0 ? 0 : 1];
          const direction = DIRECTIONS[side === 0 ? 0 : 1];
          if (operation === "add") {
            add(flight, page, direction, start);
            list.push(start);
            list.sort((a, b) => a - b);
          } else if (list.shift() !== undefined) flight.dropHead(page, direction);
        }
        expect(DIRECTIONS.map((direction) => startsIn(flight, page, direction))).toEqual(oracle);
      }),
    );
  });

  test("10,000 at once: the columns grow and keep what is in them", () => {
    const flight = new Flight();
    const page = emptyPage();
    const starts = Array.from({ length: 10_000 }, (_, index) => index * 10);
    for (const start of starts) add(flight, page, DIRECTIONS[0], start);
    expect(startsIn(flight, page, DIRECTIONS[0])).toEqual(starts);
    expect(flight.firstNs(page.getInt32(DIRECTIONS[0] + Direction.FLIGHT_TAIL, true))).toBe(99_990);
  });
});
