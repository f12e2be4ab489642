/** The facts that are read out of the block are those that were put, field for field: in captures many are 0. */
import { expect, test } from "vitest";
import { FRAME_FACTS_LENGTH, FrameFacts, putFacts, readFacts } from "../../src/engine/frame-facts.ts";

test("facts are read as they were put", () => {
  const facts = new FrameFacts();
  let next = 1;
  for (const part of [facts, facts.events])
    for (const [name, value] of Object.entries(part))
      if (typeof value === "number") Object.assign(part, { [name]: next++ });
  const block = new Float64Array(FRAME_FACTS_LENGTH);
  putFacts(facts, block);
  expect(next - 1).toBe(FRAME_FACTS_LENGTH);
  expect(readFacts(block)).toEqual(facts);
});
