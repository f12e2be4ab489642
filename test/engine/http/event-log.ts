import type { Side } from "../tcp/side.ts";
import type { Conversation } from "./conversation.ts";
import type { Exchange, ExchangeSink } from "./exchange.ts";
import { WordedTracker } from "./worded-tracker.ts";

/** Frame n is recorded at n ms. */
export const FRAME_NS = 1_000_000;

/** Writes down what the http room says, a line each. */
export class EventLog implements ExchangeSink {
  readonly lines: string[] = [];

  message(_connection: number, side: Side, kind: "request" | "response", timeNs: number): void {
    this.lines.push(`message ${arrow(side)} ${kind} #${frameAt(timeNs)}`);
  }

  request(_connection: number, side: Side): void {
    this.lines.push(`request ${arrow(side)}`);
  }

  exchange(exchange: Exchange): void {
    this.lines.push(exchangeLine(exchange));
  }
}

/** The events of a conversation, and what was given up. */
export function eventsOf({ fromStart, steps }: Conversation, details = true): string[] {
  const log = new EventLog();
  const tracker = new WordedTracker(log, details);
  tracker.open(0, fromStart, fromStart ? 0 : -1);
  for (const step of steps) {
    const timeNs = step.frame * FRAME_NS;
    if (step.kind === "data")
      tracker.data(0, step.side, step.bytes, 0, step.bytes.length, timeNs, step.frame, step.reply);
    else if (step.kind === "gap") tracker.gap(0, step.side, step.length, timeNs, step.frame);
    else tracker.close(0, step.side, step.reason, timeNs, step.frame);
  }
  tracker.forget(0);
  for (const [reason, count] of Object.entries(tracker.discards)) {
    if (count > 0) log.lines.push(`given up: ${reason} ${count}`);
  }
  return log.lines;
}

function exchangeLine(exchange: Exchange): string {
  const request = half(
    exchange.requestStartNs,
    exchange.requestStartFrame,
    exchange.requestEndNs,
    exchange.requestEndFrame,
    exchange.requestBytes,
  );
  const response = half(
    exchange.responseStartNs,
    exchange.responseStartFrame,
    exchange.responseEndNs,
    exchange.responseEndFrame,
    exchange.responseBytes,
  );
  const what = [exchange.method, exchange.target, exchange.status || ""].filter((part) => part !== "");
  const extras = [
    exchange.interimResponses > 0 ? `interim ${exchange.interimResponses}` : "",
    exchange.host === "" ? "" : `host ${exchange.host}`,
    exchange.requestId === "" ? "" : `id ${exchange.requestId}`,
    exchange.forwardedFor === "" ? "" : `for ${exchange.forwardedFor}`,
    exchange.clientSide === 1 ? "client is side 1" : "",
  ].filter((part) => part !== "");
  const halves = [`request ${request}`, `response ${response}`];
  return [`exchange ${exchange.ordinal} ${exchange.state}: ${what.join(" ")}`, ...halves, ...extras].join(
    ", ",
  );
}

/** `#3 20 bytes`, `#3..#5 20 bytes`, `#3..?` where the end was not seen, `none`. */
function half(startNs: number, startFrame: number, endNs: number, endFrame: number, bytes: number): string {
  if (startNs === -1) return "none";
  if (frameAt(startNs) !== startFrame) return `first byte at ${startNs} ns, but in #${startFrame}`;
  if (endNs === -1) return `#${startFrame}..?`;
  if (frameAt(endNs) !== endFrame) return `last byte at ${endNs} ns, but in #${endFrame}`;
  return `${startFrame === endFrame ? `#${startFrame}` : `#${startFrame}..#${endFrame}`} ${bytes} bytes`;
}

function frameAt(timeNs: number): number {
  return timeNs / FRAME_NS;
}

function arrow(side: Side): string {
  return side === 0 ? ">" : "<";
}
