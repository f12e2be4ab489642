/** A tally of segments is read as it was written, field for field: in captures many of them are equal, or nothing. */
import { expect, test, vi } from "vitest";
import { RecordReader } from "../../../src/engine/records/record-reader.ts";
import { RecordWriter } from "../../../src/engine/records/record-writer.ts";
import { ConnectionEnds } from "../../../src/engine/tally/connection-ends.ts";
import { RunTally } from "../../../src/engine/tally/run-tally.ts";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";
import { Connection } from "../../../src/engine/tcp/connection.ts";
import { SegmentTally } from "../../../src/engine/tcp/segment-tally.ts";

/** Every field with a number of its own: more than a word where it may be, below zero where time may. */
function distinctTally(): SegmentTally {
  const tally = new SegmentTally();
  Object.assign(tally, {
    ...{ frames: 31, lostSegments: 2, firstNs: -1.5e9, lastNs: 8e15, packets: 29, bytes: 5e10 },
    ...{ payloadBytes: 4e10, zeroWindows: 3, resets: 4, idSteps: 23, nextIds: 19, segments: 17 },
    ...{ newPayloadBytes: 3e10, retransmittedSegments: 7, retransmittedBytes: 2e10 },
  });
  return tally;
}

test("a tally of segments is read as it was written", () => {
  const addresses = new AddressTable();
  const writer = new RecordWriter(addresses, false);
  const connection = new Connection(5);
  connection.second.tally = distinctTally();
  writer.connectionClosed(connection, false);

  const ends = new ConnectionEnds();
  const run = new RunTally(addresses, ends, false, false, null, null);
  const read: unknown[] = [];
  vi.spyOn(run, "tally").mockImplementation((slot, side, tally) => {
    read.push(slot, side, { ...tally });
  });
  vi.spyOn(run, "connectionClosed").mockImplementation((slot, isFailed) => {
    read.push(slot, isFailed);
  });
  new RecordReader(addresses, ends, run, false).read(writer.words, writer.length, writer.octets);
  const expected = distinctTally();
  expect(new Set(Object.values(expected)).size).toBe(Object.keys(expected).length);
  expect(read).toEqual([5, 1, { ...expected }, 5, false]);
});

test("a tally that is cleared is a new one", () => {
  const tally = distinctTally();
  tally.clear();
  expect(tally).toEqual(new SegmentTally());
});
