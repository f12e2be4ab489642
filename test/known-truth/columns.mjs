/**
 * What lbqos and tshark are compared in, column by column. A mark is a frame number under a column: "here a stream
 * starts", "this frame repeats data", "here a request ends". Marks show where two tools differ, counts only that they do.
 */

/** The columns, by the names of the corpus index, with tshark's field of each (`null`: told otherwise). */
export const COLUMNS = {
  frames: null,
  tcp: null,
  streams: "tcp.stream",
  http_request: "http.request",
  http_response: "http.response",
  retransmission: "tcp.analysis.retransmission",
  fast: "tcp.analysis.fast_retransmission",
  spurious: "tcp.analysis.spurious_retransmission",
  out_of_order: "tcp.analysis.out_of_order",
  lost_segment: "tcp.analysis.lost_segment",
  ack_lost: "tcp.analysis.ack_lost_segment",
  dup_ack: "tcp.analysis.duplicate_ack",
  zero_window: "tcp.analysis.zero_window",
};

/** @returns {Map<string, number[]>} no marks under any column */
export function noMarks() {
  return new Map(Object.keys(COLUMNS).map((column) => [column, []]));
}
