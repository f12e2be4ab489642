/** Wireshark's display filters for exchanges. */
import type { ExchangeRow } from "./exchange-row.ts";

/** The frames of each request's last byte, of its response's first and last. */
export function frameFilter(rows: readonly ExchangeRow[]): string {
  const distinct = [...new Set(rows.flatMap(framesOf))].sort((a, b) => a - b);
  return `frame.number in {${distinct.join(", ")}}`;
}

/**
 * What was recorded of an exchange from its request to its response's end, repeated segments and acknowledgments included; of
 * one with a balancer, also what the balancer asked its backends meanwhile.
 */
export function conversationFilter(row: ExchangeRow): string {
  const attempts = row.upstream?.attempts ?? [];
  const streams = [row.tcpStream, ...attempts.map(({ connection }) => connection - 1)];
  const inStreams = `tcp.stream in {${[...new Set(streams)].join(", ")}}`;
  const frames = framesOf(row);
  if (frames.length === 0) return inStreams;
  return `${inStreams} && frame.number >= ${Math.min(...frames)} && frame.number <= ${Math.max(...frames)}`;
}

function framesOf({ requestFrame, responseStartFrame, responseEndFrame }: ExchangeRow): number[] {
  return [requestFrame, responseStartFrame, responseEndFrame].filter((frame) => frame !== null);
}
