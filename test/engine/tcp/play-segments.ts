/** Plays a conversation to the tcp room and writes down what the room says, in lines that a test can compare. */
import { Segment } from "../../../src/engine/segments/segment.ts";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";
import * as AnalysisFlag from "../../../src/engine/tcp/analysis-flags.ts";
import type { Connection, Direction } from "../../../src/engine/tcp/connection.ts";
import type { ConnectionSink } from "../../../src/engine/tcp/connection-sink.ts";
import {
  ANSWERED_DATA,
  ANY,
  BEFORE_TAP,
  BEYOND_TAP,
  CAPTURE_DROP,
  CLOSING,
  DATA,
  HANDSHAKE,
  HANDSHAKE_REPLY,
  HOLES,
  HOLES_AGAIN,
  IDS,
  IN_VAIN,
  PURE_ACKS,
  REPEATED_HANDSHAKE,
  UNDECIDED,
} from "../../../src/engine/tcp/connection-sink.ts";
import type { StreamListener } from "../../../src/engine/tcp/stream-listener.ts";
import * as CloseReason from "../../../src/engine/tcp/stream-listener.ts";
import { ConnectionTracker } from "../../../src/engine/tcp/track-connections.ts";
import { fillSegment, type InitialSequences, USUAL_SEQUENCES } from "./plan-segment.ts";
import { type PlannedSegment, streamByte } from "./segment-notation.ts";
import type { Side } from "./side.ts";

const PLACES = nameOf({ BEYOND_TAP, BEFORE_TAP, CAPTURE_DROP });
const EVIDENCE = nameOf({ ANY, IDS, HOLES, HOLES_AGAIN, UNDECIDED, IN_VAIN, PURE_ACKS });
const KINDS = nameOf({ HANDSHAKE, HANDSHAKE_REPLY, DATA, ANSWERED_DATA, CLOSING, REPEATED_HANDSHAKE });
const REASONS = nameOf(CloseReason);

function by(evidence: number): string {
  if (evidence === UNDECIDED || evidence === IN_VAIN) return ` ${EVIDENCE(evidence)}`;
  return evidence === ANY ? "" : ` by ${EVIDENCE(evidence)}`;
}

/** What the tcp room said of a conversation; a line begins with its segment's number, 1, 2, … */
export interface Played {
  /** Wireshark's flags, segments without any left out. */
  readonly analysis: readonly string[];
  /** Losses as they are told, taken back ones negative. */
  readonly losses: readonly string[];
  /** Losses in all, by side and place: `> beyond-tap 2`; those told and taken back cancel out. */
  readonly lossTotals: readonly string[];
  readonly roundTrips: readonly string[];
  /** What the HTTP room is told; places in the stream are relative to the initial sequence number. */
  readonly stream: readonly string[];
  /** New payload bytes and sequence space seen again, for segments that occupy any. */
  readonly coverage: readonly string[];
  /** Frames recorded twice. */
  readonly duplicates: readonly number[];
  readonly connections: number;
}

