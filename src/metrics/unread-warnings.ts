/** What could not be read: frames, and parts of HTTP's streams that were given up, as warnings with advice. */
import * as Discard from "../engine/http/discards.ts";
import { type Warning, warningOf } from "../failure.ts";
import { type Message, type MessageKey, message } from "../words/message.ts";

/** Frames that gave no TCP segment, for one reason. */
export interface UnreadFrames {
  /** Of `packet/skip-reason.ts`. */
  readonly reason: string;
  readonly frames: number;
  readonly firstFrame: number;
  /** Of the first: version and length of an IP packet that has no room for TCP by that length; else 0. */
  readonly ipVersion: number;
  readonly ipLength: number;
}

/** Reasons that a recording should not have. ARP, UDP and the like belong in it; what the snap length cut has a warning. */
const FRAME_ADVICE: Readonly<Record<string, "unreadFrameAdvice" | "encryptedAdvice">> = {
  "malformed-link": "unreadFrameAdvice",
  "malformed-ip": "unreadFrameAdvice",
  "malformed-tcp": "unreadFrameAdvice",
  "too-many-headers": "unreadFrameAdvice",
  encrypted: "encryptedAdvice",
};
const UNKNOWN_LINK_TYPE = "unknown-link-type-";

export function unreadFrameWarnings(unread: readonly UnreadFrames[]): Warning[] {
  return unread.flatMap(({ reason, frames, firstFrame, ipVersion, ipLength }) => {
    const advice = reason.startsWith(UNKNOWN_LINK_TYPE) ? "unknownLinkTypeAdvice" : FRAME_ADVICE[reason];
    if (advice === undefined) return [];
    const text = message("unreadFrames", frames, reason, firstFrame, ipVersion, ipLength);
    return [warningOf("unread-frames", text, message(advice))];
  });
}

/** What the http room gave up, by the reasons of `engine/http/discards.ts`. */
export interface GivenUp {
  readonly places: Float64Array;
  readonly firstFrames: Float64Array;
}

interface Group {
  readonly code: string;
  readonly text: "holesInHttp" | "malformedHttp" | "httpLimits" | "pushedHttp" | "noHttp";
  readonly advice: MessageKey & `${string}Advice`;
  readonly reasons: readonly (readonly [reason: number, text: MessageKey & `gaveUp${string}`])[];
}

const HOLES: Group = {
  code: "holes-in-http",
  text: "holesInHttp",
  advice: "holesInHttpAdvice",
  reasons: [
    [Discard.START_HOLE, "gaveUpStartHole"],
    [Discard.HEADER_HOLE, "gaveUpHeaderHole"],
    [Discard.CHUNK_HOLE, "gaveUpChunkHole"],
    [Discard.HTTP2_HOLE, "gaveUpFrames"],
    [Discard.HTTP2_FIELDS, "gaveUpFields"],
  ],
};

const MALFORMED: Group = {
  code: "malformed-http",
  text: "malformedHttp",
  advice: "malformedHttpAdvice",
  reasons: [
    [Discard.BAD_START_LINE, "gaveUpStartLine"],
    [Discard.BAD_CONTENT_LENGTH, "gaveUpContentLength"],
    [Discard.BAD_TRANSFER_CODING, "gaveUpTransferCoding"],
    [Discard.BAD_CHUNK, "gaveUpChunk"],
    [Discard.HEADER_TOO_LONG, "gaveUpLongHeader"],
  ],
};

const LIMITS: Group = {
  code: "http-limits",
  text: "httpLimits",
  advice: "httpLimitsAdvice",
  reasons: [
    [Discard.TOO_MANY_OPEN, "gaveUpWaiting"],
    [Discard.HEADER_MEMORY, "gaveUpHeaderMemory"],
    [Discard.DETAIL_MEMORY, "gaveUpDetails"],
  ],
};

const PUSHED: Group = {
  code: "pushed-http",
  text: "pushedHttp",
  advice: "pushedHttpAdvice",
  reasons: [[Discard.HTTP2_PUSHED, "gaveUpPushed"]],
};

/** TLS and HTTP/2 have their warnings by server. */
const OTHERS: Group = {
  code: "no-http",
  text: "noHttp",
  advice: "noHttpAdvice",
  reasons: [
    [Discard.SSH, "gaveUpSsh"],
    [Discard.OTHER_PROTOCOL, "gaveUpProtocol"],
  ],
};

/**
 * @param isCut the snap length cut payloads, which has a warning: holes are its doing
 * @param hasHttp other protocols beside HTTP are nobody's trouble; a run under way may still have some
 */
export function givenUpWarnings(givenUp: GivenUp, isCut: boolean, hasHttp: boolean): Warning[] {
  const groups = [...(isCut ? [] : [HOLES]), MALFORMED, LIMITS, PUSHED, ...(hasHttp ? [] : [OTHERS])];
  return groups.flatMap((group) => groupWarning(group, givenUp));
}

function groupWarning({ code, text, advice, reasons }: Group, { places, firstFrames }: GivenUp): Warning[] {
  const found = reasons.filter(([reason]) => (places[reason] ?? 0) > 0);
  if (found.length === 0) return [];
  const texts: Message[] = found.map(([reason, one]) => message(one, places[reason] ?? 0));
  const firstFrame = Math.min(...found.map(([reason]) => firstFrames[reason] ?? 0));
  return [warningOf(code, message(text, texts, firstFrame), message(advice))];
}
