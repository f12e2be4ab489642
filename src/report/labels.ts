/** Every word of a report, once per language. */

import type { Language } from "../words/language.ts";
import type { NumberStyle } from "./document.ts";
import { labelsEn } from "./labels-en.ts";
import { labelsId } from "./labels-id.ts";

export interface Labels {
  readonly numberStyle: NumberStyle;
  readonly notMeasured: string;
  readonly title: (files: string) => string;
  readonly moreFiles: (count: string) => string;
  readonly summary: (facts: SummaryFacts) => string;
  readonly otherReasons: string;
  readonly moreWarnings: (count: string) => string;
  readonly otherPairs: (count: string) => string;
  readonly pairsShown: (shown: string, all: string) => string;
  readonly total: string;
  readonly units: { readonly seconds: string; readonly bytes: string; readonly perSecond: string };
  readonly headings: Record<"paper" | "network" | "capture" | "warnings", string>;
  readonly tables: Record<
    | "paper"
    | "basis"
    | "times"
    | "answers"
    | "share"
    | "loss"
    | "traffic"
    | "connections"
    | "capture"
    | "wireshark",
    string
  >;
  readonly columns: Record<ColumnName, string>;
  readonly groups: Record<GroupName, string>;
  readonly directions: { readonly toBackend: string; readonly fromBackend: string };
  readonly sentences: Record<
    "delay" | "signedJitter" | "lossPlaces" | "wireshark" | "noPairs" | "noWarnings",
    string
  >;
  /** Which profile rated, and what the overall index is. */
  readonly ratedBy: (profile: string, source: string | null) => string;
  readonly throughputNotRated: string;
  readonly facts: Record<FactName, string>;
  readonly wireshark: Record<WiresharkName, string>;
  readonly reasons: Record<ReasonName, string>;
}

export interface SummaryFacts {
  readonly packets: string;
  readonly seconds: string | null;
  readonly requests: string;
  readonly unanswered: string;
  readonly warnings: number;
}

export type ColumnName =
  | "pair"
  | "throughput"
  | "packetLoss"
  | "delay"
  | "jitter"
  | "index"
  | "frames"
  | "bytes"
  | "duration"
  | "lostPackets"
  | "requests"
  | "signedJitter"
  | "from"
  | "to"
  | "share"
  | "shareOfSource"
  | "responses"
  | "unanswered"
  | "aborted"
  | "requestRate"
  | "direction"
  | "segments"
  | "beyondTap"
  | "beforeTap"
  | "lossPercent"
  | "lossRange"
  | "captureDrops"
  | "resent"
  | "packets"
  | "wireBytes"
  | "wireThroughput"
  | "goodput"
  | "connections"
  | "resets"
  | "failedHandshakes"
  | "zeroWindows";

export type GroupName = "handshakeRtt" | "rtt" | "timeToFirstByte" | "statuses" | "lost";

export type FactName =
  | "files"
  | "format"
  | "start"
  | "duration"
  | "packets"
  | "bytes"
  | "tcpPackets"
  | "skipped"
  | "duplicateFrames"
  | "recorderDrops"
  | "connections"
  | "exchanges";

export type WiresharkName =
  | "retransmissions"
  | "fastRetransmissions"
  | "spuriousRetransmissions"
  | "outOfOrder"
  | "lostSegments"
  | "ackedUnseenSegments"
  | "duplicateAcks"
  | "zeroWindows";

export type ReasonName =
  | "twoFrames"
  | "threeFrames"
  | "noPackets"
  | "notRated"
  | "noHandshake"
  | "noRtt"
  | "noExchange"
  | "tooFewSamples"
  | "noSegments"
  | "noSpan"
  | "noRequests"
  | "noFrames"
  | "recorderSilent";

const LABELS: Record<Language, Labels> = { en: labelsEn, id: labelsId };

/** The words of a language. */
export function labelsOf(language: Language): Labels {
  return LABELS[language];
}
