/**
 * TCP conversations as tests write them, one segment a line, much as tcpdump prints them (see README.md):
 *
 *     0    > S 0 mss 1460
 *     10   < S 0 ack 1
 *     20   > 1:101 ack 1
 */
import type { Side } from "./side.ts";

/** One segment; sequence numbers are relative to the sender's initial sequence number, its SYN's, 0. */
export interface PlannedSegment {
  readonly timeNs: number;
  /** 1, 2, … where several connections are written together. */
  readonly connection: number;
  readonly side: Side;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly sequence: number;
  readonly length: number;
  /** Payload bytes that the capture holds. */
  readonly held: number;
  /** `null`: no ACK flag. */
  readonly ack: number | null;
  readonly window: number;
  /** Timestamp option: value and echo. */
  readonly timestamps: readonly [number, number] | null;
  readonly sacks: readonly (readonly [number, number])[];
  /** IPv4 identification; −1: the packet is IPv6. */
  readonly ipId: number;
  readonly timeToLive: number;
  /** 0: no option. */
  readonly maximumSegmentSize: number;
  /** Stands for what lies before the IP header. */
  readonly link: number;
}

const USUAL_WINDOW = 8192;
const LINE = /^(?<time>-?[\d.]+) +(?<connection>\d+)?(?<arrow>[<>])(?<rest>( .*)?)$/;

/**
 * The segments of a text; empty lines and what follows a `#` are for the reader.
 * @throws Error for a line that is no part of the notation
 */
export function parseSegments(text: string): PlannedSegment[] {
  return text.split("\n").flatMap((line) => {
    const bare = line.replace(/#.*/, "").trim();
    return bare === "" ? [] : [parseSegment(bare)];
  });
}

function parseSegment(line: string): PlannedSegment {
  const { time, connection, arrow, rest } = LINE.exec(line)?.groups ?? {};
  if (time === undefined) throw new Error(`no segment: ${line}`);
  const words = (rest ?? "").trim().split(/ +/);
  const flags = /^[SFR]+$/.test(words[0] ?? "") ? (words.shift() ?? "") : "";
  const [start = Number.NaN, end = start] = numbers(words.shift() ?? "", ":");
  const options = new Map<string, string[]>();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const value = words.shift();
    if (value === undefined || !/^(ack|win|ts|sack|id|ttl|mss|link|held)$/.test(word))
      throw new Error(`"${word}" is not understood in: ${line}`);
    options.set(word, [...(options.get(word) ?? []), value]);
  }
  const option = (name: string, usual: number) => Number(options.get(name)?.[0] ?? usual);
  const length = end - start;
  const segment: PlannedSegment = {
    timeNs: Math.round(Number(time) * 1e6),
    connection: Number(connection ?? 1),
    side: arrow === ">" ? 0 : 1,
    syn: flags.includes("S"),
    fin: flags.includes("F"),
    rst: flags.includes("R"),
    sequence: start,
    length,
    held: option("held", length),
    ack: options.has("ack") ? option("ack", 0) : null,
    window: option("win", USUAL_WINDOW),
    timestamps: options.has("ts") ? pair(options.get("ts")?.[0] ?? "", "/") : null,
    sacks: (options.get("sack") ?? []).map((block) => pair(block, ":")),
    ipId: option("id", 0),
    timeToLive: option("ttl", 64),
    maximumSegmentSize: option("mss", 0),
    link: option("link", 0),
  };
  if (!Number.isInteger(start) || length < 0) throw new Error(`no sequence numbers in: ${line}`);
  return segment;
}

function pair(text: string, separator: string): readonly [number, number] {
  const [first = Number.NaN, second = Number.NaN] = numbers(text, separator);
  return [first, second];
}

function numbers(text: string, separator: string): number[] {
  return text.split(separator).map(Number);
}

/** The byte at a place in a side's stream: every test can tell which byte it got. */
export function streamByte(side: Side, sequence: number): number {
  return (sequence * 31 + Math.floor(sequence / 256) * 17 + side * 101) & 0xff;
}
