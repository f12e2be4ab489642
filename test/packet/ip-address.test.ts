import { isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { formatIpAddress, parseIpAddress } from "../../src/packet/ip-address.ts";
import { hex } from "./packet-bytes.ts";

function parsed(text: string): string {
  return Buffer.from(parseIpAddress(text)).toString("hex");
}

describe("an IP address", () => {
  test.each([
    ["192.168.56.103", "c0a83867"],
    ["0.0.0.0", "00000000"],
    ["255.255.255.255", "ffffffff"],
    ["::", "00000000000000000000000000000000"],
    ["::1", "00000000000000000000000000000001"],
    ["1::", "00010000000000000000000000000000"],
    ["2001:db8::1", "20010db8000000000000000000000001"],
    ["2001:DB8:0:0:8:800:200C:417A", "20010db80000000000080800200c417a"],
    ["1:2:3:4:5:6:7::", "00010002000300040005000600070000"],
    ["::2:3:4:5:6:7:8", "00000002000300040005000600070008"],
    ["fe80::1%eth0", "fe800000000000000000000000000001"],
    ["64:ff9b::192.0.2.33", "0064ff9b0000000000000000c0000221"],
  ])("is read: %s", (text, bytes) => {
    expect(parsed(text)).toBe(bytes);
  });

  test.each(["::ffff:192.0.2.1", "::ffff:c000:201", "0:0:0:0:0:FFFF:192.0.2.1"])(
    "mapped into IPv6 is the IPv4 address that is in the packets: %s",
    (text) => {
      expect(parsed(text)).toBe("c0000201");
    },
  );

  test.each([
    "",
    "localhost",
    "192.168.56",
    "192.168.56.103.1",
    "192.168.56.256",
    "192.168.056.103",
    "192.168.56.-1",
    "192.168.56.1e1",
    " 192.168.56.103",
    "192.168.56.103:80",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4::5:6:7:8",
    "12345::",
    "g::1",
    ":1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    "::1.2.3",
    "1.2.3.4::",
    "::1.2.3.4:5",
    "1:2:3:4:5:6:7:1.2.3.4",
    "[::1]",
    "fe80::1%",
    "fe80::1%a%b",
  ])("is not: %j", (text) => {
    expect(() => parseIpAddress(text)).toThrow(Failure);
    expect(() => parseIpAddress(text)).toThrow(`"${text}" is not an IP address`);
  });

  test("that isn't one is wrong use of the command", () => {
    expect(() => parseIpAddress("localhost")).toThrow(expect.objectContaining({ status: 2 }));
  });

  // Examples of RFC 5952: sections 4.1, 4.2.1, 4.2.2, 4.2.3, 4.3, 5.
  test.each([
    ["20010db8000000000000000000000001", "2001:db8::1"],
    ["20010db8000000000000000000020001", "2001:db8::2:1"],
    ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
    ["20010000000000010000000000000001", "2001:0:0:1::1"],
    ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
    ["20010db8000000000000aaaabbbbcccc", "2001:db8::aaaa:bbbb:cccc"],
    ["00000000000000000000ffffc0000201", "::ffff:192.0.2.1"],
    ["00000000000000000000000000000000", "::"],
    ["00010000000000000000000000000000", "1::"],
    ["00010002000300040005000600070008", "1:2:3:4:5:6:7:8"],
    ["c0a83867", "192.168.56.103"],
  ])("is written in one way: %s → %s", (bytes, text) => {
    expect(formatIpAddress(hex(bytes))).toBe(text);
  });

  test("is written from where it lies in a packet", () => {
    expect(formatIpAddress(hex("ffff 0a000001 ffff"), 2, 4)).toBe("10.0.0.1");
  });

  test("written and read is the same", () => {
    // Groups of zeros are likely, so that every way of shortening comes up.
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const bytes = Buffer.alloc(16);
        for (const [index, value] of groups.entries()) bytes.writeUInt16BE(value, index * 2);
        const text = formatIpAddress(bytes);
        const isMapped = bytes.subarray(0, 12).equals(hex("00000000000000000000ffff"));
        expect(isIPv6(text)).toBe(true);
        expect(Buffer.from(parseIpAddress(text))).toEqual(isMapped ? bytes.subarray(12) : bytes);
        // The platform's own parser (WHATWG URL) writes the canonical form as well.
        if (!isMapped) expect(new URL(`http://[${text}]`).hostname).toBe(`[${text}]`);
      }),
    );
  });

  test("is what the platform takes for one", () => {
    const piece = fc.constantFrom("0", "1", "ffff", "12345", "1.2.3.4", "01", ":", "::", "%a", "g");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        if (!text.includes(":")) return;
        let accepted = true;
        try {
          parseIpAddress(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          accepted = false;
        }
        expect(accepted).toBe(isIPv6(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
