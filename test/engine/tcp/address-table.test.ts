import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";

function interned(table: AddressTable, bytes: Uint8Array): number {
  return table.intern(
    new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    0,
    bytes.length === 4 ? 4 : 6,
  );
}

/** A few of many, so that addresses come again. */
const addresses = fc.oneof(
  fc.tuple(fc.constant(10), fc.integer({ min: 0, max: 3 }), fc.nat(255), fc.nat(255)),
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 16, maxLength: 16 }),
);

describe("numbers for IP addresses", () => {
  test("are 0, 1, 2, … in the order in which addresses are first seen", () => {
    const table = new AddressTable();
    expect(interned(table, Uint8Array.of(192, 0, 2, 1))).toBe(0);
    expect(interned(table, Uint8Array.of(192, 0, 2, 2))).toBe(1);
    expect(interned(table, Uint8Array.of(192, 0, 2, 1))).toBe(0);
    expect(table.size).toBe(2);
  });

  test("tell IPv4 from an IPv6 address that begins with the same bytes", () => {
    const table = new AddressTable();
    const long = new Uint8Array(16);
    long.set([192, 0, 2, 1]);
    expect(interned(table, Uint8Array.of(192, 0, 2, 1))).not.toBe(interned(table, long));
    expect(table.size).toBe(2);
  });

  test("are found where the address lies in a frame", () => {
    const table = new AddressTable();
    const frame = Uint8Array.of(1, 2, 3, 192, 0, 2, 1, 9);
    expect(table.intern(new DataView(frame.buffer), 3, 4)).toBe(interned(table, Uint8Array.of(192, 0, 2, 1)));
  });

  test("never change, whatever is seen in between, and give the address back", () => {
    fc.assert(
      fc.property(fc.array(addresses, { maxLength: 300, size: "max" }), (seen) => {
        const table = new AddressTable();
        const numbers = new Map<string, number>();
        for (const address of seen) {
          const number = interned(table, Uint8Array.from(address));
          expect(number).toBe(numbers.get(address.join()) ?? numbers.size);
          numbers.set(address.join(), number);
          expect(Array.from(table.bytesOf(number))).toEqual(address);
        }
        expect(table.size).toBe(numbers.size);
      }),
    );
  });

  test("hold for 20,000 addresses: the table grows", () => {
    const table = new AddressTable();
    const bytes = (index: number) => Uint8Array.of(10, index >> 16, index >> 8, index);
    for (let index = 0; index < 20_000; index++) expect(interned(table, bytes(index))).toBe(index);
    for (let index = 0; index < 20_000; index += 997) {
      expect(interned(table, bytes(index))).toBe(index);
      expect(table.bytesOf(index)).toEqual(bytes(index));
    }
    expect(table.size).toBe(20_000);
  });

  test("are given again where addresses were forgotten; those kept stay as they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(addresses, { maxLength: 60 }), fc.func(fc.boolean())), { maxLength: 8 }),
        (rounds) => {
          const table = new AddressTable();
          const numbers = new Map<string, number>();
          for (const [seen, isKept] of rounds) {
            for (const address of seen) {
              const number = interned(table, Uint8Array.from(address));
              expect(number).toBe(numbers.get(address.join()) ?? number);
              numbers.set(address.join(), number);
              expect(Array.from(table.bytesOf(number))).toEqual(address);
            }
            expect(new Set(numbers.values()).size).toBe(numbers.size);
            expect(table.size).toBe(numbers.size);
            const kept = new Uint8Array(table.numbers);
            for (const [address, number] of numbers) {
              if (isKept(address)) kept[number] = 1;
              else numbers.delete(address);
            }
            table.forgetOthers(kept);
            for (const [address, number] of numbers)
              expect(Array.from(table.bytesOf(number)).join()).toBe(address);
          }
        },
      ),
    );
  });

  test("are no more than were used at once, however many addresses come", () => {
    const table = new AddressTable();
    const bytes = (index: number) => Uint8Array.of(10, index >> 16, index >> 8, index);
    for (let index = 0; index < 400_000; index++) {
      if (table.isCrowded) table.forgetOthers(new Uint8Array(table.numbers));
      interned(table, bytes(index));
    }
    expect(table.numbers).toBe(65_536);
  });
});
