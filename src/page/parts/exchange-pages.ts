/** Rows of the list of exchanges, asked of the worker page by page as they come into sight. */
import { useEffect, useState } from "preact/hooks";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import type { Workbench } from "../workbench.ts";
import type { ExchangeQuery } from "../worker/exchange-store.ts";

const PAGE_ROWS = 200;

export type ExchangeFilter = Omit<ExchangeQuery, "first" | "wanted">;

export interface ExchangeRows {
  /** Exchanges that fit; `null`: the worker has not answered yet. */
  readonly total: number | null;
  /** `undefined`: on its way. */
  readonly row: (index: number) => ExchangeRow | undefined;
}

interface Pages {
  readonly total: number | null;
  readonly known: ReadonlyMap<number, readonly ExchangeRow[]>;
}

const NONE: Pages = { total: null, known: new Map() };

/** @param seen first and last row in sight */
export function useExchangeRows(
  bench: Workbench,
  filter: ExchangeFilter,
  seen: readonly [first: number, last: number],
): ExchangeRows {
  const key = JSON.stringify(filter);
  const [state, setState] = useState<{ readonly key: string; readonly pages: Pages }>({ key, pages: NONE });
  const pages = state.key === key ? state.pages : { ...NONE, total: state.pages.total };
  const [first, last] = seen.map((index) => Math.floor(index / PAGE_ROWS)) as [number, number];
  useEffect(() => {
    let isWanted = true;
    for (let page = first; page <= last; page++) {
      if (pages.known.has(page)) continue;
      void bench
        .exchanges({ ...filter, first: page * PAGE_ROWS, wanted: PAGE_ROWS })
        .then(({ total, rows }) => {
          if (!isWanted) return;
          setState((before) => {
            const known = new Map(before.key === key ? before.pages.known : []);
            known.set(page, rows);
            return { key, pages: { total, known } };
          });
        });
    }
    return () => {
      isWanted = false;
    };
  }, [key, first, last]);
  return {
    total: pages.total,
    row: (index) => pages.known.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
  };
}
