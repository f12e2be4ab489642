/**
 * Matches each packet of one tap with itself at the other. Both captures are read in step; a packet waits for its like for
 * `MAX_DELAY_NS`, then it is counted: as received, lost, a copy, or as none of this path.
 */
import type { FrameBatch } from "../capture/frame.ts";
import { ACK, SYN } from "../engine/segments/tcp-flags.ts";
import { IpProtocol } from "../packet/ip-protocol.ts";
import { ClockFollower } from "./clock-follower.ts";
import type { SampleRoom } from "./delay-samples.ts";
import { Fingerprint } from "./fingerprint.ts";
import { FROM_HIGH, FROM_LOW, UNKNOWN, wayOf } from "./flow-direction.ts";
import { countsOf, FLOW_IDLE_NS } from "./flow-table.ts";
import { HostPairs } from "./host-pairs.ts";
import { PathDirection } from "./path-direction.ts";
import { MAX_DELAY_NS, type SurveyedPath } from "./survey.ts";
import { type Edge, edgeOf, noteMissing, TapSide } from "./tap-side.ts";
import { MAX_COPIES } from "./tap-window.ts";
import { wireSegmentLength } from "./wire-segments.ts";

/** Packets of a connection in one direction that may all be lost; of more, the other tap did not record the connection. */
const MAX_LOST_UNANSWERED = 16;
/** A copy's delay is believed up to twice the longest one of late and this, ns. */
const DELAY_SLACK_NS = 1e6;
/** Packets between two looks at what has waited long enough. */
const LOOK_INTERVAL = 256;
const SYN_AND_ACK = SYN | ACK;

export class PathMatcher {
  /** The first tap and the second. */
  readonly taps: readonly [TapSide, TapSide];
  /** From the first tap to the second, and back. */
  readonly directions: readonly [PathDirection, PathDirection];
  readonly #scheme: SurveyedPath["scheme"];
  readonly #fingerprint: Fingerprint;
  readonly #clock: ClockFollower;
  /** Whether packets go both ways, so that their times tell the ways apart. */
  readonly #isTwoWay: boolean;
  #untilLook = LOOK_INTERVAL;

