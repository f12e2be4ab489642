/** The segment that is taken out of the mailbox is the one that was put in, field for field. */
import { expect, test } from "vitest";
import { Segment } from "../../../src/engine/segments/segment.ts";
import {
  putSegment,
  SEGMENT_MAILBOX_WORDS,
  takeSegment,
} from "../../../src/engine/segments/segment-mailbox.ts";

/** Every field with a value of its own, those without a sign beyond 2³¹. */
function distinctSegment(): Segment {
  const segment = new Segment();
  let next = 3;
  for (const [name, value] of Object.entries(segment))
    if (typeof value === "number") Object.assign(segment, { [name]: next++ });
  for (const name of ["sequence", "acknowledgement", "timestampValue", "timestampEcho"])
    Object.assign(segment, { [name]: 0xffff_ff00 + next++ });
  segment.hasTimestamp = true;
  for (const edges of [segment.sackLeft, segment.sackRight])
    for (let block = 0; block < edges.length; block++) edges[block] = 0x8000_0000 + next++;
  return segment;
}

test("a segment is taken as it was put", () => {
  const put = distinctSegment();
  const mailbox = new Int32Array(SEGMENT_MAILBOX_WORDS);
  putSegment(put, mailbox);
  const taken = new Segment();
  takeSegment(mailbox, taken);
  expect(taken).toEqual(put);
  putSegment(new Segment(), mailbox);
  takeSegment(mailbox, taken);
  expect(taken).toEqual(new Segment());
});
