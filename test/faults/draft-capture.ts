/**
 * Captures drafted by tests: conversations of HTTP over TCP whose hosts keep their numbers themselves, so that a test says
 * only what goes wrong. Frames stand in the file in the order in which they were drafted, or as `record` puts them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyze, type FileAnalysisOptions } from "../../src/analysis/analyze.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { pcapFile } from "../capture/build-pcap.ts";

const NANOSECOND_MAGIC = 0xa1b23c4d;
const START_SECONDS = 1_700_000_000;

export type Side = "client" | "server";

/** A frame as it is put into the file. */
export interface DraftedFrame {
  /** ms after the capture's start. */
  readonly at: number;
  readonly bytes: Buffer;
  /** Its length on the wire. */
  readonly wireLength: number;
}

/** What a segment may say other than its host would. */
export interface SegmentChanges {
  /** Letters of its flags, "A" and, with data, "P" where absent. */
  readonly flags?: string;
  readonly data?: string | Buffer;
  /** Absolute numbers in place of the host's own; they leave its state alone. */
  readonly sequence?: number;
  readonly acknowledgement?: number;
  readonly window?: number;
  readonly ipId?: number;
  readonly timeToLive?: number;
  readonly ethernet?: string;
  /** The recorder misses it. */
  readonly missed?: boolean;
  /** It never reaches its receiver. */
  readonly lost?: boolean;
  readonly capturedLength?: number;
  readonly options?: Buffer;
}

export interface HostSettings {
  readonly address: string;
  readonly port: number;
  readonly isn?: number;
  readonly window?: number;
  /** Counts IPv4 IDs: of this host's connection, or one that several share. */
  readonly ids?: IdCounter;
}

/** Numbers IPv4 packets. */
export class IdCounter {
  #next: number;

  constructor(first = 1) {
    this.#next = first;
  }

  take(): number {
    const id = this.#next & 0xffff;
    this.#next = (this.#next + 1) & 0xffff;
    return id;
  }
}

interface Host {
  readonly address: string;
  readonly port: number;
  readonly isn: number;
  readonly window: number;
  readonly ids: IdCounter;
  next: number;
  received: number;
}

export class DraftCapture {
  readonly frames: DraftedFrame[] = [];

  conversation(client: HostSettings, server: HostSettings): DraftedConversation {
    return new DraftedConversation(this, client, server);
  }

  record(frame: DraftedFrame): void {
    this.frames.push(frame);
  }

  /** Puts frames in the order of their times. */
  sort(): void {
    this.frames.sort((a, b) => a.at - b.at);
  }

  file(): Buffer {
    const records = this.frames.map(({ at, bytes, wireLength }) => {
      const ns = Math.round(at * 1e6);
      const seconds = Math.floor(ns / 1e9);
      return { seconds: START_SECONDS + seconds, fraction: ns - seconds * 1e9, data: bytes, wireLength };
    });
    return pcapFile(records, { magic: NANOSECOND_MAGIC });
  }

