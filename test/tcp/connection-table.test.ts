import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConnectionFlag, Field, RECORD_SIZE } from "../../src/tcp/connection.ts";
import { ConnectionTable } from "../../src/tcp/connection-table.ts";

type Endpoints = readonly [addressA: number, portA: number, addressB: number, portB: number];

function keyOf([addressA, portA, addressB, portB]: Endpoints): string {
  return [`${addressA}:${portA}`, `${addressB}:${portB}`].sort().join();
}

function reversed([addressA, portA, addressB, portB]: Endpoints): Endpoints {
  return [addressB, portB, addressA, portA];
}

/** A small world: few addresses, a host that talks to itself, ports at both ends of their range. */
const endpoints = fc
  .tuple(
    fc.nat(5),
    fc.constantFrom(0, 80, 81, 40_000, 65_535),
    fc.nat(5),
    fc.constantFrom(0, 80, 81, 40_000, 65_535),
  )
  .filter(([addressA, portA, addressB, portB]) => addressA !== addressB || portA !== portB);

describe("the connection table", () => {
  test("finds a connection from either of its ends", () => {
    const table = new ConnectionTable();
    const slot = table.add(7, 40_000, 3, 80);
    expect(table.find(7, 40_000, 3, 80)).toBe(slot);
    expect(table.find(3, 80, 7, 40_000)).toBe(slot);
    expect(table.find(3, 40_000, 7, 80)).toBe(-1);
  });

  test.each<[string, Endpoints]>([
    ["the higher address", [7, 40_000, 3, 80]],
    ["the lower address", [3, 40_000, 7, 80]],
    ["the higher port of one host", [3, 40_000, 3, 80]],
    ["the lower port of one host", [3, 80, 3, 40_000]],
  ])("makes the sender of the first segment side 0: %s", (_, [addressA, portA, addressB, portB]) => {
    const table = new ConnectionTable();
    const slot = table.add(addressA, portA, addressB, portB);
    expect(table.sideOf(slot, addressA, portA)).toBe(0);
    expect(table.sideOf(slot, addressB, portB)).toBe(1);
    expect([table.addressOf(slot, 0), table.portOf(slot, 0)]).toEqual([addressA, portA]);
    expect([table.addressOf(slot, 1), table.portOf(slot, 1)]).toEqual([addressB, portB]);
  });

  test("hands a slot out again with nothing of its last connection in it", () => {
    const table = new ConnectionTable();
    const slot = table.add(1, 1, 2, 2);
    const page = table.page(slot);
    const record = table.recordAt(slot);
    for (let offset = Field.FLAGS; offset < RECORD_SIZE; offset += 4)
      page.setUint32(record + offset, page.getUint32(record + offset, true) | 0xf0f0f0f0, true);
    table.remove(slot);
    expect(page.getUint32(record + Field.FLAGS, true) & ConnectionFlag.IN_USE).toBe(0);
    expect(table.add(3, 3, 4, 4)).toBe(slot);
    const state = [];
    for (let offset = Field.ORDINAL; offset < RECORD_SIZE; offset += 4)
      state.push(page.getUint32(record + offset, true));
    expect(state.filter((word) => word !== 0)).toEqual([]);
  });

  test("agrees with a map, whatever is added and removed", () => {
    const operations = fc.array(fc.tuple(fc.constantFrom("add", "add", "remove", "find"), endpoints), {
      maxLength: 400,
      size: "max",
    });
    fc.assert(
      fc.property(operations, (steps) => {
        const table = new ConnectionTable();
        const oracle = new Map<string, number>();
        for (const [step, ends] of steps) {
          const known = oracle.get(keyOf(ends)) ?? -1;
          expect(table.find(...ends)).toBe(known);
          expect(table.find(...reversed(ends))).toBe(known);
          if (step === "add" && known === -1) {
            const slot = table.add(...ends);
            expect([...oracle.values()]).not.toContain(slot);
            oracle.set(keyOf(ends), slot);
          } else if (step === "remove" && known !== -1) {
            table.remove(known);
            oracle.delete(keyOf(ends));
          }
          expect(table.size).toBe(oracle.size);
        }
        for (const slot of oracle.values()) expect(slot).toBeLessThan(table.slots);
      }),
    );
  });

  test("keeps 20,000 connections apart while the index grows and half of them leave", () => {
    const table = new ConnectionTable();
    const ends = (index: number): Endpoints => [index % 7, 1024 + (index >> 3), 9, 80 + (index & 7)];
    const slots = Array.from({ length: 20_000 }, (_, index) => table.add(...ends(index)));
    expect(new Set(slots).size).toBe(20_000);
    for (let index = 0; index < 20_000; index += 2) table.remove(slots[index] ?? -1);
    for (let index = 0; index < 20_000; index++)
      expect(table.find(...ends(index))).toBe(index % 2 === 0 ? -1 : slots[index]);
    // Freed slots first: the table is no larger for what comes next.
    for (let index = 0; index < 20_000; index += 2) table.add(...ends(index));
    expect(table.slots).toBe(20_000);
  });
});