  /**
   * @param knownOffsetNs second clock less first, where it is known
   * @param room for the delays that are kept; by default those of a whole run
   */
  constructor({ scheme, offsetNs, pairs }: SurveyedPath, knownOffsetNs: number | null, room?: SampleRoom) {
    this.#scheme = scheme;
    this.#fingerprint = new Fingerprint(scheme);
    this.#clock = new ClockFollower(knownOffsetNs ?? offsetNs, knownOffsetNs !== null);
    this.#isTwoWay = knownOffsetNs !== null || pairs.some(({ direction }) => direction !== UNKNOWN);
    this.taps = [
      new TapSide(new HostPairs(pairs)),
      new TapSide(new HostPairs(scheme.addresses ? pairs : [])),
    ];
    const base = Math.round(this.#clock.offsetNs);
    this.directions = [new PathDirection(true, base, room), new PathDirection(false, base, room)];
  }

  /**
   * Takes rows of both batches in the order of their times, until one batch has no more.
   * @param rows the next row of each; moved on
   */
  takeInStep(batches: readonly [FrameBatch, FrameBatch], rows: [number, number]): void {
    const [first, second] = batches;
    while (rows[0] < first.count && rows[1] < second.count) {
      const firstNs = first.timeNs[rows[0]] as number;
      const secondNs = second.timeNs[rows[1]] as number;
      if (firstNs <= secondNs - this.#clock.offsetNs) this.#take(0, first, rows[0]++);
      else this.#take(1, second, rows[1]++);
    }
  }

  /** Takes the rest of a batch: the other capture has ended. */
  takeRest(tap: 0 | 1, batch: FrameBatch, rows: [number, number]): void {
    while (rows[tap] < batch.count) this.#take(tap, batch, rows[tap]++);
  }

  /** Takes the rest of a batch: the other tap has recorded nothing meanwhile, and what it lacks it never saw. */
  takeWhileQuiet(tap: 0 | 1, batch: FrameBatch, rows: [number, number]): void {
    const lastNs = batch.timeNs[batch.count - 1] as number;
    this.takeRest(tap, batch, rows);
    const other = this.taps[1 - tap] as TapSide;
    const thereNs = tap === 0 ? lastNs + this.#clock.offsetNs : lastNs - this.#clock.offsetNs;
    if (thereNs > other.lastNs) other.lastNs = thereNs;
  }

  /** Whether a tap is so far behind the other one's end that nothing of it can be there. */
  isPastEnd(tap: 0 | 1): boolean {
    const [first, second] = this.taps;
    const aheadNs = first.lastNs - (second.lastNs - this.#clock.offsetNs);
    return (tap === 0 ? aheadNs : -aheadNs) > MAX_DELAY_NS;
  }

  /** Both taps began and ended when they did: what is missing beyond was not recorded. */
  noteEdges(): void {
    for (const { before, after } of this.taps) {
      before.proof++;
      after.proof++;
    }
  }

  /** Both captures have ended: counts what still waits. */
  finish(): void {
    this.#expire(0, Number.POSITIVE_INFINITY);
    this.#expire(1, Number.POSITIVE_INFINITY);
    for (const tap of [0, 1] as const) {
      this.taps[tap].flows.forgetIdle(Number.POSITIVE_INFINITY, (flow) => this.#settle(tap, flow));
    }
    for (const { before, after } of this.taps) {
      this.#settleEdge(before, true);
      this.#settleEdge(after, false);
    }
  }

  #take(tap: 0 | 1, batch: FrameBatch, row: number): void {
    const side = this.taps[tap];
    const { reader, flows } = side;
    const timeNs = batch.timeNs[row] as number;
    if (side.frames++ === 0) side.firstNs = timeNs;
    if (timeNs < side.lastNs) {
      side.earlierFrames++;
      side.mostEarlierNs = Math.max(side.mostEarlierNs, side.lastNs - timeNs);
    } else side.lastNs = timeNs;
    if (!reader.read(batch, row)) {
      side.otherFrames++;
      return;
    }
    if (--this.#untilLook === 0 || flows.isCrowded) this.#look(tap, timeNs);
    const flow = flows.find(reader, timeNs);
    if (reader.isSyn) flows.noteSyn(flow, reader);
    const { sequence, length, flags, ipId } = reader;
    if (!this.#scheme.split || reader.protocol !== IpProtocol.TCP) {
      this.#takePacket(tap, timeNs, flow, sequence, length, flags, ipId);
      return;
    }
    const segment = wireSegmentLength(reader, flows, flow);
    let done = 0;
    for (let part = 0; length - done > segment; part++, done += segment) {
      const id = ipId === 0 ? 0 : (ipId + part) & 0xffff;
      this.#takePacket(
        tap,
        timeNs,
        flow,
        (sequence + done) | 0,
        segment,
        reader.flagsOfPart(part, false),
        id,
      );
    }
    const last = Math.ceil(done / segment);
    const id = ipId === 0 ? 0 : (ipId + last) & 0xffff;
    this.#takePacket(
      tap,
      timeNs,
      flow,
      (sequence + done) | 0,
      length - done,
      reader.flagsOfPart(last, true),
      id,
    );
  }

  #takePacket(
    tap: 0 | 1,
    timeNs: number,
    flow: number,
    sequence: number,
    length: number,
    flags: number,
    ipId: number,
  ): void {
    const own = this.taps[tap];
    const { reader, flows, window } = own;
    const fingerprint = this.#fingerprint;
    if (!fingerprint.take(reader, sequence, length, flags, ipId)) {
      own.indistinct++;
      return;
    }
    const { high, low } = fingerprint;
    if (window.isFull) this.#count(tap);
    const number = window.push(high, low, timeNs, flow, flows.side);
    const other = this.taps[1 - tap] as TapSide;
    const newest = other.window.waiting(high, low, other.window.tail);
    if (newest < 0) {
      window.noteCopy(number);
      return;
    }
    const older = other.window.waiting(high, low, newest);
    const like = older < 0 ? newest : this.#likeliest(tap, number, newest);
    const isOpening = (flags & SYN_AND_ACK) === SYN;
    const isMatch = tap === 0 ? this.#match(number, like, isOpening) : this.#match(like, number, isOpening);
    if (!isMatch || older < 0) return;
    let copy = other.window.waiting(high, low, other.window.tail);
    for (let looked = 0; copy >= 0 && looked < MAX_COPIES; looked++) {
      other.window.markCopy(copy);
      copy = other.window.waiting(high, low, copy);
    }
  }

  /** Of copies that wait at the other tap, the oldest with a delay that is believable that way; else the newest. */
  #likeliest(tap: 0 | 1, number: number, newest: number): number {
    const { window, flows } = this.taps[tap];
    const other = (this.taps[1 - tap] as TapSide).window;
    const high = this.#fingerprint.high;
    const low = this.#fingerprint.low;
    const direction = flows.direction[window.flow(number)] as number;
    const [there, back] = this.directions;
    const longest =
      direction === UNKNOWN
        ? Math.max(there.recentMaxNs, back.recentMaxNs)
        : this.directions[wayOf(direction, window.side(number))].recentMaxNs;
    let likeliest = newest;
    let copy = newest;
    for (let looked = 0; copy >= 0 && looked < MAX_COPIES; looked++) {
      const apartNs = window.timeNs(number) - other.timeNs(copy);
      const delayNs = Math.abs((tap === 0 ? -apartNs : apartNs) - this.#clock.offsetNs);
      if (delayNs <= 2 * longest + DELAY_SLACK_NS) likeliest = copy;
      copy = other.waiting(high, low, copy);
    }
    return likeliest;
  }

  /** @returns whether the two are one packet: not where their times or connections say no */
  #match(firstNumber: number, secondNumber: number, isOpening: boolean): boolean {
    const [first, second] = this.taps;
    const firstNs = first.window.timeNs(firstNumber);
    const secondNs = second.window.timeNs(secondNumber);
    const differenceNs = secondNs - firstNs;
    if (Math.abs(differenceNs - this.#clock.offsetNs) > MAX_DELAY_NS) return false;
    const firstFlow = first.window.flow(firstNumber);
    const secondFlow = second.window.flow(secondNumber);
    if (first.flows.peer[firstFlow] !== secondFlow && !this.#introduce(firstFlow, secondFlow)) return false;
    first.window.match(firstNumber);
    second.window.match(secondNumber);
    const side = first.window.side(firstNumber);
    const way = this.#orient(firstFlow, side, secondFlow, second.window.side(secondNumber), differenceNs);
    first.flows.matched[firstFlow] = (first.flows.matched[firstFlow] as number) + 1;
    second.flows.matched[secondFlow] = (second.flows.matched[secondFlow] as number) + 1;
    const direction = this.directions[way];
    direction.samples.add(way === 0 ? secondNs : firstNs, differenceNs);
    if (isOpening) direction.opened++;
    this.#clock.take(way, differenceNs);
    direction.noteDelay(Math.abs(differenceNs - this.#clock.offsetNs));
    return true;
  }

  /** Notes that two connections are one; false where either is known to be another. */
  #introduce(firstFlow: number, secondFlow: number): boolean {
    const [first, second] = this.taps;
    if (first.flows.peer[firstFlow] !== -1 || second.flows.peer[secondFlow] !== -1) return false;
    first.flows.peer[firstFlow] = secondFlow;
    second.flows.peer[secondFlow] = firstFlow;
    return true;
  }

  /** Which way a packet went: 0 from the first tap to the second, 1 back. Notes it for both connections. */
  #orient(
    firstFlow: number,
    firstSide: number,
    secondFlow: number,
    secondSide: number,
    differenceNs: number,
  ): 0 | 1 {
    const [first, second] = this.taps;
    const firstPair = first.flows.pairs.list[first.flows.pair[firstFlow] as number];
    const secondPair = second.flows.pairs.list[second.flows.pair[secondFlow] as number];
    if (firstPair === undefined || secondPair === undefined) throw new Error("a flow has no pair");
    let direction = first.flows.direction[firstFlow] as number;
    if (direction === UNKNOWN) {
      if (firstPair.direction === UNKNOWN) {
        const goesThere = !this.#isTwoWay || differenceNs > this.#clock.offsetNs;
        first.flows.pairs.orient(firstPair, goesThere === (firstSide === 0) ? FROM_LOW : FROM_HIGH);
      }
      direction = firstPair.direction;
      first.flows.direction[firstFlow] = direction;
    }
    const way = wayOf(direction, firstSide);
    if (second.flows.direction[secondFlow] === UNKNOWN) {
      const secondDirection = (way === 0) === (secondSide === 0) ? FROM_LOW : FROM_HIGH;
      second.flows.direction[secondFlow] = secondDirection;
      if (secondPair.direction === UNKNOWN) second.flows.pairs.orient(secondPair, secondDirection);
    }
    firstPair.isShared = true;
    secondPair.isShared = true;
    return way;
  }

  /** Counts what has waited long enough, and forgets connections that ended. */
  #look(tap: 0 | 1, timeNs: number): void {
    this.#untilLook = LOOK_INTERVAL;
    const firstNs = tap === 0 ? timeNs : timeNs - this.#clock.offsetNs;
    this.#expire(0, firstNs - MAX_DELAY_NS);
    this.#expire(1, firstNs + this.#clock.offsetNs - MAX_DELAY_NS);
    for (const one of [0, 1] as const) {
      const { flows } = this.taps[one];
      if (!flows.isCrowded) continue;
      const nowNs = one === 0 ? firstNs : firstNs + this.#clock.offsetNs;
      flows.forgetIdle(nowNs - FLOW_IDLE_NS, (flow) => this.#settle(one, flow));
    }
  }

  #expire(tap: 0 | 1, beforeNs: number): void {
    const { window } = this.taps[tap];
    while (window.head < window.tail && window.timeNs(window.head) < beforeNs) this.#count(tap);
  }

  /** Counts the oldest packet of a tap, and forgets it. */
  #count(tap: 0 | 1): void {
    const { window, flows } = this.taps[tap];
    const number = window.head;
    const flow = window.flow(number);
    const side = window.side(number);
    const isMatched = window.isMatched(number);
    const pair = flows.pairs.list[flows.pair[flow] as number];
    const direction = (flows.direction[flow] as number) || (pair?.direction ?? UNKNOWN);
    const way = wayOf(direction, side);
    if (isMatched) {
      if (way === tap) this.directions[way].noteReceived();
    } else if (direction === UNKNOWN || pair?.isShared !== true) this.#leaveOpen(tap, flow, side);
    else this.#countUnmatched(tap, number, flow, side, way);
    window.pop();
  }

  #leaveOpen(tap: 0 | 1, flow: number, side: number): void {
    const { undecided } = this.taps[tap].flows;
    undecided[2 * flow + side] = (undecided[2 * flow + side] as number) + 1;
  }

