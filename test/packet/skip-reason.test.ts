import { expect, test } from "vitest";
import {
  countsAsTcpInWireshark,
  SEGMENT_DECODED,
  SkipReason,
  skipReasonName,
  unknownLinkType,
} from "../../src/packet/skip-reason.ts";

test("every reason has a code of its own and its name back", () => {
  const entries = Object.entries(SkipReason);
  expect(new Set(entries.map(([, code]) => code)).size).toBe(entries.length);
  for (const [name, code] of entries) {
    expect(skipReasonName(code)).toBe(name);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test("unknown link types have names that no other reason has", () => {
  expect(skipReasonName(unknownLinkType(0))).toBe("unknown-link-type-0");
  expect(skipReasonName(unknownLinkType(105))).toBe("unknown-link-type-105");
  expect(skipReasonName(unknownLinkType(0xffff))).toBe("unknown-link-type-65535");
});

test("Wireshark shows as TCP what is cut, malformed, quoted or sampled", () => {
  const counted = Object.entries(SkipReason).filter(([, code]) => countsAsTcpInWireshark(code));
  expect(counted.map(([name]) => name)).toEqual([
    "truncated-tcp-header",
    "malformed-tcp",
    "truncated-tcp-fragment",
    "icmp-quoted-tcp",
    "sflow-sampled-tcp",
  ]);
  expect(countsAsTcpInWireshark(SEGMENT_DECODED)).toBe(true);
  expect(countsAsTcpInWireshark(unknownLinkType(0))).toBe(false);
});
