/**
 * Whether a source sends its next request to a backend with the fewest of its requests open, as least-connection does; where
 * backends have weights, the fewest for its weight (nginx's `least_conn`, HAProxy's `leastconn`). A choice is
 * made when a connection is opened (its SYN), and with each further request on it. Only choices between unequal backends tell
 * anything. What the balancer knew lags behind the tap by its own work: of choices made within microseconds of an answer some
 * look wrong.
 */
import { isErrorAnswer, lacksAnswer } from "../../http/exchange-outcome.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import { ChoiceReadings } from "../../readings/choice-readings.ts";

/** With more backends than this, nothing is counted: it would take time with each request. */
const MAX_BACKENDS: i32 = 64;

/** Requests of one source that one backend has open. */
export class BackendLoad {
  readonly source: SourceChoices;
  readonly weight: f64;
  open: i32 = 0;
  /** It was sent something before: of others nobody knows whether they are there. */
  wasUsed: boolean = false;
  /** Its latest request failed, so that the balancer may pass it over. */
  isFailing: boolean = false;

  /** @param weight positive: with 2 it is as loaded by two requests as another with 1 by one */
  constructor(source: SourceChoices, weight: f64) {
    this.source = source;
    this.weight = weight;
    source.loads.push(this);
  }

  /** Of the same load where the fractions are the same number: both are rounded to the nearest double. */
  get share(): f64 {
    return (this.open as f64) / this.weight;
  }
}

/** The choices of one source. */
export class SourceChoices {
  loads: BackendLoad[] = [];
  private readonly counted: ChoiceReadings = new ChoiceReadings();

  /** Counts that the source turns to a backend now. */
  chosen(load: BackendLoad): void {
    const loads = this.loads;
    load.wasUsed = true;
    if (loads.length < 2 || loads.length > MAX_BACKENDS) return;
    let available: i32 = 0;
    let fewest: f64 = load.share;
    let leastLoaded: i32 = 0;
    for (let index: i32 = 0; index < loads.length; index++) {
      const one = loads[index] as BackendLoad;
      // Whether it could have been chosen, as far as is known.
      if (one !== load && (!one.wasUsed || one.isFailing)) continue;
      available++;
      const share = one.share;
      if (share === fewest) leastLoaded++;
      else if (share < fewest) {
        fewest = share;
        leastLoaded = 1;
      }
    }
    if (leastLoaded === available) return;
    const counted = this.counted;
    counted.uneven++;
    if (load.share === fewest) counted.leastLoaded++;
    counted.leastLoadedByChance += (leastLoaded as f64) / (available as f64);
  }

  readings(): ChoiceReadings {
    return this.counted;
  }

  /** The backend is none of its any more. */
  remove(load: BackendLoad): void {
    const at = this.loads.indexOf(load);
    if (at >= 0) this.loads.splice(at, 1);
  }
}

/** Follows connections to backends, by their slots. */
export class ChoiceWatch {
  private readonly loads: (BackendLoad | null)[] = [];
  private readonly open: i32[] = [];
  /** Opened for a request that is still to come. */
  private readonly isWaiting: boolean[] = [];

  /** A connection of the pair begins. @param isSyn with its SYN, from the source */
  opened(connection: i32, load: BackendLoad | null, isSyn: boolean): void {
    while (this.loads.length <= connection) {
      this.loads.push(null);
      this.open.push(0);
      this.isWaiting.push(false);
    }
    this.release(connection);
    this.loads[connection] = load;
    this.isWaiting[connection] = false;
    if (load === null || !isSyn) return;
    this.begin(connection, load);
    this.isWaiting[connection] = true;
  }

  /** The source's request was seen to its end. */
  request(connection: i32): void {
    const load = this.loadOf(connection);
    if (load === null) return;
    if (this.isWaiting[connection]) this.isWaiting[connection] = false;
    else this.begin(connection, load);
  }

  /** An exchange that the source began has ended. */
  exchange(exchange: OpenExchange): void {
    const connection = exchange.connection;
    const load = this.loadOf(connection);
    if (load === null) return;
    load.isFailing = isErrorAnswer(exchange) || lacksAnswer(exchange.state);
    if ((this.open[connection] as i32) === 0) return;
    this.open[connection] = (this.open[connection] as i32) - 1;
    load.open--;
  }

  /** A FIN or RST ends the connection. @param isRefused by the backend's RST: what was opened was not accepted */
  closed(connection: i32, isRefused: boolean): void {
    const load = this.loadOf(connection);
    if (load === null) return;
    if (isRefused && this.isWaiting[connection]) load.isFailing = true;
    this.release(connection);
    this.loads[connection] = null;
  }

  private begin(connection: i32, load: BackendLoad): void {
    load.source.chosen(load);
    load.open++;
    this.open[connection] = (this.open[connection] as i32) + 1;
  }

  private release(connection: i32): void {
    const load = this.loadOf(connection);
    if (load !== null) load.open -= this.open[connection] as i32;
    this.open[connection] = 0;
  }

  private loadOf(connection: i32): BackendLoad | null {
    return connection < this.loads.length ? (this.loads[connection] as BackendLoad | null) : null;
  }
}
