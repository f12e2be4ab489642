import { describe, expect, test } from "vitest";
import { outcomeOf, payloadText, segmentOf } from "./decode-one.ts";
import { ENCAPSULATED_PAYLOAD, ENCAPSULATIONS } from "./encapsulations.ts";

describe("a frame", () => {
  for (const { name, linkType, frame, outcome } of ENCAPSULATIONS) {
    test(`of link type ${linkType}: ${name} → ${outcome}`, () => {
      expect(outcomeOf(frame, { linkType })).toBe(outcome);
      if (outcome !== "segment") return;
      const segment = segmentOf(frame, { linkType });
      expect(payloadText(segment)).toBe(ENCAPSULATED_PAYLOAD);
      expect([segment.sourcePort, segment.destinationPort]).toEqual([49_152, 80]);
    });
  }
});
