/** Per connection what the tcp room finds in one of the project's captures: the pipeline up to tcp, and a sink. */
import { openCapture } from "../../src/capture/open-capture.ts";
import { AddressTable } from "../../src/engine/tcp/address-table.ts";
import type { Connection } from "../../src/engine/tcp/connection.ts";
import { type ConnectionSink, DATA, REPEATED_HANDSHAKE } from "../../src/engine/tcp/connection-sink.ts";
import type { StreamListener } from "../../src/engine/tcp/stream-listener.ts";
import { ConnectionTracker } from "../../src/engine/tcp/track-connections.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { formatIpAddress } from "../../src/packet/ip-address.ts";
import { SEGMENT_DECODED } from "../../src/packet/skip-reason.ts";

export interface FollowedConnection {
  /** Round trips in ns by the sender: `address:port>address:port`. */
  readonly roundTrips: Map<string, number[]>;
  /** Those among them of data whose ACK carries none, in order. */
  readonly dataRoundTrips: number[];
  /** Wireshark's initial RTT in ns, 0 = not known. */
  initialRttNs: number;
  /** Frame in which it began. */
  readonly firstFrame: number;
}

const NO_STREAMS: StreamListener = { open() {}, data() {}, gap() {}, close() {}, forget() {} };

/** Every connection of the capture, in order of its first frame. */
export async function followConnections(path: string): Promise<FollowedConnection[]> {
  const addresses = new AddressTable();
  const connections: FollowedConnection[] = [];
  /** Those that are open, by slot. */
  const open = new Map<number, { readonly connection: Connection; readonly followed: FollowedConnection }>();
  let frame = 0;

  const endpoint = (connection: Connection, side: number) =>
    `${formatIpAddress(addresses.bytesOf(connection.address(side)))}:${connection.port(side)}`;
  const direction = (connection: Connection, side: number) =>
    `${endpoint(connection, side)}>${endpoint(connection, 1 - side)}`;

  const sink: ConnectionSink = {
    connectionOpened(connection) {
      const roundTrips = new Map<string, number[]>([
        [direction(connection, 0), []],
        [direction(connection, 1), []],
      ]);
      const followed = { roundTrips, dataRoundTrips: [], initialRttNs: 0, firstFrame: frame };
      open.set(connection.slot, { connection, followed });
      connections.push(followed);
    },
    roundTrip({ slot, side }, kind, durationNs) {
      const opened = open.get(slot);
      // No round trip, and tcptrace has none.
      if (opened === undefined || kind === REPEATED_HANDSHAKE) return;
      if (kind === DATA) opened.followed.dataRoundTrips.push(durationNs);
      opened.followed.roundTrips.get(direction(opened.connection, side))?.push(durationNs);
    },
    lost() {},
    unsure() {},
    lostEitherWay() {},
    turn() {},
    connectionClosed({ slot, initialRttNs }) {
      const closed = open.get(slot);
      if (closed !== undefined) closed.followed.initialRttNs = initialRttNs;
    },
  };

  const tracker = new ConnectionTracker(addresses, sink, NO_STREAMS);
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
