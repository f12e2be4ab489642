import { DistributionReadings } from "./distribution-readings.ts";
import { HttpReadings } from "./http-readings.ts";
import { Http2Readings } from "./http2-readings.ts";
import { LiveReadings } from "./live-readings.ts";
import { PaperReadings } from "./paper-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";
import { SeriesReadings } from "./series-readings.ts";
import { StateSpan } from "./state-span.ts";
import { TimelineReadings } from "./timeline-readings.ts";
import { TransportReadings } from "./transport-readings.ts";

/** A pair, or all pairs of one server together, as it is listed. */
export class PairListing {
  isNamed: boolean = false;
  /** Numbers of the two addresses. */
  source: f64 = 0;
  destination: f64 = 0;
  /** 0 = all. */
  port: f64 = 0;
  /** HTTP messages of either direction. */
  messages: f64 = 0;
  /** It keeps what a run under way shows. */
  isLive: boolean = false;
  /** All clients of the destination together. */
  isTotal: boolean = false;
  /** Of a total: there were further clients than those with a pair of their own. */
  hasOthers: boolean = false;
  /** Its connections are those of another pair, before their addresses were translated. */
  isTranslated: boolean = false;

  put(to: ReadingsWriter): void {
    to.putFlag(this.isNamed);
    to.put(this.source);
    to.put(this.destination);
    to.put(this.port);
    to.put(this.messages);
    to.putFlag(this.isLive);
    to.putFlag(this.isTotal);
    to.putFlag(this.hasOthers);
    to.putFlag(this.isTranslated);
  }

  take(from: ReadingsReader): void {
    this.isNamed = from.flag();
    this.source = from.number();
    this.destination = from.number();
    this.port = from.number();
    this.messages = from.number();
    this.isLive = from.flag();
    this.isTotal = from.flag();
    this.hasOthers = from.flag();
    this.isTranslated = from.flag();
  }
}

/** Everything that was counted between a source and a destination. */
export class PairReadings {
  paper: PaperReadings = new PaperReadings();
  transport: TransportReadings = new TransportReadings();
  http: HttpReadings = new HttpReadings();
  /** `null` where no exchange was a stream of HTTP/2. */
  http2: Http2Readings | null = null;
  /** Each receiver of requests that were not answered here, and how many it got: see `frame-receiver.ts`. */
  receivers: Float64Array = new Float64Array(0);
  /** `null` where nobody draws charts. */
  series: SeriesReadings | null = null;
  /** What it did, step by step; `null` before the capture's end, and of pairs that are too many. */
  timeline: TimelineReadings | null = null;
  /** What the balancer added to the time to first byte of the pair's exchanges. */
  addedTimeToFirstByte: DistributionReadings = new DistributionReadings();
  /** The backend's states, in order of time. */
  states: StateSpan[] = [];
  /** `null` where the pair keeps nothing of what a run under way shows. */
  live: LiveReadings | null = null;

  put(to: ReadingsWriter): void {
    this.paper.put(to);
    this.transport.put(to);
    this.http.put(to);
    const http2 = this.http2;
    to.putFlag(http2 !== null);
    if (http2 !== null) http2.put(to);
    to.putNumbers(this.receivers);
    const series = this.series;
    to.putFlag(series !== null);
    if (series !== null) series.put(to);
    const timeline = this.timeline;
    to.putFlag(timeline !== null);
    if (timeline !== null) timeline.put(to);
    this.addedTimeToFirstByte.put(to);
    to.put(this.states.length);
    for (let index: i32 = 0; index < this.states.length; index++) (this.states[index] as StateSpan).put(to);
    const live = this.live;
    to.putFlag(live !== null);
    if (live !== null) live.put(to);
  }

  take(from: ReadingsReader): void {
    this.paper.take(from);
    this.transport.take(from);
    this.http.take(from);
    if (from.flag()) {
      const http2 = new Http2Readings();
      http2.take(from);
      this.http2 = http2;
    }
    this.receivers = from.numbers();
    if (from.flag()) {
      const series = new SeriesReadings();
      series.take(from);
      this.series = series;
    }
    if (from.flag()) {
      const timeline = new TimelineReadings();
      timeline.take(from);
      this.timeline = timeline;
    }
    this.addedTimeToFirstByte.take(from);
    const states = from.number() as i32;
    for (let index: i32 = 0; index < states; index++) {
      const span = new StateSpan();
      span.take(from);
      this.states.push(span);
    }
    if (!from.flag()) return;
    const live = new LiveReadings();
    live.take(from);
    this.live = live;
  }
}
