/** Per connection what the tcp room finds in one of the project's captures: the pipeline up to tcp, and a sink. */
import { openCapture } from "../../src/capture/open-capture.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { formatIpAddress } from "../../src/packet/ip-address.ts";
import { SEGMENT_DECODED } from "../../src/packet/skip-reason.ts";
import { AddressTable } from "../../src/tcp/address-table.ts";
import { Field, type Side } from "../../src/tcp/connection.ts";
import type { ConnectionSink } from "../../src/tcp/connection-sink.ts";
import { ConnectionTable } from "../../src/tcp/connection-table.ts";
import type { StreamListener } from "../../src/tcp/stream-listener.ts";
import { ConnectionTracker } from "../../src/tcp/track-connections.ts";

export interface FollowedConnection {
  /** Round trips in ns by the sender: `address:port>address:port`. */
  readonly roundTrips: Map<string, number[]>;
  /** Wireshark's initial RTT in ns, 0 = not known. */
  initialRttNs: number;
  /** Frame in which it began. */
  readonly firstFrame: number;
}

const NO_STREAMS: StreamListener = { open() {}, data() {}, gap() {}, close() {}, forget() {} };

/** Every connection of the capture, in order of its first frame. */
export async function followConnections(path: string): Promise<FollowedConnection[]> {
  const addresses = new AddressTable();
  const table = new ConnectionTable();
  const connections: FollowedConnection[] = [];
  const bySlot = new Map<number, FollowedConnection>();
  let frame = 0;

  const endpoint = (slot: number, side: Side) =>
    `${formatIpAddress(addresses.bytesOf(table.addressOf(slot, side)))}:${table.portOf(slot, side)}`;
  const direction = (slot: number, side: Side) =>
    `${endpoint(slot, side)}>${endpoint(slot, (1 - side) as Side)}`;

  const sink: ConnectionSink = {
    connectionOpened(slot) {
      const roundTrips = new Map<string, number[]>([
        [direction(slot, 0), []],
        [direction(slot, 1), []],
      ]);
      const opened = { roundTrips, initialRttNs: 0, firstFrame: frame };
      bySlot.set(slot, opened);
      connections.push(opened);
    },
    roundTrip(slot, side, _kind, durationNs) {
      bySlot.get(slot)?.roundTrips.get(direction(slot, side))?.push(durationNs);
    },
    lost() {},
    unsure() {},
    lostEitherWay() {},
    connectionClosed(slot) {
      const closed = bySlot.get(slot);
      const record = table.recordAt(slot);
      if (closed !== undefined)
        closed.initialRttNs = table.page(slot).getFloat64(record + Field.INITIAL_RTT, true);
    },
  };

  const tracker = new ConnectionTracker(addresses, table, sink, NO_STREAMS);
  const decoder = new FrameDecoder();
  const capture = await openCapture(path);
  let lastNs = 0;
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      frame++;
      if (decoder.decode(batch, row) !== SEGMENT_DECODED) continue;
      lastNs = batch.timeNs[row] ?? 0;
      tracker.track(decoder.segment, lastNs, frame, 0);
    }
  }
  await capture.close();
  tracker.finish(lastNs, frame);
  return connections;
}