/** Plays the segments, then the end of the capture. */
export function play(plans: readonly PlannedSegment[], initial: InitialSequences = USUAL_SEQUENCES): Played {
  const several = plans.some(({ connection }) => connection !== 1);
  const analysis: string[] = [];
  const losses: string[] = [];
  const roundTrips: string[] = [];
  const stream: string[] = [];
  const coverage: string[] = [];
  const duplicates: number[] = [];
  const totals = new Map<string, number>();
  /** Next place in the stream, by connection and side. */
  const places = new Map<string, number>();
  /** Connections that were opened, by slot. */
  const opened = new Map<number, Connection>();
  let number = 0;
  /** The segment that is being played; ends of the capture come after the last one. */
  let now: PlannedSegment | null = null;

  const who = (slot: number, side: number) => {
    const connection = opened.get(slot);
    if (connection === undefined) throw new Error(`connection ${slot} was not opened`);
    const client = connection.port(0) === 80 ? 1 : 0;
    const arrow = side === client ? ">" : "<";
    return several ? `${connection.port(client) - 40_000}${arrow}` : arrow;
  };
  const whose = ({ slot, side }: Direction) => who(slot, side);
  const sideWritten = (arrow: string): Side => (arrow.endsWith(">") ? 0 : 1);
  const at = () => (now === null ? "end" : `#${number}`);

  const sink: ConnectionSink = {
    connectionOpened(connection) {
      opened.set(connection.slot, connection);
    },
    connectionClosed() {},
    roundTrip(direction, kind, durationNs) {
      roundTrips.push(`${at()} ${whose(direction)} ${KINDS(kind)} ${durationNs / 1e6} ms`);
    },
    lost(direction, place, evidence, segments) {
      const what = `${whose(direction)} ${PLACES(place)}${by(evidence)}`;
      losses.push(`${at()} ${what} ${segments}`);
      totals.set(what, (totals.get(what) ?? 0) + segments);
    },
    unsure(direction, evidence, below, above) {
      const bounds = [below > 0 ? `-${below}` : "", above > 0 ? `+${above}` : ""].join(" ").trim();
      if (bounds !== "") losses.push(`${at()} ${whose(direction)} unsure${by(evidence)} ${bounds}`);
    },
    lostEitherWay(_, synAcks) {
      losses.push(`${at()} lost either way${synAcks === 1 ? "" : `, or ${synAcks}`}`);
    },
    turn() {},
  };
  const listener: StreamListener = {
    open(connection, fromStart, clientSide) {
      const client = clientSide === -1 ? "" : `, client ${who(connection, clientSide)}`;
      for (const side of [0, 1] as const) places.delete(who(connection, side));
      if (now?.syn === true) places.set(who(connection, now.side), now.sequence + 1);
      stream.push(`${at()} open${fromStart ? " from start" : ""}${client}`);
    },
    data(connection, side, bytes, start, end, timeNs, frame) {
      const name = who(connection, side);
      const place = places.get(name) ?? firstPlace(plans, now, sideWritten(name));
      const bad = Array.from(bytes.subarray(start, end)).findIndex(
        (byte, index) => byte !== streamByte(sideWritten(name), place + index),
      );
      places.set(name, place + end - start);
      const wrong = bad === -1 ? "" : ` WRONG BYTE at ${place + bad}`;
      stream.push(`${at()} ${name} data ${place}:${place + end - start}${source(timeNs, frame)}${wrong}`);
    },
    gap(connection, side, length, timeNs, frame) {
      const name = who(connection, side);
      const place = places.get(name) ?? firstPlace(plans, now, sideWritten(name));
      places.set(name, place + length);
      stream.push(`${at()} ${name} gap ${place}:${place + length}${source(timeNs, frame)}`);
    },
    close(connection, side, reason, timeNs, frame) {
      const came = reason === CloseReason.FIN ? source(timeNs, frame) : "";
      stream.push(`${at()} ${who(connection, side)} ${REASONS(reason)}${came}`);
    },
    forget() {},
  };
  /** Says which segment the bytes came in and when, where that is not the one at hand. */
  const source = (timeNs: number, frame: number) => {
    const notNow = frame !== number || timeNs !== now?.timeNs;
    return notNow ? ` of #${frame} at ${timeNs / 1e6} ms` : "";
  };

  const tracker = new ConnectionTracker(new AddressTable(), sink, listener);
  const segment = new Segment();
  for (const plan of plans) {
    now = plan;
    number++;
    const name = `${several ? plan.connection : ""}${plan.side === 0 ? ">" : "<"}`;
    if (plan.syn && plan.ack !== null && !places.has(name)) places.set(name, plan.sequence + 1);
    tracker.track(fillSegment(segment, plan, initial), plan.timeNs, number, plan.link);
    const { facts } = tracker;
    if (facts.analysis !== 0) analysis.push(`#${number} ${flagNames(facts.analysis)}`);
    if (facts.duplicate) duplicates.push(number);
    else if (facts.occupies)
      coverage.push(`#${number} new ${facts.newPayloadBytes} again ${facts.seenAgainBytes}`);
  }
  now = null;
  tracker.finish(plans.at(-1)?.timeNs ?? 0, number);
  return {
    analysis,
    losses,
    lossTotals: [...totals].filter(([, sum]) => sum !== 0).map(([what, sum]) => `${what} ${sum}`),
    roundTrips,
    stream,
    coverage,
    duplicates,
    connections: tracker.connections,
  };
}

/** Where a stream begins whose SYN was not captured: at the first segment of its side with data. */
function firstPlace(plans: readonly PlannedSegment[], now: PlannedSegment | null, side: Side): number {
  const first = plans.find(
    (plan) =>
      plan.side === side &&
      (plan.length > 0 || plan.fin) &&
      (now === null || plan.connection === now.connection),
  );
  return first?.sequence ?? 0;
}

/** Names of the flags, in the order of `analysis-flags.ts`. */
export function flagNames(analysis: number): string {
  return Object.entries(AnalysisFlag)
    .sort(([, a], [, b]) => a - b)
    .filter(([, bit]) => (analysis & bit) !== 0)
    .map(([name]) => kebab(name))
    .join(", ");
}

function nameOf(constants: Readonly<Record<string, number>>): (value: number) => string {
  const names = new Map(Object.entries(constants).map(([name, value]) => [value, kebab(name)]));
  return (value) => names.get(value) ?? `${value}?`;
}

function kebab(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
