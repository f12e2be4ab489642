/** The part of a run's metrics that needs both sides of the balancer in one capture. */
import type { BALANCER_OUTCOMES } from "../engine/readings/balancer-outcome.ts";
import type { Distribution } from "./distribution.ts";

/**
 * What the balancer did between clients and backends. `clientExchanges` = `matched` + all of `answeredItself` +
 * `unfinished`.
 */
export interface BalancerMetrics {
  /** At which clients ask it. */
  readonly address: string;
  /** From which it asks the backends: the same, or where it has two addresses, the other. */
  readonly upstreamAddress?: string;
  /** Exchanges that clients began with the balancer. */
  readonly clientExchanges: number;
  /** Those that got a backend's response. */
  readonly matched: number;
  /** Those to which another backend's exchange, or another client's failed attempt, would fit as well: order decided. */
  readonly uncertain: number;
  /** Those for which the balancer turned to more than one backend, whatever came of it. */
  readonly retried: number;
  /**
   * Those that got a response of the balancer's own (static file, cache, redirect; 502, 503, 504 after or without
   * attempts), counted by status: `{ "200": 12, "504": 1 }`.
   */
  readonly answeredItself: Readonly<Record<string, number>>;
  /** Those without a complete response: the client went away (nginx logs 499), or the capture ended. */
  readonly unfinished: number;
  /** Attempts at backends that no client exchange explains: health checks, clients that were not captured. */
  readonly upstreamOnly: number;
  /**
   * Time to first byte at the client's side − at the backend's − what earlier attempts took (`retriesMs`), over the
   * matched. Contains the balancer's waiting and work and the connecting to the backend.
   */
  readonly addedTimeToFirstByteMs: Distribution;
  /** The same for the time to last byte; also contains what the client's own slowness made of the transfer. */
  readonly addedTimeToLastByteMs: Distribution;
  /** What clients waited for: last byte of the request → first byte of the response, over all client exchanges. */
  readonly clientTimeToFirstByteMs?: Distribution;
  /** The same to the last byte. */
  readonly clientTimeToLastByteMs?: Distribution;
  /** Client exchanges without a whole answer, or with status 5xx. */
  readonly clientsFailed?: number;
  /** Clients' addresses that some backend answered (the first 4,096), and those of them that several did. */
  readonly clientAddresses?: number;
  readonly clientAddressesAtSeveral?: number;
  /** Begin of the first attempt → begin of the answering one, over the matched with several. */
  readonly retriesMs: Distribution;
}

/** One client exchange with what it caused, as `AnalysisOptions.onBalancedExchange` gets it. */
export interface BalancedExchangeRow {
  /** `address:port`, IPv6 in brackets. */
  readonly client: string;
  /** 1, 2, … in order of the connection's first frame in the capture. */
  readonly connection: number;
  /** 1, 2, … on its connection. */
  readonly exchange: number;
  readonly outcome: (typeof BALANCER_OUTCOMES)[number];
  /** Another backend's exchange, or another client's failed attempt, would fit as well. */
  readonly uncertain: boolean;
  readonly method: string;
  readonly status: number | null;
  /** What the balancer tried for it, in order; the last one answered where `outcome` is `matched`. */
  readonly attempts: readonly BackendAttempt[];
  /** Last byte of the request → first and last byte of the response, at the client's side. */
  readonly timeToFirstByteMs: number | null;
  readonly timeToLastByteMs: number | null;
  /** Last byte of the request → begin of the first attempt: what the balancer needed to turn to a backend. */
  readonly waitBeforeMs: number | null;
  /** First byte of the backend's response → first byte of the balancer's: what it needed to pass the answer on. */
  readonly waitAfterMs: number | null;
  /** As `BalancerMetrics` has them: `waitBeforeMs`, `waitAfterMs`, and connecting to the backend and sending the request. */
  readonly addedTimeToFirstByteMs: number | null;
  readonly addedTimeToLastByteMs: number | null;
}

/** What a balancer tried at a backend for a client. An attempt begins with its connection's SYN, if one was opened for it. */
export interface BackendAttempt {
  /** `address:port`, IPv6 in brackets. */
  readonly server: string;
  /** `null`: no response came. */
  readonly status: number | null;
  /** 1, 2, … in order of the connection's first frame in the capture. */
  readonly connection: number;
  /** 1, 2, … on its connection; `null`: no request was sent on it. */
  readonly exchange: number | null;
  /** Begin → first byte of the request; `null` on a connection that was there, or without a request. */
  readonly connectMs: number | null;
  /** Begin → first byte of the response. nginx logs it as `$upstream_header_time`. */
  readonly timeToFirstByteMs: number | null;
  /**
   * Begin → last byte of the response; without a response, the end of the connection. nginx logs it as
   * `$upstream_response_time`.
   */
  readonly timeToLastByteMs: number | null;
}
