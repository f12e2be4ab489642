/**
 * The second tap of a run under way: a peer's capture is read beside this machine's, and the packets of both are matched. Whatever
 * goes wrong with the peer ends this and nothing else.
 */
import type { Capture } from "../capture/capture.ts";
import type { LiveCapture } from "../capture/engines/live-capture.ts";
import type { FrameBatch } from "../capture/frame.ts";
import { openCapture } from "../capture/open-capture.ts";
import { Failure } from "../failure.ts";
import type { LivePathFigures } from "../path/live-path-metrics.ts";
import { noPathMessage } from "../path/match-captures.ts";
import { PathUnderWay } from "../path/path-under-way.ts";
import { type Message, message, withNames } from "../words/message.ts";
import { descriptionsOf, type RecordChunk } from "./record-chunk.ts";
import { TapFeed } from "./tap-feed.ts";

/** Bytes of this machine's tap that may wait for the peer's, and of the peer's that are read ahead. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
const MAX_AHEAD_BYTES = 4 * 1024 * 1024;
/** A recorder hands frames over within a second, and the network takes its time: a tap that is silent for longer recorded nothing. */
const SILENCE_MS = 5_000;
const LOOK_MS = 100;

/** What was measured of the path to the peer. */
export interface PathSoFar {
  /** `matching`: packets are matched; before that both taps are looked at. `ended`: what was measured stays. */
  readonly phase: "looking" | "matching" | "ended";
  /** `null` until packets are matched. */
  readonly figures: LivePathFigures | null;
}

/** What the path to the peer says at one moment. */
export interface LivePath extends PathSoFar {
  /** Why nothing is measured (any more), in one line; `null`: there is no trouble. */
  readonly problem: Message | null;
}

/** One tap as it is read. */
interface ReadTap {
  readonly feed: TapFeed;
  capture: Capture | null;
  batch: FrameBatch | null;
  /** When the batch came, by this process's clock, ms. */
  arrivedMs: number;
  hasEnded: boolean;
  /** Resolves when something came. */
  reading: Promise<void> | null;
}

export class PeerPath {
  readonly #peer: LiveCapture;
  readonly #path: PathUnderWay;
  readonly #taps: readonly [ReadTap, ReadTap] = [newTap(), newTap()];
  readonly #rows: [number, number] = [0, 0];
  #phase: LivePath["phase"] = "looking";
  #problem: Message | null = null;
  #figures: LivePathFigures | null = null;
  #isStopping = false;
  readonly #matching: Promise<void>;

