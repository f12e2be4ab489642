/** Many connections, many copies of one packet: what is kept of them is bounded, and right. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { measurePath } from "../../src/path/measure-path.ts";
import { TapWindow } from "../../src/path/tap-window.ts";
import { capturesOf, steadyTraffic, type TestPacket } from "./two-taps.ts";

test("of 3000 connections each packet is matched", async () => {
  const packets = steadyTraffic(3000, (packet, index) => ({
    ...packet,
    port: 20_000 + Math.floor(index / 2),
    sentNs: packet.sentNs / 10,
    delaysNs: index === 4001 ? [] : packet.delaysNs,
  }));
  const { forward, backward } = await measurePath(...capturesOf(packets));
  expect([forward.sent, forward.lost, backward.sent, backward.lost]).toEqual([3000, 0, 3000, 1]);
});

test("the segment size of a handshake is known behind 2000 others", async () => {
  const handshakes = Array.from({ length: 2000 }, (_, index): TestPacket[] => {
    const syn = { sentNs: index * 1e5, port: 20_000 + index, maximumSegmentSize: 1000 };
    return [
      { ...syn, isForward: true, delaysNs: [1e6], ipId: 1 + index, flags: 0x02, sequence: index },
      { ...syn, isForward: false, delaysNs: [1e6], ipId: 5000 + index, flags: 0x12, sequence: 7 * index },
    ];
  }).flat();
  const data = Array.from({ length: 60 }, (_, index): TestPacket => {
    const burst = Math.floor(index / 2);
    return {
      isForward: true,
      sentNs: 1e9 + burst * 1e7 + (index % 2),
      delaysNs: [1e6 + 500 * (index % 2)],
      port: 20_000,
      ipId: 20_000 + index,
      sequence: 1000 * index,
      acknowledgement: burst,
      flags: index % 2 === 0 ? 0x10 : 0x18,
      payload: Buffer.alloc(1000, index),
    };
  });
  const joined = data.flatMap((packet, index) =>
    index % 2 === 1
      ? []
      : [
          {
            ...packet,
            flags: 0x18,
            payload: Buffer.concat(
              [packet.payload, data[index + 1]?.payload].map((part) => part ?? Buffer.alloc(0)),
            ),
          },
        ],
  );
  const [first] = capturesOf([...handshakes, ...joined]);
  const [, second] = capturesOf([...handshakes, ...data]);
  const { matching, forward } = await measurePath(first, second);
  expect(matching.splitFrames).toBe(true);
  expect([forward.sent, forward.lost]).toEqual([2060, 0]);
});

test("of 400 alike under way at a time none is lost, and delays are right", async () => {
  const packets = steadyTraffic(30, (packet) => ({ ...packet, ipId: 0 }));
  const alike = Array.from({ length: 400 }, (_, index): TestPacket => {
    return {
      isForward: false,
      sentNs: 400e6 + index * 1000,
      delaysNs: [3e6],
      sequence: 500,
      acknowledgement: 9,
    };
  });
  const { backward } = await measurePath(...capturesOf([...packets, ...alike]), { synchronousClocks: true });
  expect([backward.sent, backward.lost, backward.duplicated]).toEqual([430, 0, 0]);
  expect(backward.delayMs?.max).toBeLessThan(3.5);
});

test("a window finds what a list of its packets has", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("push" as const), print: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ kind: fc.constant("match" as const), print: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ kind: fc.constant("pop" as const), print: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 0, max: 20_000 }), (steps, before) => {
      const window = new TapWindow();
      // So many came and went before that places are used again, and the table has grown.
      for (let number = 0; number < before; number++) {
        window.push(number, number, number, 0, 0);
        if (number % 3 !== 0) window.pop();
      }
      while (window.head < window.tail) window.pop();
      const list: { number: number; print: number; isMatched: boolean }[] = [];
      for (const { kind, print } of steps) {
        if (kind === "push") list.push({ number: window.push(print, 7, 0, 0, 0), print, isMatched: false });
        else if (kind === "pop" && list.length > 0) {
          window.pop();
          list.shift();
        }
        const waiting = list.findLast((one) => one.print === print && !one.isMatched);
        expect(window.waiting(print, 7, window.tail)).toBe(waiting?.number ?? -1);
        if (kind !== "match" || waiting === undefined) continue;
        window.match(waiting.number);
        waiting.isMatched = true;
      }
    }),
    { numRuns: 100, seed: 5 },
  );
});
