/** tshark as second opinion on Wireshark's analysis: the written conversations, and many made at random. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { needs } from "../../real-part.ts";
import { casesIn } from "./golden-cases.ts";
import { USUAL_SEQUENCES, WRAPPING_SEQUENCES } from "./plan-segment.ts";
import { play } from "./play-segments.ts";
import { randomConversation } from "./random-segments.ts";
import { captureOf, type PlacedSegment } from "./segment-frames.ts";
import { parseSegments } from "./segment-notation.ts";

/** Names of lbqos's flags by tshark's, in the order of lbqos's. */
const FLAGS: Readonly<Record<string, string>> = {
  retransmission: "retransmission",
  fast_retransmission: "fast-retransmission",
  spurious_retransmission: "spurious-retransmission",
  out_of_order: "out-of-order",
  lost_segment: "lost-segment",
  ack_lost_segment: "acked-unseen",
  duplicate_ack: "duplicate-ack",
  zero_window: "zero-window",
  zero_window_probe: "zero-window-probe",
  keep_alive: "keep-alive",
  zero_window_probe_ack: "zero-window-probe-ack",
  keep_alive_ack: "keep-alive-ack",
};

const folder = mkdtempSync(join(tmpdir(), "lbqos-tcp-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** tshark's flags of each conversation, as lbqos would write them down. */
function tsharkAnalysis(conversations: readonly (readonly PlacedSegment[])[]): string[][] {
  const path = join(folder, "conversations.pcap");
  // A connection of its own for each conversation, all in one capture.
  const segments = conversations.flatMap((conversation, index) =>
    conversation.map(({ plan, initial }) => ({ plan: { ...plan, connection: index }, initial })),
  );
  writeFileSync(path, captureOf(segments));
  const fields = Object.keys(FLAGS).flatMap((flag) => ["-e", `tcp.analysis.${flag}`]);
  const output = execFileSync("tshark", ["-n", "-r", path, "-T", "fields", "-e", "tcp.stream", ...fields], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const rows = output.trimEnd().split("\n");
  expect(rows.length).toBe(segments.length);
  let row = 0;
  return conversations.map((conversation) =>
    conversation.flatMap((_, index) => {
      const [, ...flags] = rows[row++]?.split("\t") ?? [];
      const names = Object.values(FLAGS).filter((_, flag) => (flags[flag] ?? "") !== "");
      return names.length === 0 ? [] : [`#${index + 1} ${names.join(", ")}`];
    }),
  );
}

needs("tshark")("Wireshark's analysis, and tshark's", () => {
  const written = casesIn(readFileSync(new URL("wireshark-analysis.md", import.meta.url), "utf8"));

  test.each([
    ["far from the wrap", USUAL_SEQUENCES],
    ["over the wrap", WRAPPING_SEQUENCES],
  ])("written conversations, %s", (_, initial) => {
    const conversations = written.map(({ blocks }) =>
      parseSegments(blocks.get("segments") ?? "").map((plan) => ({ plan, initial })),
    );
    const theirs = tsharkAnalysis(conversations);
    const ofTshark = written.map(({ title }, index) => [title, ...(theirs[index] ?? [])]);
    const expected = written.map(({ title, blocks }) => [
      title,
      ...(blocks.get("analysis") ?? "").split("\n").filter((line) => line !== ""),
    ]);
    expect(ofTshark).toEqual(expected);
  });

  test("500 conversations at random", () => {
    const conversations = Array.from({ length: 500 }, (_, seed) => randomConversation(seed));
    const theirs = tsharkAnalysis(
      conversations.map(({ plans, initial }) => plans.map((plan) => ({ plan, initial }))),
    );
    const differing = conversations.flatMap(({ plans, initial, text }, seed) => {
      const { analysis } = play(plans, initial);
      return JSON.stringify(analysis) === JSON.stringify(theirs[seed])
        ? []
        : [{ seed, text, lbqos: analysis, tshark: theirs[seed] }];
    });
    expect(differing).toEqual([]);
  });
});
