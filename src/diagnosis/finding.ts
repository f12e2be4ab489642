/** The diagnosis room's noun: what is wrong in a run, with its evidence as numbers. Rules and thresholds: docs/diagnosis.md. */
import type { FailureReason } from "../metrics/backend-state.ts";

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
  /** What the round trips say; `unknown` where there are too few. */
  readonly cause: "server" | "network" | "unknown";
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

/** One thing that is wrong, told by what the numbers of a run show. */
export type Finding =
  | SlowFinding
  | FailingFinding
  | FrozenFinding
  | TakenOutFinding
  | RetriedFinding
  | ConnectSlowFinding
  | LossFinding;

export type FindingKind = Finding["kind"];

/** All findings of a run, those that did most harm first. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
}
