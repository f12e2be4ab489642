/** The capture as a whole: files, packets, what was passed over, TCP as Wireshark counts it. */
import { type CaptureFacts, type RunMetrics, WIRESHARK_COUNTS } from "../../metrics/run-metrics.ts";
import { skippedFrames } from "../../metrics/skipped-frames.ts";
import type { Words } from "../../words/words.ts";
import { count, measured, text, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Fact, Facts, Section } from "../document.ts";
import { numberText } from "../number-text.ts";
import { protocolsTable } from "./protocols-table.ts";

/** Files that are named; of the rest the count is given. */
const NAMED_FILES = 6;
/** Reasons for skipped frames that are named; the rest is summed. */
const NAMED_REASONS = 6;

export function captureSection(run: RunMetrics, labels: Words["report"]): Section {
  return {
    heading: labels.headings.capture,
    blocks: [
      captureFacts(run, labels),
      ...protocolsTable(run, labels),
      {
        kind: "facts",
        title: labels.tables.wireshark,
        facts: WIRESHARK_COUNTS.map((name) => countFact(labels.wireshark[name], run.tcp[name])),
      },
      { kind: "paragraph", text: labels.sentences.wireshark },
    ],
  };
}

function captureFacts({ capture, tcp, http }: RunMetrics, labels: Words["report"]): Facts {
  const { facts: names, reasons, units } = labels;
  return {
    kind: "facts",
    title: labels.tables.capture,
    facts: [
      textFact(names.files, filesText(capture.files, labels)),
      textFact(names.format, capture.format),
      {
        label: names.start,
        cell: capture.start === null ? measured(null, reasons.noFrames) : text(startText(capture.start)),
        digits: 0,
      },
      {
        label: names.duration,
        cell: measured(capture.durationSeconds, reasons.noFrames),
        unit: units.seconds,
        digits: DIGITS.seconds,
      },
      countFact(names.packets, capture.packets),
      { ...countFact(names.bytes, capture.bytes), unit: units.bytes },
      countFact(names.tcpPackets, capture.tcpPackets),
      textFact(names.skipped, skippedText(capture, labels)),
      { label: names.duplicateFrames, cell: trouble(capture.duplicateFrames, "fair"), digits: 0 },
      {
        label: names.recorderDrops,
        cell: measured(capture.recorderDrops, reasons.recorderSilent),
        digits: 0,
      },
      countFact(names.connections, tcp.connections),
      countFact(names.exchanges, http.exchanges),
    ],
  };
}

function countFact(label: string, value: number): Fact {
  return { label, cell: count(value), digits: 0 };
}

function textFact(label: string, content: string): Fact {
  return { label, cell: text(content), digits: 0 };
}

function filesText(files: readonly string[], labels: Words["report"]): string {
  const named = files.slice(0, NAMED_FILES).join(", ");
  const more = files.length - NAMED_FILES;
  return more <= 0 ? named : `${named} ${labels.moreFiles(numberText(more, 0, labels.numberStyle))}`;
}

/** ISO 8601 as people write it: `2026-11-22 20:54:26.324605004 UTC`. */
function startText(start: string): string {
  return start.replace("T", " ").replace(/Z$/, " UTC");
}

/** `12: 10 arp, 2 udp`, the most frequent first. */
function skippedText(capture: CaptureFacts, labels: Words["report"]): string {
  const number = (value: number): string => numberText(value, 0, labels.numberStyle);
  const { frames: all, named, others } = skippedFrames(capture, NAMED_REASONS);
  if (all === 0) return number(0);
  const parts = named.map(([reason, frames]) => `${number(frames)} ${reason}`);
  if (others > 0) parts.push(`${number(others)} ${labels.otherReasons}`);
  return `${number(all)}: ${parts.join(", ")}`;
}
