/** lbqos's side of the comparison: the built rooms joined as `analyze` joins them, with the frame of everything. */
import { noMarks } from "./columns.mjs";

/**
 * Marks of one capture.
 * @param {string} dist folder of the build, as a URL that ends in a slash
 * @param {string} path the capture
 * @returns {Promise<Map<string, number[]>>}
 * @throws Failure where lbqos refuses the file
 */
export async function lbqosMarks(dist, path) {
  const room = (name) => import(new URL(name, dist).href);
  const { openCapture } = await room("parts/open-capture.js");
  const { FrameDecoder } = await room("parts/decode-frame.js");
  const { countsAsTcpInWireshark, SEGMENT_DECODED } = await room("parts/skip-reason.js");
  const { AddressTable } = await room("parts/address-table.js");
  const AnalysisFlag = await room("parts/analysis-flags.js");
  const { ConnectionTracker } = await room("parts/track-connections.js");
  const { ExchangeTracker } = await room("parts/pair-exchanges.js");

  const flags = Object.entries({
    retransmission: AnalysisFlag.RETRANSMISSION,
    fast: AnalysisFlag.FAST_RETRANSMISSION,
    spurious: AnalysisFlag.SPURIOUS_RETRANSMISSION,
    out_of_order: AnalysisFlag.OUT_OF_ORDER,
    lost_segment: AnalysisFlag.LOST_SEGMENT,
    ack_lost: AnalysisFlag.ACKED_UNSEEN,
    dup_ack: AnalysisFlag.DUPLICATE_ACK,
    zero_window: AnalysisFlag.ZERO_WINDOW,
  });
  const marks = noMarks();
  const mark = (column) => marks.get(column).push(frame);
  /** The frame at hand, and the one that what is told of HTTP came in. */
  let frame = 0;
  let messageFrame = 0;
  /** Streams so far. */
  let ordinals = 0;
  const exchanges = new ExchangeTracker(
    {
      message(_connection, _side, isRequest) {
        marks.get(isRequest ? "http_request" : "http_response").push(messageFrame);
      },
      request() {},
      exchange() {},
      speaks() {},
      http2Frames() {},
      ping() {},
    },
    false,
  );
  // Bytes that waited for a hole to be filled or given up belong to the frame that they came in.
  const inFrame = (number, tell) => {
    messageFrame = number;
    tell();
  };
  const streams = {
    open: (...event) => exchanges.open(...event),
    data: (...event) => inFrame(event[6], () => exchanges.data(...event)),
    gap: (...event) => inFrame(event[4], () => exchanges.gap(...event)),
    close: (...event) => inFrame(event[4], () => exchanges.close(...event)),
    forget: (connection) => inFrame(frame, () => exchanges.forget(connection)),
  };
  const sink = {
    // A four-tuple that is used again without a SYN stays one stream of Wireshark's.
    connectionOpened: ({ ordinal }) => {
      if (ordinal > ordinals) mark("streams");
      ordinals = Math.max(ordinals, ordinal);
    },
    roundTrip() {},
    lost() {},
    unsure() {},
    lostEitherWay() {},
    turn() {},
    connectionClosed() {},
  };
  const tracker = new ConnectionTracker(new AddressTable(), sink, streams);
  const decoder = new FrameDecoder();
  const capture = await openCapture(path);
  let lastNs = 0;
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      for (let row = 0; row < batch.count; row++) {
        frame++;
        mark("frames");
        const result = decoder.decode(batch, row);
        if (result === SEGMENT_DECODED || countsAsTcpInWireshark(result)) mark("tcp");
        if (result !== SEGMENT_DECODED) continue;
        lastNs = batch.timeNs[row];
        // The last argument tells frames recorded twice, which are not compared.
        tracker.track(decoder.segment, lastNs, frame, 0);
        const { analysis } = tracker.facts;
        for (const [column, bit] of flags) if ((analysis & bit) !== 0) mark(column);
      }
    }
    tracker.finish(lastNs, frame);
  } finally {
    await capture.close();
  }
  return marks;
}
