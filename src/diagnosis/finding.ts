/** The diagnosis room's noun: what is wrong in a run, with its evidence as numbers. Rules and thresholds: docs/diagnosis.md. */
import type { FailureReason } from "../metrics/backend-state.ts";
import type { TailGrouping } from "../metrics/exchanges/tail-groups.ts";

/** A finding's time has no sharp ends: what happened so long before and after belongs to it. */
export const MARGIN_SECONDS = 1;

/** What every finding says. Times are seconds since the capture's first frame. */
interface FindingBase {
  /** The backend, as its pair is named in `RunMetrics`; `null`: the balancer, or the whole capture. */
  readonly pair: string | null;
  /** Its place in the pairs of `RunMetrics`; `null` also where all clients of a server are meant together. */
  readonly pairIndex: number | null;
  /** `null`: since the capture began. */
  readonly beginSeconds: number | null;
  /** `null`: until the capture ended. */
  readonly endSeconds: number | null;
  /** Requests that it hurt, those that failed included. */
  readonly requests: number;
  /** Those of them without a whole answer, or with one of status 5xx. */
  readonly failedRequests: number;
  /** What it added to the waits of the others, in all; `null` where that can't be told. */
  readonly addedSeconds: number | null;
  /** `likely`: another explanation fits the evidence too. */
  readonly certainty: "certain" | "likely";
  /** Wireshark's display filter for the frames that show it. */
  readonly displayFilter: string;
}

/** Data sent to the backend → its acknowledgment (`rttMs`), inside of a finding's time and outside. */
export interface RoundTripEvidence {
  readonly duringMs: number | null;
  readonly usualMs: number | null;
}

/** What the round trips say; `unknown` where there are too few. */
export type Cause = "server" | "network" | "unknown";

/** A backend answered late, measured by itself at other times or by the others. */
export interface SlowFinding extends FindingBase {
  readonly kind: "slow";
  /** Of the times to first byte in that time. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** The 95th percentile that it was measured by, and whose that is. */
  readonly usualP95Ms: number;
  readonly comparedWith: "itself" | "others";
  readonly cause: Cause;
  readonly roundTrip: RoundTripEvidence;
}

/** Requests to a backend failed. */
export interface FailingFinding extends FindingBase {
  readonly kind: "failing";
  /** That of most of the failures. */
  readonly reason: FailureReason;
  /** Spread thinly: at no time within were there more than 5 % of them. */
  readonly isThin: boolean;
  /** Answers of 500 and above. */
  readonly serverErrors: number;
  /** Connections that were refused. */
  readonly refused: number;
  /** Requests without a whole answer. */
  readonly withoutAnswer: number;
  /** Whole answers in the same time, those of 500 and above included. */
  readonly answers: number;
  readonly roundTrip: RoundTripEvidence;
}

/** A backend answered nothing while requests waited. */
export interface FrozenFinding extends FindingBase {
  readonly kind: "frozen";
  /** From the last byte of an answer to the next one, or to the end. */
  readonly silentSeconds: number;
  /** Its TCP went on acknowledging: the process stands still, the machine is there. */
  readonly isAcknowledging: boolean;
}

/** The balancer sent nothing to a backend after a failure, while others were asked. */
export interface TakenOutFinding extends FindingBase {
  readonly kind: "takenOut";
  readonly reason: FailureReason;
  /** Times that it was taken out one after the other: asked again, it failed again. */
  readonly times: number;
  /** The longest of them. */
  readonly longestSeconds: number;
  /** Requests to the other backends meanwhile. */
  readonly othersRequests: number;
}

/** Clients were answered by another backend after one failed them. */
export interface RetriedFinding extends FindingBase {
  readonly kind: "retried";
  readonly retryP50Ms: number;
  readonly retryMaxMs: number;
}

/** Connections to a backend came about late: their SYN had to be sent again. `requests` are those connections. */
export interface ConnectSlowFinding extends FindingBase {
  readonly kind: "connectSlow";
  /** The longest, from its first SYN on. */
  readonly maxMs: number;
}

/** Segments were lost, and requests waited for the retransmissions. */
export interface LossFinding extends FindingBase {
  readonly kind: "loss";
  /** Segments of both directions, but for repeated SYNs. */
  readonly lost: number;
  /** Of the direction that lost more. */
  readonly lossPercent: number;
}

