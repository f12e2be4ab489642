/** What clients got of the balancer: the time of every exchange, failures, and whether each address kept to one backend. */

import { isServerError, isTimed, lacksAnswer } from "../../http/exchange-outcome.ts";
import { ClientSideReadings } from "../../readings/client-side-readings.ts";
import type { Pair } from "../pair.ts";
import { Samples } from "../samples/samples.ts";
import type { ClientExchange } from "./balancer-records.ts";

/** Addresses of which it is known where they were sent; others are not counted. */
const MAX_ADDRESSES: i32 = 4096;
const SEVERAL: i32 = -1;

export class ClientSide {
  private failed: i32 = 0;
  private timeToFirstByte: Samples = new Samples();
  private timeToLastByte: Samples = new Samples();
  /** By address: the id of the pair that answered it, or `SEVERAL`. */
  private readonly addresses: i32[] = [];
  private readonly pairOf: Map<i32, i32> = new Map<i32, i32>();

  copy(): ClientSide {
    const copy = new ClientSide();
    copy.failed = this.failed;
    copy.timeToFirstByte = this.timeToFirstByte.copy();
    copy.timeToLastByte = this.timeToLastByte.copy();
    for (let index: i32 = 0; index < this.addresses.length; index++) {
      const address = this.addresses[index] as i32;
      copy.addresses.push(address);
      copy.pairOf.set(address, this.pairOf.get(address) as i32);
    }
    return copy;
  }

  /** Counts an exchange that is over. */
  add(client: ClientExchange): void {
    const state = client.state;
    const status = client.status;
    const requestEndNs = client.requestEndNs;
    if (lacksAnswer(state) || isServerError(status) || client.grpcStatus > 0) this.failed++;
    if (!isTimed(state) || requestEndNs < 0 || status === 0) return;
    if (client.responseEndNs >= requestEndNs) this.timeToLastByte.add(client.responseEndNs - requestEndNs);
    if (client.responseStartNs >= requestEndNs)
      this.timeToFirstByte.add(client.responseStartNs - requestEndNs);
  }

  /** A backend answered the client at this address. */
  answeredBy(address: i32, pair: Pair): void {
    if (!this.pairOf.has(address)) {
      if (this.addresses.length >= MAX_ADDRESSES) return;
      this.addresses.push(address);
      this.pairOf.set(address, pair.id);
    } else if ((this.pairOf.get(address) as i32) !== pair.id) this.pairOf.set(address, SEVERAL);
  }

  readings(): ClientSideReadings {
    const readings = new ClientSideReadings();
    readings.failed = this.failed;
    readings.timeToFirstByte = this.timeToFirstByte.distribution();
    readings.timeToLastByte = this.timeToLastByte.distribution();
    readings.addresses = this.addresses.length;
    for (let index: i32 = 0; index < this.addresses.length; index++)
      if ((this.pairOf.get(this.addresses[index] as i32) as i32) === SEVERAL) readings.addressesAtSeveral++;
    return readings;
  }
}
