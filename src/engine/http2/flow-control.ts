/**
 * How long streams wait for WINDOW_UPDATE (RFC 9113 §5.2): from the DATA frame that used up what its receiver allows, of the
 * stream or of the connection, to the frame that allows more. Only where both windows are known from their begin.
 */
import type { Http2Stream } from "./http2-stream.ts";

/** RFC 9113 §6.9.2. */
const INITIAL_WINDOW: f64 = 65_535;
const SIDES: i32 = 2;
const NOT_STALLED: f64 = -1;

export class FlowControl {
  /** What each side may still send on the connection. */
  private readonly windows: Float64Array = new Float64Array(SIDES);
  /** What each side may send on a new stream, as the other one said. */
  private readonly initial: Float64Array = new Float64Array(SIDES);
  /** Whether the windows of each side's data are known. */
  private readonly isKnown: Uint8Array = new Uint8Array(SIDES);
  /** Streams that wait, in the order in which they began to. */
  private readonly stalled: Http2Stream[] = [];

  /** A connection begins. @param isKnown with its first frames */
  begin(isKnown: boolean): void {
    this.windows.fill(INITIAL_WINDOW);
    this.initial.fill(INITIAL_WINDOW);
    this.isKnown.fill(isKnown ? 1 : 0);
    this.stalled.length = 0;
  }

  /** Frames of a side are missing: data, or updates for the other one's. */
  lose(): void {
    this.isKnown.fill(0);
    for (let index: i32 = 0; index < this.stalled.length; index++) forget(this.stalled[index] as Http2Stream);
    this.stalled.length = 0;
  }

  /** The other side may send so much on each of its streams, those that are open included (RFC 9113 §6.9.2). */
  setInitial(side: i32, window: f64, nowNs: f64): void {
    this.initial[1 - side] = window;
    this.resumeAllowed(1 - side, nowNs);
  }

  /** A side sent data. @param stream `null` = one that is not followed */
  sent(side: i32, stream: Http2Stream | null, octets: f64, isLast: boolean, nowNs: f64): void {
    this.windows[side] = (this.windows[side] as f64) - octets;
    if (stream === null) return;
    stream.sent[side] = (stream.sent[side] as f64) + octets;
    if (stream.stalledNs !== NOT_STALLED) this.resume(stream, nowNs);
    if (isLast || (this.isKnown[side] as i32) === 0 || this.maySend(side, stream)) return;
    stream.stalledNs = nowNs;
    stream.stalledSide = side;
    this.stalled.push(stream);
  }

  /** A side allows the other one to send more. @param stream `null` = on the connection, or on a stream that is not followed */
  allow(side: i32, stream: Http2Stream | null, isConnection: boolean, octets: f64, nowNs: f64): void {
    const sender = 1 - side;
    if (isConnection) this.windows[sender] = (this.windows[sender] as f64) + octets;
    else if (stream !== null) stream.sent[sender] = (stream.sent[sender] as f64) - octets;
    this.resumeAllowed(sender, nowNs);
  }

  /** The stream is over. */
  end(stream: Http2Stream, nowNs: f64): void {
    if (stream.stalledNs !== NOT_STALLED) this.resume(stream, nowNs);
  }

  /** Streams go on that waited for what their side may send by now. */
  private resumeAllowed(side: i32, nowNs: f64): void {
    for (let index = this.stalled.length - 1; index >= 0; index--) {
      const waiting = this.stalled[index] as Http2Stream;
      if (waiting.stalledSide === side && this.maySend(side, waiting)) this.resume(waiting, nowNs);
    }
  }

  private maySend(side: i32, stream: Http2Stream): boolean {
    return (this.windows[side] as f64) > 0 && (this.initial[side] as f64) > (stream.sent[side] as f64);
  }

  private resume(stream: Http2Stream, nowNs: f64): void {
    stream.exchange.stalledNs += Math.max(0, nowNs - stream.stalledNs);
    forget(stream);
    const place = this.stalled.indexOf(stream);
    if (place !== -1) this.stalled.splice(place, 1);
  }
}

function forget(stream: Http2Stream): void {
  stream.stalledNs = NOT_STALLED;
}
