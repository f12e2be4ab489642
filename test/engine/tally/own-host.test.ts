import { expect, test } from "vitest";
import { Conversation } from "../../../src/engine/tally/conversation.ts";
import { TimelineRoom } from "../../../src/engine/tally/samples/pair-timeline.ts";
import { ANY, BEYOND_TAP, DATA, HANDSHAKE } from "../../../src/engine/tcp/connection-sink.ts";

/** Losses beyond the tap from the backend, where the source answers after so many ns, and the backend after so many; `null`: unknown. */
function lostBeyond(sourceNs: number, backendNs: number | null): number {
  const conversation = new Conversation(false, new TimelineRoom());
  conversation.roundTrip(false, DATA, sourceNs, 0);
  if (backendNs !== null) conversation.roundTrip(true, HANDSHAKE, backendNs, 0);
  conversation.lost(false, BEYOND_TAP, ANY, 3, 0);
  return conversation.readings(true).transport.fromBackend.lostBeyondTap;
}

test("nothing is lost between a tap and its own host", () => {
  expect(lostBeyond(2000, 12_000)).toBe(0);
});

test("a tap between two hosts, or on the loopback interface of one", () => {
  expect(lostBeyond(30_000, 90_000)).toBe(3);
  expect(lostBeyond(8000, 9000)).toBe(3);
  expect(lostBeyond(7500, 22_500)).toBe(3);
});

test("a kept connection whose handshake was not recorded: only what no network is fast enough for", () => {
  expect(lostBeyond(2000, null)).toBe(0);
  expect(lostBeyond(8000, null)).toBe(3);
});
