import { BalancerReadings } from "./balancer-readings.ts";
import { ProtocolReadings } from "./protocol-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";
import { SidesReadings } from "./sides-readings.ts";

/** The whole capture. */
export class RunReadings {
  connections: f64 = 0;
  /** Connections that are in no pair because there were too many pairs. */
  unpaired: f64 = 0;
  /** HTTP messages and exchanges. */
  requests: f64 = 0;
  responses: f64 = 0;
  exchanges: f64 = 0;
  unanswered: f64 = 0;
  /** `null` where the capture does not see both sides of one. */
  balancer: BalancerReadings | null = null;
  sides: SidesReadings = new SidesReadings();

  /** Servers whose connections speak what can't be read. */
  protocols: ProtocolReadings[] = [];
  /** What of HTTP was given up, and in which frame first, by the reasons of `discards.ts`. */
  discards: Float64Array = new Float64Array(0);
  discardFrames: Float64Array = new Float64Array(0);

  put(to: ReadingsWriter): void {
    const protocols = this.protocols;
    to.put(protocols.length);
    for (let index: i32 = 0; index < protocols.length; index++)
      (protocols[index] as ProtocolReadings).put(to);
    to.put(this.connections);
    to.put(this.unpaired);
    to.put(this.requests);
    to.put(this.responses);
    to.put(this.exchanges);
    to.put(this.unanswered);
    this.sides.put(to);
    to.putNumbers(this.discards);
    to.putNumbers(this.discardFrames);
    const balancer = this.balancer;
    to.putFlag(balancer !== null);
    if (balancer !== null) balancer.put(to);
  }

  take(from: ReadingsReader): void {
    const servers = from.number() as i32;
    for (let index: i32 = 0; index < servers; index++) {
      const server = new ProtocolReadings();
      server.take(from);
      this.protocols.push(server);
    }
    this.connections = from.number();
    this.unpaired = from.number();
    this.requests = from.number();
    this.responses = from.number();
    this.exchanges = from.number();
    this.unanswered = from.number();
    this.sides.take(from);
    this.discards = from.numbers();
    this.discardFrames = from.numbers();
    if (!from.flag()) return;
    const balancer = new BalancerReadings();
    balancer.take(from);
    this.balancer = balancer;
  }
}
