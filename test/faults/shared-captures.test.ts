/** Small captures of faults that public bug reports and public captures led to, where they are; not part of the project. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { type Figures, figuresOf } from "./figures.ts";

const FOLDER = process.env["LBQOS_FAULTS"] ?? "";

/**
 * What is right, by the file's name: "duplicates" are frames recorded twice, "timed" is how many have a time to first byte,
 * "lossFromBackend" is in per cent of segments on the wire, "unread" begins the warning of unreadable frames.
 */
const RIGHT: Readonly<
  Record<
    string,
    Partial<Figures> & {
      duplicates?: number;
      timed?: number;
      slowestMs?: number;
      lossFromBackend?: number;
      unread?: string;
    }
  >
> = {
  "01-rst-out-of-window": { requests: 21, responses: 21, unanswered: 0 },
  "02-challenge-ack-real-kernel": {
    requests: 13,
    responses: 13,
    unanswered: 0,
    failedHandshakes: 0,
    beyondTap: 0,
  },
  "03-late-fin-of-old-connection": { requests: 21, responses: 21, unanswered: 0, retransmitted: 0 },
  "05-client-rst-recorded-before-answer": { requests: 30, responses: 30, unanswered: 0 },
  "06-stale-ack-million-drops": { requests: 21, responses: 21, captureDrops: 0 },
  "06b-stale-data-100-percent-loss": { requests: 21, responses: 21, captureDrops: 0, beforeTap: 0 },
  "07-tail-not-recorded-ttlb": { requests: 10, responses: 10, slowestMs: 3.5 },
  "08-cut-frames-checksum-zero": { requests: 10, responses: 10, captureDrops: 0, slowestMs: 3.12 },
  "11-copies-ip-id-0": { requests: 10, duplicates: 46, beyondTap: 0, retransmitted: 0 },
  "11b-copies-ipv6-hop-limit": { requests: 10, duplicates: 46, beyondTap: 0, retransmitted: 0 },
  "11d-two-taps-merged": { requests: 60, duplicates: 246, retransmitted: 0 },
  "14-dsr-mac-share": { requests: 30, unanswered: 0 },
  "14b-dsr-ipip": { requests: 12, unanswered: 0 },
  "16-dnat-two-legs": { requests: 30, responses: 30, connections: 30 },
  "19-chunked-cut-by-snap-length": { requests: 3, timed: 3 },
  "20-sse-running-called-aborted": { requests: 22, unanswered: 0, aborted: 0 },
  "25-ip-length-20": {
    captureDrops: 0,
    beforeTap: 0,
    unread: "3 frames are unreadable (malformed-ip, IPv4 total length 20",
  },
  "27-tso-loss-share": { requests: 1, beyondTap: 1, lossFromBackend: 100 / 23 },
  "26-capture-drop-in-pipelining": { requests: 20, timed: 17 },
  "hole-body-exact": { requests: 4, timed: 4, slowestMs: 11 },
  "hole-body-plus40": { requests: 4, timed: 4, slowestMs: 11 },
  "inwindow-rst-ignored": { requests: 4, responses: 4, unanswered: 0, connections: 1 },
  "midstream-ack-first": { requests: 4, timed: 4 },
  "midstream-request-first": { requests: 4, timed: 4 },
  "midstream-response-first": { requests: 4, timed: 4 },
  "reuse-halfclosed-synack": { requests: 2, responses: 2, captureDrops: 0 },
  "reuse-no-handshake": { requests: 2, responses: 2, captureDrops: 0 },
  "reuse-syn-only": { requests: 2, responses: 2, captureDrops: 0 },
  "reuse-synack-only": { requests: 2, responses: 2, captureDrops: 0 },
  "stray-rst": { requests: 4, responses: 4, unanswered: 0 },
};

const names = Object.keys(RIGHT).filter((name) => existsSync(`${FOLDER}/${name}.pcap`));

describe.skipIf(names.length === 0)(
  "captures of faults [needs LBQOS_FAULTS, small captures of what real ones did]",
  () => {
    test.each(names)("%s", async (name) => {
      const { duplicates, timed, slowestMs, lossFromBackend, unread, ...figures } = RIGHT[name] ?? {};
      const run = await analyze(readFileSync(`${FOLDER}/${name}.pcap`));
      expect(figuresOf(run)).toMatchObject(figures);
      const http = run.pairs[0]?.http;
      if (duplicates !== undefined) expect(run.capture.duplicateFrames).toBe(duplicates);
      if (timed !== undefined) expect(http?.timeToFirstByteMs?.count).toBe(timed);
      if (lossFromBackend !== undefined) {
        expect(run.pairs[0]?.transport.fromBackend.lossPercent).toBeCloseTo(lossFromBackend, 9);
        expect(run.warnings.map(({ code }) => code)).toContain("segmentation-offload");
      }
      if (unread !== undefined) {
        const unreadFrames = run.warnings.find(({ code }) => code === "unread-frames");
        expect(unreadFrames?.message).toContain(unread);
      }
      if (slowestMs !== undefined) expect(http?.timeToLastByteMs?.max).toBeLessThanOrEqual(slowestMs);
    });
  },
);