  #leaveAtEdge(tap: 0 | 1, flow: number, edge: 0 | 1): void {
    const { atEdge } = this.taps[tap].flows;
    atEdge[2 * flow + edge] = (atEdge[2 * flow + edge] as number) + 1;
  }

  #countUnmatched(tap: 0 | 1, number: number, flow: number, side: number, way: 0 | 1): void {
    const { window, flows } = this.taps[tap];
    const other = this.taps[1 - tap] as TapSide;
    const direction = this.directions[way];
    const isSender = way === tap;
    if (!isSender && window.isCopy(number)) {
      direction.duplicated++;
      return;
    }
    const timeNs = window.timeNs(number);
    const thereNs = tap === 0 ? timeNs + this.#clock.offsetNs : timeNs - this.#clock.offsetNs;
    const { recentMaxNs } = direction;
    const edge = edgeOf(other, thereNs, isSender ? thereNs + recentMaxNs : thereNs - recentMaxNs);
    if (edge !== null && !isSender) edge.proof++;
    else if (edge !== null && flows.matched[flow] === 0)
      this.#leaveAtEdge(tap, flow, edge === other.before ? 0 : 1);
    else if (edge !== null) noteMissing(edge, way, timeNs);
    else if (flows.matched[flow] === 0) this.#leaveOpen(tap, flow, side);
    else if (isSender) direction.noteLost(timeNs);
    else direction.notRecorded++;
  }

  /** A connection has ended: counts its packets that were left open, and lets go of it. */
  #settle(tap: 0 | 1, flow: number): void {
    const side = this.taps[tap];
    const { flows } = side;
    const peer = flows.peer[flow] as number;
    if (peer >= 0) (this.taps[1 - tap] as TapSide).flows.peer[peer] = -1;
    const [low, high] = countsOf(flows.undecided, flow);
    const [early, late] = countsOf(flows.atEdge, flow);
    const all = low + high + early + late;
    if (all === 0) return;
    const pair = flows.pairs.list[flows.pair[flow] as number];
    const direction = (flows.direction[flow] as number) || (pair?.direction ?? UNKNOWN);
    if (pair?.isShared !== true || direction === UNKNOWN) {
      side.elsewhere += all;
      return;
    }
    const way = tap;
    const sent = (direction === FROM_LOW) === (way === 0) ? low : high;
    const come = low + high - sent;
    const isShared = (flows.matched[flow] as number) > 0;
    if (!isShared && (come > 0 || sent + early + late > MAX_LOST_UNANSWERED)) {
      side.unshared += all;
      return;
    }
    const other = this.taps[tap === 0 ? 1 : 0];
    this.directions[way].noteLostSometime(sent);
    this.directions[way === 0 ? 1 : 0].notRecorded += come;
    other.before.missing[way] += early;
    other.after.missing[way] += late;
  }

  /** Without proof that the other tap did not record, what it lacks was lost. */
  #settleEdge({ missing, missingAtNs, proof }: Edge, isBefore: boolean): void {
    if (proof > 0) return;
    for (const way of [0, 1] as const)
      this.directions[way].noteLostAtEdge(missing[way], missingAtNs[way], isBefore);
  }
}
