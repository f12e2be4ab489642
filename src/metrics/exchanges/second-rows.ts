/** Exchanges counted by server and by the second of UTC in which their request began. */
import { Samples } from "../../engine/tally/samples/samples.ts";
import { nanosecondsFromMilliseconds } from "../../units.ts";
import type { Distribution } from "../distribution.ts";
import { measureDistribution } from "../measure-distribution.ts";
import type { ExchangeRow } from "./exchange-row.ts";
import { countsInTimes, hasFailed } from "./row-outcome.ts";

/** One second of one server in which requests began. */
export interface SecondRow extends Pick<ExchangeRow, "pair" | "server"> {
  /** Where it begins: ISO 8601, UTC. */
  readonly second: string;
  /** Requests that began in it; what became of them counts here too, whenever it happened. */
  readonly requests: number;
  /** Those without a whole answer, or with a status of 500 or more. */
  readonly failed: number;
  /** Of these requests and of their responses, as far as they were seen. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Over exchanges that count in times, as in a run's metrics. */
  readonly timeToFirstByteMs: Distribution;
}

/** A row that is still growing. */
interface GrowingSecond extends Pick<ExchangeRow, "pair" | "server"> {
  readonly second: string;
  requests: number;
  failed: number;
  requestBytes: number;
  responseBytes: number;
  readonly firstByte: Samples;
}

/** Takes exchanges in any order. Those without a request, or with one outside of the years 0 to 9999, have no second. */
export class SecondRows {
  readonly #rows = new Map<string, GrowingSecond>();

  add(row: ExchangeRow): void {
    if (row.requestStart === null) return;
    const own = this.#rowOf(row, row.requestStart.slice(0, "yyyy-mm-ddThh:mm:ss".length));
    own.requests++;
    if (hasFailed(row)) own.failed++;
    own.requestBytes += row.requestBytes ?? 0;
    own.responseBytes += row.responseBytes ?? 0;
    if (row.timeToFirstByteMs !== null && countsInTimes(row))
      own.firstByte.add(nanosecondsFromMilliseconds(row.timeToFirstByteMs));
  }

  /** In the order of time; those of one second by server. */
  *rows(): Generator<SecondRow> {
    for (const key of [...this.#rows.keys()].sort()) {
      const own = this.#rows.get(key);
      if (own === undefined) continue;
      const { firstByte, second, ...rest } = own;
      const timeToFirstByteMs = measureDistribution(firstByte.distribution());
      yield { ...rest, second: `${second}.000000000Z`, timeToFirstByteMs };
    }
  }

  #rowOf({ pair, server }: ExchangeRow, second: string): GrowingSecond {
    const key = `${second} ${server} ${pair ?? ""}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = { pair, server, second, requests: 0, failed: 0, requestBytes: 0, responseBytes: 0 };
    const growing: GrowingSecond = { ...row, firstByte: new Samples() };
    this.#rows.set(key, growing);
    return growing;
  }
}
