/** What further taps say of each exchange of a capture: where its time went. */
import { analyze } from "../analysis/analyze.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { ExchangeParts, ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import { message } from "../words/message.ts";
import type { ClockModel } from "./clock-model.ts";
import { describedPath } from "./match-captures.ts";
import type { PathOptions, TapSource } from "./path-options.ts";
import { TapExchanges } from "./tap-exchanges.ts";

export interface TapTimesOptions extends PathOptions, Pick<AnalysisOptions, "keys"> {
  /** Ends the reading; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/** What further taps know of the exchanges of a first one. */
export interface TapTimes {
  /**
   * Gives an exchange of the first capture, as `onExchange` gets it, `networkThereMs`, `serverMs` and `networkBackMs`; those that no
   * further tap recorded stay without.
   * @returns the same row
   */
  readonly part: (row: ExchangeRow) => ExchangeRow;
  /** Of each further tap, in their order: its exchanges that were found in the first capture so far. */
  readonly found: () => readonly number[];
}

interface FartherTap {
  readonly exchanges: TapExchanges;
  readonly clocks: ClockModel;
  found: number;
}

/**
 * Reads further taps of a run: each is matched with the first one, for the clocks, and analyzed. All their exchanges are kept in memory.
 * @param first the capture that is then analyzed, such as the balancer's
 * @param farther captures from farther on the requests' way, such as the backends'
 * @throws Failure where a capture can't be read, read twice, or is no tap of the same run; the signal's reason once it is aborted
 */
export async function timesAtTaps(
  first: TapSource,
  farther: readonly TapSource[],
  options: TapTimesOptions = {},
): Promise<TapTimes> {
  const taps: FartherTap[] = [];
  for (const source of farther) {
    const { path, clocks } = await describedPath(first, source, options);
    options.signal?.throwIfAborted();
    if (path.backward.opened > path.forward.opened)
      throw new Failure(message("tapIsNearer", path.taps[1].files[0] ?? "", path.taps[0].files[0] ?? ""));
    const exchanges = new TapExchanges();
    const { keys, signal } = options;
    await analyze(source, {
      ...(keys === undefined ? {} : { keys }),
      ...(signal === undefined ? {} : { signal }),
      onExchange: (row) => exchanges.add(row),
    });
    taps.push({ exchanges, clocks, found: 0 });
  }
  return {
    part: (row) => Object.assign(row, partsOf(row, taps)),
    found: () => taps.map(({ found }) => found),
  };
}

function partsOf(row: ExchangeRow, taps: readonly FartherTap[]): ExchangeParts | null {
  for (const tap of taps) {
    const parts = tap.exchanges.partsOfFirst(row, tap.clocks);
    if (parts === null) continue;
    tap.found++;
    return parts;
  }
  return null;
}
