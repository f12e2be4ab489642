import { describe, expect, test } from "vitest";
import { sequenceAdd, sequenceDistance } from "../../../src/engine/tcp/sequence.ts";

describe("sequence numbers wrap at 2^32", () => {
  test("distance over the wrap", () => {
    expect(sequenceDistance(10, 0xfffffff6)).toBe(20);
    expect(sequenceDistance(0xfffffff6, 10)).toBe(-20);
    expect(sequenceDistance(5, 5)).toBe(0);
  });

  test("half the space away is behind", () => {
    expect(sequenceDistance(0x80000000, 0)).toBe(-0x80000000);
    expect(sequenceDistance(0x7fffffff, 0)).toBe(0x7fffffff);
  });

  test("adding over the wrap", () => {
    expect(sequenceAdd(0xfffffff6, 20)).toBe(10);
    expect(sequenceAdd(0xffffffff, 1)).toBe(0);
  });
});
