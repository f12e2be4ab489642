import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Connection } from "../../../src/engine/tcp/connection.ts";
import { ConnectionTable } from "../../../src/engine/tcp/connection-table.ts";
import { FlightEntry } from "../../../src/engine/tcp/flight-entry.ts";
import { Hole } from "../../../src/engine/tcp/hole.ts";
import { IdGap } from "../../../src/engine/tcp/id-gap.ts";
import { Suspicion } from "../../../src/engine/tcp/suspicion.ts";
import { WaitingQueue } from "../../../src/engine/tcp/waiting-segments.ts";

type Endpoints = readonly [addressA: number, portA: number, addressB: number, portB: number];

function keyOf([addressA, portA, addressB, portB]: Endpoints): string {
  return [`${addressA}:${portA}`, `${addressB}:${portB}`].sort().join();
}

function reversed([addressA, portA, addressB, portB]: Endpoints): Endpoints {
  return [addressB, portB, addressA, portA];
}

/** The side that these endpoints' first one is, -1 = neither. */
function sideOf(connection: Connection, address: number, port: number): number {
  return [0, 1].findIndex((side) => connection.address(side) === address && connection.port(side) === port);
}

/** What a record may refer to. */
const REFERRED: Readonly<Record<string, () => unknown>> = {
  waiting: () => new WaitingQueue(),
  holes: () => [new Hole(1, 2, 0, false)],
  flightHead: () => new FlightEntry(),
  flightTail: () => new FlightEntry(),
  idGaps: () => [new IdGap(1, 1, false, true)],
  suspicions: () => [new Suspicion(1, 2, 1, true, 0)],
};
/** What a connection keeps as long as it is in the table, and a direction for ever. */
const KEPT = new Set(["slot", "side", "lowAddress", "highAddress", "ports", "firstIsLow", "isInUse"]);

/** Writes something else into every field that says what was seen. */
function soil(record: object): void {
  for (const [name, value] of Object.entries(record)) {
    if (KEPT.has(name)) continue;
    if (typeof value === "number") Reflect.set(record, name, 0x70f0f0f0);
    else if (typeof value === "boolean") Reflect.set(record, name, !value);
    else if (value === null) Reflect.set(record, name, REFERRED[name]?.());
    else soil(value);
  }
}

/** What the fields of a connection say, by name, without `KEPT`. */
function stateOf({ first, second, ...own }: Connection): Readonly<Record<string, unknown>> {
  const fields = [own, first, second].flatMap((record, index) =>
    Object.entries(record)
      .filter(([name]) => !KEPT.has(name))
      .map(([name, value]) => [`${["", "first.", "second."][index]}${name}`, value] as const),
  );
  return Object.fromEntries(fields);
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
    const connection = table.add(7, 40_000, 3, 80);
    expect(table.find(7, 40_000, 3, 80)).toBe(connection);
    expect(table.find(3, 80, 7, 40_000)).toBe(connection);
    expect(table.find(3, 40_000, 7, 80)).toBe(null);
  });

  test.each<[string, Endpoints]>([
    ["the higher address", [7, 40_000, 3, 80]],
    ["the lower address", [3, 40_000, 7, 80]],
    ["the higher port of one host", [3, 40_000, 3, 80]],
    ["the lower port of one host", [3, 80, 3, 40_000]],
  ])("makes the sender of the first segment side 0: %s", (_, [addressA, portA, addressB, portB]) => {
    const table = new ConnectionTable();
    const connection = table.add(addressA, portA, addressB, portB);
    expect(sideOf(connection, addressA, portA)).toBe(0);
    expect(sideOf(connection, addressB, portB)).toBe(1);
    expect([connection.address(0), connection.port(0)]).toEqual([addressA, portA]);
    expect([connection.address(1), connection.port(1)]).toEqual([addressB, portB]);
  });

  test("hands a slot out again with nothing of its last connection in it", () => {
    const table = new ConnectionTable();
    const connection = table.add(1, 1, 2, 2);
    const { slot } = connection;
    soil(connection);
    const clean = stateOf(new Connection(slot));
    for (const [name, value] of Object.entries(stateOf(connection)))
      expect(value, name).not.toEqual(clean[name]);
    table.remove(connection);
    expect(connection.isInUse).toBe(false);
    const next = table.add(3, 3, 4, 4);
    expect(next.slot).toBe(slot);
    expect(stateOf(next)).toEqual(clean);
  });

  test("agrees with a map, whatever is added and removed", () => {
    const operations = fc.array(fc.tuple(fc.constantFrom("add", "add", "remove", "find"), endpoints), {
      maxLength: 400,
      size: "max",
    });
    fc.assert(
      fc.property(operations, (steps) => {
        const table = new ConnectionTable();
        const oracle = new Map<string, Connection>();
        for (const [step, ends] of steps) {
          const known = oracle.get(keyOf(ends)) ?? null;
          expect(table.find(...ends)).toBe(known);
          expect(table.find(...reversed(ends))).toBe(known);
          if (step === "add" && known === null) {
            const connection = table.add(...ends);
            const slots = [...oracle.values()].map(({ slot }) => slot);
            expect(slots).not.toContain(connection.slot);
            oracle.set(keyOf(ends), connection);
          } else if (step === "remove" && known !== null) {
            table.remove(known);
            oracle.delete(keyOf(ends));
          }
          expect(table.size).toBe(oracle.size);
        }
        for (const { slot } of oracle.values()) expect(slot).toBeLessThan(table.slots);
      }),
    );
  });

  test("keeps 20,000 connections apart while the index grows and half of them leave", () => {
    const table = new ConnectionTable();
    const ends = (index: number): Endpoints => [index % 7, 1024 + (index >> 3), 9, 80 + (index & 7)];
    const connections = Array.from({ length: 20_000 }, (_, index) => table.add(...ends(index)));
    expect(new Set(connections.map(({ slot }) => slot)).size).toBe(20_000);
    for (const [index, connection] of connections.entries()) if (index % 2 === 0) table.remove(connection);
    for (let index = 0; index < 20_000; index++)
      expect(table.find(...ends(index))).toBe(index % 2 === 0 ? null : connections[index]);
    // Freed slots first: the table is no larger for what comes next.
    for (let index = 0; index < 20_000; index += 2) table.add(...ends(index));
    expect(table.slots).toBe(20_000);
  });
});
