/** What TLS says of itself, per server: handshakes, their times, what was agreed on, what went wrong. */
import type { Distribution } from "./distribution.ts";

/** Counts by name. */
type NamedCounts = Readonly<Record<string, number>>;

/** TLS to one server. Without keys only what is not encrypted is known. */
export interface TlsServerMetrics {
  /** `192.168.56.103:443`; `…`: all servers beyond the first 1024. */
  readonly server: string;
  readonly connections: number;
  /** Whose content was read, with keys. */
  readonly decrypted: number;
  /** Whose beginning the capture lacks: no key can open them. */
  readonly withoutStart: number;
  /** Handshakes that both sides finished, and of them those that took an earlier session up. */
  readonly handshakes: number;
  readonly resumed: number;
  /** 0-RTT: clients that offered it; servers that took it, which only keys show. */
  readonly earlyDataOffered: number;
  readonly earlyDataAccepted: number;
  /** `TLS 1.3`. */
  readonly versions: NamedCounts;
  /** By IANA's names. */
  readonly cipherSuites: NamedCounts;
  /** SNI: the names that clients asked for. */
  readonly serverNames: NamedCounts;
  /** Protocols agreed on inside (ALPN); in TLS 1.3 only keys show them. */
  readonly alpn: NamedCounts;
  /** Alerts but for close_notify, by RFC 8446's names. */
  readonly alerts: NamedCounts;
  /** Handshakes that were not finished: by their alert, `encrypted_alert`, `reset` or `closed`. */
  readonly failedHandshakes: NamedCounts;
  /** Records that keys did not open: parts were missing, or the keys were wrong. */
  readonly lostRecords: number;
  /** SYN → SYN/ACK, of the connections that are TLS. */
  readonly connectTimeMs: Distribution;
  /** ClientHello → ServerHello. */
  readonly serverHelloMs: Distribution;
  /** ClientHello → both sides have finished. */
  readonly finishedMs: Distribution;
  /** ClientHello → first application data. */
  readonly firstDataMs: Distribution;
  /**
   * An estimate, of connections that were not decrypted and speak HTTP/1.1: last record of a request → first record of its
   * answer. No samples where HTTP/2 may be inside.
   */
  readonly timeToFirstByteEstimateMs: Distribution;
}
