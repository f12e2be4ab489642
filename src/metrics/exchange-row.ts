/** One HTTP exchange as a row for `--exchanges`; what was not seen is `null`. */
export interface ExchangeRow {
  /** Name of the pair that the exchange belongs to; `null` outside the pairs asked for. */
  readonly pair: string | null;
  /** `address:port`, IPv6 in brackets. */
  readonly client: string;
  readonly server: string;
  /** 1, 2, … in order of the connection's first frame in the capture. */
  readonly connection: number;
  /** 1, 2, … on its connection. */
  readonly exchange: number;
  readonly state: string;
  readonly method: string | null;
  readonly target: string | null;
  readonly host: string | null;
  readonly status: number | null;
  readonly interimResponses: number;
  /** First byte of the request: ISO 8601, UTC, nine decimals. */
  readonly requestStart: string | null;
  /** First to last byte of the request. */
  readonly requestDurationMs: number | null;
  /** Last byte of the request → first byte of the final response. */
  readonly timeToFirstByteMs: number | null;
  /** Last byte of the request → last byte of the final response. */
  readonly timeToLastByteMs: number | null;
  /** First to last byte of the final response. */
  readonly transferDurationMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  /** Frame numbers as Wireshark shows them: of the request's last byte, of the response's first and last byte. */
  readonly requestFrame: number | null;
  readonly responseStartFrame: number | null;
  readonly responseEndFrame: number | null;
}
