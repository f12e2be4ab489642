import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Connection } from "../../../src/engine/tcp/connection.ts";
import { Coverage } from "../../../src/engine/tcp/coverage.ts";
import type { Hole } from "../../../src/engine/tcp/hole.ts";
import { sequenceAdd, sequenceDistance } from "../../../src/engine/tcp/sequence.ts";

/** Sequence numbers wrap in the middle of what is drawn. */
const BASE = 2 ** 32 - 20;

/** What is said of a segment, and whether it lay, at least in part, in a hole. */
interface Taken extends Pick<Coverage, "newSpace" | "seenAgain" | "skipped" | "filled"> {
  readonly late: boolean;
}

/** A direction, and the sequence space that it has seen as a picture: `#` seen, `.` a hole. */
class Picture {
  readonly coverage = new Coverage();
  readonly connection = new Connection(0);
  readonly direction = this.connection.first;
  #highest = 0;

  get holes(): readonly Hole[] {
    return this.direction.holes ?? [];
  }

  take(start: number, end: number, timeNs = 0): Taken {
    const { isCovered } = this.direction;
    this.coverage.take(this.direction, sequenceAdd(BASE, start), sequenceAdd(BASE, end), timeNs);
    const { newSpace, seenAgain, skipped, filled } = this.coverage;
    const beyond = Math.max(0, end - Math.max(start, this.#highest));
    this.#highest = Math.max(this.#highest, end);
    return { newSpace, seenAgain, skipped, filled, late: isCovered && newSpace > beyond };
  }

  skipTo(sequence: number, timeNs = 0): Coverage {
    this.coverage.skipTo(this.direction, sequenceAdd(BASE, sequence), timeNs);
    this.#highest = Math.max(this.#highest, sequence);
    return this.coverage;
  }

  skipAcknowledged(acknowledgement: number, timeNs = 0): void {
    this.coverage.skipAcknowledged(this.direction, sequenceAdd(BASE, acknowledgement), timeNs);
    this.#highest = Math.max(this.#highest, acknowledgement);
  }

  /** Drops holes until none is left that may be dropped. */
  dropAcknowledged(acknowledgement: number, openedBeforeNs: number): string[] {
    const absolute = sequenceAdd(BASE, acknowledgement);
    const dropped: string[] = [];
    for (;;) {
      const hole = this.coverage.dropAcknowledged(this.direction, absolute, openedBeforeNs);
      if (hole === null) return dropped;
      dropped.push(`${sequenceDistance(hole.start, BASE)}:${sequenceDistance(hole.end, BASE)}`);
    }
  }

  toString(): string {
    const cells = Array.from({ length: this.#highest }, () => "#");
    for (const { start, end } of this.holes) {
      for (let place = sequenceDistance(start, BASE); place < sequenceDistance(end, BASE); place++)
        cells[place] = cells[place] === "#" ? "." : "twice";
    }
    return cells.join("");
  }
}

describe("the sequence space that the tap has seen", () => {
  test("in order: no holes", () => {
    const picture = new Picture();
    picture.take(0, 10);
    expect(picture.take(10, 30)).toMatchObject({
      newSpace: 20,
      seenAgain: 0,
      skipped: 0,
      filled: null,
      late: false,
    });
    expect(`${picture}`).toBe("##############################");
  });

  test("a jump opens a hole and says how much it skipped", () => {
    const picture = new Picture();
    picture.take(0, 4);
    expect(picture.take(10, 14)).toMatchObject({ newSpace: 4, seenAgain: 0, skipped: 6 });
    expect(`${picture}`).toBe("####......####");
  });

  test("what lies before the first segment was never asked for", () => {
    const picture = new Picture();
    picture.take(10, 14);
    expect(picture.take(0, 4)).toMatchObject({ newSpace: 0, seenAgain: 4 });
    expect(picture.holes).toEqual([]);
  });

  test("a hole filled from the front, the back, the middle, and whole", () => {
    const picture = new Picture();
    picture.take(0, 2);
    picture.take(20, 22, 5);
    expect(`${picture}`).toBe("##..................##");
    const whole = { openedNs: 5, acknowledged: false };
    expect(picture.take(2, 5)).toMatchObject({ newSpace: 3, filled: whole, late: true });
    expect(`${picture}`).toBe("#####...............##");
    expect(picture.take(17, 20)).toMatchObject({ newSpace: 3, filled: whole });
    expect(`${picture}`).toBe("#####............#####");
    expect(picture.take(8, 10)).toMatchObject({ newSpace: 2, filled: whole });
    expect(`${picture}`).toBe("#####...##.......#####");
    expect(picture.take(5, 8)).toMatchObject({ newSpace: 3, seenAgain: 0, filled: whole });
    expect(`${picture}`).toBe("##########.......#####");
    expect(picture.take(10, 17).filled).toMatchObject(whole);
    expect(`${picture}`).toBe("######################");
  });

  test("one segment over several holes and what lies between them", () => {
    const picture = new Picture();
    picture.take(0, 2);
    picture.take(4, 6);
    picture.take(8, 10);
    expect(`${picture}`).toBe("##..##..##");
    expect(picture.take(1, 12)).toMatchObject({ newSpace: 6, seenAgain: 5, late: true });
    expect(`${picture}`).toBe("############");
  });

  test("seen again: no new space, no hole", () => {
    const picture = new Picture();
    picture.take(0, 10);
    expect(picture.take(3, 7)).toMatchObject({ newSpace: 0, seenAgain: 4, late: false, filled: null });
    expect(picture.take(8, 12)).toMatchObject({ newSpace: 2, seenAgain: 2 });
    expect(`${picture}`).toBe("############");
  });

  test("a pure ACK beyond the highest end opens a hole up to itself, one within it does not", () => {
    const picture = new Picture();
    expect(picture.skipTo(5).skipped).toBe(0);
    picture.take(0, 4);
    expect(picture.skipTo(4).skipped).toBe(0);
    expect(picture.skipTo(9).skipped).toBe(5);
    expect(`${picture}`).toBe("####.....");
  });

  test("holes that the receiver has acknowledged are dropped once they are old enough", () => {
    const picture = new Picture();
    picture.take(0, 2);
    picture.take(4, 6, 100);
    picture.take(8, 10, 300);
    picture.skipAcknowledged(12, 400);
    expect(`${picture}`).toBe("##..##..##..");
    expect(picture.dropAcknowledged(12, 99)).toEqual([]);
    expect(picture.dropAcknowledged(3, 1000)).toEqual([]);
    expect(picture.dropAcknowledged(12, 300)).toEqual(["2:4", "6:8"]);
    expect(`${picture}`).toBe("##########..");
    expect(picture.holes).toMatchObject([{ acknowledged: true }]);
  });

  test("a direction's holes are its own, and forgotten with it", () => {
    const picture = new Picture();
    picture.take(0, 2);
    picture.take(4, 6);
    expect(picture.holes.length).toBe(1);
    expect(picture.connection.second.holes).toBe(null);
    picture.connection.clear();
    expect(picture.direction.holes).toBe(null);
    expect(picture.holes).toEqual([]);
  });

  test("agrees with a bitmap, whatever comes", () => {
    const segments = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 })), {
      maxLength: 60,
      size: "max",
    });
    fc.assert(
      fc.property(segments, (taken) => {
        const picture = new Picture();
        const seen: boolean[] = [];
        const first = taken[0]?.[0] ?? 0;
        // Nothing before the first segment is missed.
        for (let place = 0; place < first; place++) seen[place] = true;
        for (const [start, length] of taken) {
          let fresh = 0;
          const highest = seen.length;
          for (let place = highest; place < start; place++) seen[place] = false;
          for (let place = start; place < start + length; place++) {
            if (seen[place] !== true) fresh++;
            seen[place] = true;
          }
          const skipped = Math.max(0, start - highest);
          expect(picture.take(start, start + length)).toMatchObject({
            newSpace: fresh,
            seenAgain: length - fresh,
            skipped: highest === first ? 0 : skipped,
          });
          expect(`${picture}`).toBe(seen.map((place) => (place ? "#" : ".")).join(""));
        }
      }),
    );
  });

  test("more than 1024 holes: the oldest is forgotten, and memory is bounded", () => {
    const picture = new Picture();
    for (let index = 0; index <= 1100; index++) picture.take(index * 4, index * 4 + 2);
    expect(picture.holes.length).toBe(1024);
    expect(sequenceDistance(picture.holes[0]?.start ?? 0, BASE)).toBe((1100 - 1024) * 4 + 2);
  });
});