/** More requests came than were answered: each waited longer than the one before. */
export interface QueueFinding extends FindingBase {
  readonly kind: "queue";
  /** Requests in flight, by Little's law, when it began to grow and when it was longest. */
  readonly inFlightBefore: number;
  readonly inFlightMost: number;
  /** While it grew: no more than before. */
  readonly requestsPerSecond: number;
  readonly cause: Cause;
  readonly roundTrip: RoundTripEvidence;
}

/** Messages took long because their receiver's buffer was full. `requests` are those that took long. */
export interface SlowReaderFinding extends FindingBase {
  readonly kind: "slowReader";
  /** Whoever asks (or, where that is a balancer, its clients), or the backend. */
  readonly reader: "source" | "backend";
  readonly zeroWindows: number;
}

/** Requests on kept connections that the backend had closed, or was just closing: they can't be answered. */
export interface KeepAliveRaceFinding extends FindingBase {
  readonly kind: "keepAliveRace";
  /** All requests of the run. */
  readonly asked: number;
}

/** The rest of messages waited for a delayed acknowledgment. `requests` are those whose request or answer did. */
export interface DelayedAckFinding extends FindingBase {
  readonly kind: "delayedAck";
  readonly of: "answers" | "requests";
  /** All requests of the run. */
  readonly asked: number;
}

/** Requests that only check health were measured with the others; `requests` are those. */
export interface HealthChecksFinding extends FindingBase {
  readonly kind: "healthChecks";
  /** All requests of the run. */
  readonly asked: number;
}

/** The capture holds several runs, with long silences between. `requests` are those of all. */
export interface SeveralRunsFinding extends FindingBase {
  readonly kind: "severalRuns";
  readonly runs: number;
  /** When each of them began. */
  readonly begunSeconds: readonly number[];
  readonly longestSilenceSeconds: number;
}

/** Most of a backend's slowest requests have something in common that hardly any other has. `requests` are those slow ones that have it. */
export interface TailFinding extends FindingBase {
  readonly kind: "tail";
  /** What they have in common. */
  readonly by: TailGrouping;
  /** The path without query, its numbers as `#`; the method; their least size in bytes; the client's address; empty: the first of its connection. */
  readonly key: string;
  /** All requests that have it, slow or not. */
  readonly alike: number;
  /** All slow requests: those that took longer than this to the first byte. */
  readonly slow: number;
  readonly limitMs: number;
  /** Median time to first byte of those that are alike, and of all requests. */
  readonly p50Ms: number;
  readonly usualP50Ms: number;
  /** All requests of the run. */
  readonly asked: number;
}

/** One thing that is wrong, told by what the numbers of a run show. */
export type Finding =
  | SlowFinding
  | FailingFinding
  | FrozenFinding
  | TakenOutFinding
  | RetriedFinding
  | ConnectSlowFinding
  | LossFinding
  | QueueFinding
  | SlowReaderFinding
  | KeepAliveRaceFinding
  | DelayedAckFinding
  | HealthChecksFinding
  | SeveralRunsFinding
  | TailFinding;

export type FindingKind = Finding["kind"];

/** How much of a run's time requests were served. */
export interface Availability {
  /** Whose requests: the clients' where pairs were discovered on both sides of the balancer, else those to the backends. */
  readonly of: "clients" | "backends";
  /** Of `seconds`; 100: always. */
  readonly percent: number;
  /** Time in which more than 5 % of the requests failed, or waited 3 s or more for the first byte. */
  readonly unservedSeconds: number;
  /** From the first to the last request, in whole seconds or a little more: as many steps of the timeline as fill one. */
  readonly seconds: number;
}

/** A time in which a backend was out of service. */
export interface Outage {
  /** The backend, as its pair is named in `RunMetrics`. */
  readonly pair: string;
  /** Its place in the pairs of `RunMetrics`. */
  readonly pairIndex: number;
  /** The first failed request or connection, or the first that nobody answered; seconds since the capture's first frame. */
  readonly beginSeconds: number;
  /** From then until the balancer left the backend alone, so that no more requests could fail; `null`: it never did. */
  readonly failoverSeconds: number | null;
  /** From then until the backend served again; `null`: not in this capture. */
  readonly recoverySeconds: number | null;
}

/** All that is wrong in a run. */
export interface Diagnosis {
  /** Those that did most harm first. */
  readonly findings: readonly Finding[];
  /** `null` where nothing was asked, or the capture has no timelines. */
  readonly availability: Availability | null;
  /** Backend by backend, each in order of time. */
  readonly outages: readonly Outage[];
}