  /** @param synchronousClocks whether both taps' times are taken as they are */
  constructor(peer: LiveCapture, synchronousClocks: boolean) {
    this.#peer = peer;
    const apartNs = () => Number((this.#startNs(0) ?? 0n) - (this.#startNs(1) ?? 0n));
    this.#path = new PathUnderWay(synchronousClocks ? apartNs : null);
    void this.#readPeer();
    this.#matching = this.#match().catch((error: unknown) => this.#fail(wordsOf(error)));
  }

  /** Takes records of this machine's tap. */
  take(chunk: RecordChunk): void {
    if (this.#phase === "ended") return;
    const { feed } = this.#taps[0];
    const isFull = feed.waitingBytes + chunk.bytes.length > MAX_WAITING_BYTES;
    if (isFull && this.#path.isMatching)
      this.#fail(message("peerBehind", this.#name, MAX_WAITING_BYTES / 2 ** 20));
    // Before packets are matched any of them will do.
    else feed.push(isFull ? descriptionsOf(chunk).bytes : chunk.bytes);
  }

  /** Ends a step of about a second. */
  snapshot(): LivePath {
    if (this.#phase !== "ended") this.#figures = this.#path.step() ?? this.#figures;
    const { noPath } = this.#path;
    return {
      phase: this.#phase === "looking" && this.#path.isMatching ? "matching" : this.#phase,
      // Packets that never matched say more than that one of the taps has ended.
      problem: noPath === null ? this.#problem : noPathMessage(noPath, message("thisTap"), this.#name),
      figures: this.#figures,
    };
  }

  /** The run has ended: ends the peer, and matches what both still have. */
  async finish(): Promise<LivePath> {
    this.#isStopping = true;
    this.#taps[0].feed.end();
    this.#peer.stop();
    await this.#matching;
    return this.snapshot();
  }

  get #name(): string {
    return this.#peer.program ?? this.#peer.engine;
  }

  #startNs(tap: 0 | 1): bigint | null {
    return this.#taps[tap].capture?.startNs ?? null;
  }

  /** Reads the peer to its end, also when nobody wants it any more. */
  async #readPeer(): Promise<void> {
    const { feed } = this.#taps[1];
    for await (const piece of this.#peer.bytes) {
      if (this.#phase === "ended") continue;
      feed.push(piece);
      await feed.roomFor(MAX_AHEAD_BYTES);
    }
    feed.end();
  }

  async #match(): Promise<void> {
    for (;;) {
      for (const tap of this.#taps) this.#readMore(tap);
      if (this.#phase === "ended" || this.#hasAllEnded()) break;
      if (!this.#takeSome()) await this.#somethingComes();
    }
    if (this.#phase === "ended") return;
    this.#path.finish();
    this.#figures = this.#path.step() ?? this.#figures;
    this.#end(this.#isStopping ? null : this.#whyEnded());
  }

  #hasAllEnded(): boolean {
    const [own, peer] = this.#taps;
    return isRead(peer) && (isRead(own) || this.#path.isPastEnd(0));
  }

  /** @returns whether anything could be taken */
  #takeSome(): boolean {
    const [own, peer] = this.#taps;
    if (own.batch !== null && peer.batch !== null) this.#path.takeInStep([own.batch, peer.batch], this.#rows);
    else if (own.batch !== null && this.#mayGoAhead(own, peer))
      this.#path.takeAlone(0, own.batch, this.#rows, peer.hasEnded);
    else if (peer.batch !== null && this.#mayGoAhead(peer, own))
      this.#path.takeAlone(1, peer.batch, this.#rows, own.hasEnded);
    else return false;
    for (const tap of [0, 1] as const) {
      const { batch } = this.#taps[tap];
      if (batch === null || this.#rows[tap] < batch.count) continue;
      this.#taps[tap].batch = null;
      this.#rows[tap] = 0;
    }
    return true;
  }

  #mayGoAhead({ arrivedMs }: ReadTap, other: ReadTap): boolean {
    return other.hasEnded || performance.now() - arrivedMs >= SILENCE_MS;
  }

  #readMore(tap: ReadTap): void {
    if (tap.batch !== null || tap.hasEnded || tap.reading !== null) return;
    tap.reading = nextOf(tap)
      .then((batch) => {
        tap.reading = null;
        if (batch === null) tap.hasEnded = true;
        else {
          tap.batch = batch;
          tap.arrivedMs = performance.now();
        }
      })
      .catch((error: unknown) => {
        tap.reading = null;
        tap.hasEnded = true;
        // What is wrong with this machine's own records is said where they are analyzed.
        if (tap === this.#taps[1] && !this.#isStopping) this.#fail(this.#whyUnreadable(error));
      });
  }

  async #somethingComes(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const later = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LOOK_MS);
    });
    await Promise.race([later, ...this.#taps.flatMap(({ reading }) => reading ?? [])]);
    clearTimeout(timer);
  }

  /** What the peer says of itself; else what is wrong with what it sent. */
  #whyUnreadable(error: unknown): Message {
    const words = withNames(wordsOf(error), (name) => (name === "stream" ? this.#name : name));
    return this.#peer.failure?.words ?? words;
  }

  /** The peer has ended by itself. */
  #whyEnded(): Message {
    const { failure } = this.#peer;
    const [damage] = this.#taps[1].capture?.warnings ?? [];
    if (failure !== null) return message("peerEnded", failure.words);
    return damage === undefined
      ? message("peerStopped", this.#name)
      : message("peerEnded", damage.words.message);
  }

  #fail(why: Message): void {
    this.#end(message("peerEnded", why));
  }

  #end(problem: Message | null): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    this.#problem = problem;
    for (const { feed } of this.#taps) feed.end();
    this.#peer.stop();
  }
}

async function nextOf(tap: ReadTap): Promise<FrameBatch | null> {
  tap.capture ??= await openCapture(tap.feed);
  return tap.capture.nextBatch();
}

/** Whether a tap has ended, and all of it was taken. */
function isRead({ hasEnded, batch }: ReadTap): boolean {
  return hasEnded && batch === null;
}

function newTap(): ReadTap {
  return { feed: new TapFeed(), capture: null, batch: null, arrivedMs: 0, hasEnded: false, reading: null };
}

function wordsOf(error: unknown): Message {
  return error instanceof Failure ? error.words : message("analysisFailed", String(error));
}
