import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AddressText } from "../../../src/engine/tally/address-text.ts";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";
import { formatIpAddress } from "../../../src/packet/ip-address.ts";

/** One for all tests: what was written before must not show. */
const text = new AddressText();

function written(address: Uint8Array): string {
  const table = new AddressTable();
  const view = new DataView(address.buffer, address.byteOffset, address.length);
  text.write(table, table.intern(view, 0, address.length === 4 ? 4 : 6));
  return Buffer.from(text.octets.subarray(0, text.length)).toString("latin1");
}

function ofGroups(groups: readonly number[]): Uint8Array {
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
/** Mostly zeros, so that runs of them are long, short, equally long, and at either end. */
const group = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  fc.constant(0xffff),
  fc.nat(0xf),
  fc.nat(0xff),
  fc.nat(0xfff),
  fc.nat(0xffff),
);
const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).map(ofGroups);
const mapped = ipv4.map((address) => Uint8Array.of(...Array(10).fill(0), 0xff, 0xff, ...address));

describe("the text of an address", () => {
  test.each([
    ["0.0.0.0", Uint8Array.of(0, 0, 0, 0)],
    ["192.168.56.103", Uint8Array.of(192, 168, 56, 103)],
    ["255.10.9.100", Uint8Array.of(255, 10, 9, 100)],
    ["::", ofGroups([0, 0, 0, 0, 0, 0, 0, 0])],
    ["::1", ofGroups([0, 0, 0, 0, 0, 0, 0, 1])],
    ["1::", ofGroups([1, 0, 0, 0, 0, 0, 0, 0])],
    ["2001:db8::1:0:0:1", ofGroups([0x2001, 0xdb8, 0, 0, 1, 0, 0, 1])],
    ["2001:db8:0:1:1:1:1:1", ofGroups([0x2001, 0xdb8, 0, 1, 1, 1, 1, 1])],
    ["::ffff:192.0.2.1", ofGroups([0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201])],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ofGroups(Array(8).fill(0xffff))],
  ])("is %s", (expected, address) => {
    expect(written(address)).toBe(expected);
  });

  test("is what formatIpAddress writes", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6, mapped), (address) => {
        expect(written(address)).toBe(formatIpAddress(address));
      }),
      { numRuns: 5000 },
    );
  });
});