  /** What lbqos says of it. */
  async analyze(options: FileAnalysisOptions = {}): Promise<RunMetrics> {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-draft-"));
    try {
      const path = join(folder, "drafted.pcap");
      writeFileSync(path, this.file());
      return await analyze(path, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** A TCP connection whose hosts send what they are told to, in order, and acknowledge what reached them. */
export class DraftedConversation {
  readonly #capture: DraftCapture;
  readonly client: Host;
  readonly server: Host;

  constructor(capture: DraftCapture, client: HostSettings, server: HostSettings) {
    this.#capture = capture;
    this.client = hostOf(client, 1000);
    this.server = hostOf(server, 5000);
    this.client.received = this.server.isn;
    this.server.received = this.client.isn;
  }

  /** The handshake, 0.5 ms from segment to segment. */
  open(at: number): void {
    this.send("client", at, { flags: "S" });
    this.send("server", at + 0.5, { flags: "SA" });
    this.send("client", at + 1);
  }

  /** As if the connection had been opened before the capture. */
  openBefore(): void {
    this.client.next = this.client.isn + 1;
    this.server.next = this.server.isn + 1;
    this.client.received = this.server.next;
    this.server.received = this.client.next;
  }

  /** A request, its ACK after 0.5 ms, the response after `wait` ms, its ACK 0.5 ms later. */
  exchange(at: number, wait = 5, request = get(), response = ok()): void {
    this.send("client", at, { data: request });
    this.send("server", at + 0.5);
    this.send("server", at + wait, { data: response });
    this.send("client", at + wait + 0.5);
  }

  /** Both FINs and their ACKs, 0.5 ms apart. */
  close(at: number, first: Side = "client"): void {
    const second = first === "client" ? "server" : "client";
    this.send(first, at, { flags: "FA" });
    this.send(second, at + 0.5, { flags: "FA" });
    this.send(first, at + 1);
  }

  /** One segment. */
  send(side: Side, at: number, changes: SegmentChanges = {}): void {
    const frame = this.frame(side, at, changes);
    if (changes.missed !== true) this.#capture.record(frame);
  }

  /** One segment, as a frame that is not recorded yet. */
  frame(side: Side, at: number, changes: SegmentChanges = {}): DraftedFrame {
    const from = this[side];
    const to = this[side === "client" ? "server" : "client"];
    const data = Buffer.from(changes.data ?? "");
    const flags = changes.flags ?? (data.length > 0 ? "PA" : "A");
    const sequence = (changes.sequence ?? from.next) >>> 0;
    const space = data.length + (/[SF]/.test(flags) ? 1 : 0);
    if (changes.sequence === undefined) {
      from.next = (from.next + space) >>> 0;
      if (changes.lost !== true) to.received = from.next;
    }
    const acknowledgement = flags.includes("A") ? (changes.acknowledgement ?? from.received) >>> 0 : 0;
    const bytes = frameBytes(from, to, { ...changes, flags, data, sequence, acknowledgement });
    const held = changes.capturedLength ?? bytes.length;
    return { at, bytes: bytes.subarray(0, held), wireLength: bytes.length };
  }
}

function hostOf(settings: HostSettings, usualIsn: number): Host {
  const isn = settings.isn ?? usualIsn;
  return {
    address: settings.address,
    port: settings.port,
    isn,
    window: settings.window ?? 8192,
    ids: settings.ids ?? new IdCounter(isn & 0xfff),
    next: isn,
    received: 0,
  };
}

export function get(path = "/"): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

export function ok(body = "hello"): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

interface WrittenSegment extends SegmentChanges {
  readonly flags: string;
  readonly data: Buffer;
  readonly sequence: number;
  readonly acknowledgement: number;
}

const FLAG_BITS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 };

function frameBytes(from: Host, to: Host, segment: WrittenSegment): Buffer {
  const options = segment.options ?? Buffer.alloc(0);
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(from.port, 0);
  tcp.writeUInt16BE(to.port, 2);
  tcp.writeUInt32BE(segment.sequence, 4);
  tcp.writeUInt32BE(segment.acknowledgement, 8);
  tcp.writeUInt8((5 + options.length / 4) << 4, 12);
  tcp.writeUInt8(
    [...segment.flags].reduce((bits, letter) => bits | (FLAG_BITS[letter] ?? 0), 0),
    13,
  );
  tcp.writeUInt16BE(segment.window ?? from.window, 14);
  const packet = Buffer.concat([tcp, options, segment.data]);
  const isIpv6 = from.address.includes(":");
  const ip = isIpv6 ? ipv6(from, to, packet, segment) : ipv4(from, to, packet, segment);
  const link = Buffer.from(segment.ethernet ?? "00005e00530200005e005301", "hex");
  return Buffer.concat([link, Buffer.from(isIpv6 ? [0x86, 0xdd] : [0x08, 0x00]), ip]);
}

function ipv4(from: Host, to: Host, payload: Buffer, { ipId, timeToLive }: WrittenSegment): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload.length, 2);
  header.writeUInt16BE(ipId ?? from.ids.take(), 4);
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(timeToLive ?? 64, 8);
  header.writeUInt8(6, 9);
  header.set(from.address.split(".").map(Number), 12);
  header.set(to.address.split(".").map(Number), 16);
  let sum = 0;
  for (let offset = 0; offset < 20; offset += 2) sum += header.readUInt16BE(offset);
  header.writeUInt16BE(0xffff - (sum % 0xffff), 10);
  return Buffer.concat([header, payload]);
}

/** Addresses of the form fd00::N. */
function ipv6(from: Host, to: Host, payload: Buffer, { timeToLive }: WrittenSegment): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt8(0x60, 0);
  header.writeUInt16BE(payload.length, 4);
  header.writeUInt8(6, 6);
  header.writeUInt8(timeToLive ?? 64, 7);
  for (const [offset, { address }] of [
    [8, from],
    [24, to],
  ] as const) {
    header.writeUInt8(0xfd, offset);
    header.writeUInt16BE(Number.parseInt(address.split("::")[1] ?? "0", 16), offset + 14);
  }
  return Buffer.concat([header, payload]);
}
