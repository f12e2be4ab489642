import type { ExchangeRow } from "./exchange-row.ts";

/** Wireshark's display filter for the frames of exchanges: those of each request's last byte, its response's first and last. */
export function frameFilter(rows: readonly ExchangeRow[]): string {
  const frames = rows.flatMap(({ requestFrame, responseStartFrame, responseEndFrame }) => [
    requestFrame,
    responseStartFrame,
    responseEndFrame,
  ]);
  const distinct = [...new Set(frames)].filter((frame) => frame !== null).sort((a, b) => a - b);
  return `frame.number in {${distinct.join(", ")}}`;
}
