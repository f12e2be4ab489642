import { useRef, useState } from "preact/hooks";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { hasFailed } from "../../metrics/exchanges/row-outcome.ts";
import type { RunResult } from "../results.ts";
import { type Texts, useTexts } from "../texts.ts";
import type { Workbench } from "../workbench.ts";
import { EVERY_EXCHANGE, EXCHANGE_ORDERS, type ExchangeOrder } from "../worker/exchange-store.ts";
import { ExchangeDetails } from "./exchange-details.tsx";
import { type ExchangeFilter, useExchangeRows } from "./exchange-pages.ts";
import { useVirtualRows } from "./virtual-rows.ts";

const ROW_HEIGHT = 30;
const { search, onlyFailed, orderBy, descending } = EVERY_EXCHANGE;
const FIRST: ExchangeFilter = { search, onlyFailed, orderBy, descending };
const MS_DIGITS = 3;
const SECONDS_DIGITS = 6;
/** Times and sizes, where a table has numbers. */
const NUMBERS: readonly ExchangeOrder[] = [
  "requestStartSeconds",
  "status",
  "timeToFirstByteMs",
  "timeToLastByteMs",
  "responseBytes",
];

/** Every exchange of the run: searched, put in order, and one of them in full. */
export function ExchangesView({ result, bench }: { readonly result: RunResult; readonly bench: Workbench }) {
  const { words, number } = useTexts();
  const { exchanges: texts } = words;
  const [filter, setFilter] = useState(FIRST);
  const [chosen, setChosen] = useState<ExchangeRow | null>(null);
  const scroller = useRef<HTMLElement>(null);
  const [listed, setListed] = useState(result.exchanges);
  const { height, rows } = useVirtualRows(scroller, listed, ROW_HEIGHT);
  const found = useExchangeRows(bench, filter, [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0]);
  if (found.total !== null && found.total !== listed) setListed(found.total);

  const shown = rows.filter(({ index }) => index < listed);
  const above = shown[0]?.top ?? 0;
  const change = (changed: Partial<ExchangeFilter>): void => {
    setFilter({ ...filter, ...changed });
    scroller.current?.scrollTo(0, 0);
  };
  const sortBy = (order: ExchangeOrder): void =>
    change({ orderBy: order, descending: order === filter.orderBy && !filter.descending });
  return (
    <div class="exchanges">
      <h1>{texts.list}</h1>
      <search class="query">
        <label>
          {texts.search}
          <input
            type="search"
            value={filter.search}
            placeholder={texts.searchHint}
            onInput={(event) => change({ search: event.currentTarget.value })}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={filter.onlyFailed}
            onChange={(event) => change({ onlyFailed: event.currentTarget.checked })}
          />
          {texts.onlyFailed}
        </label>
        <button type="button" onClick={() => change({ orderBy: "timeToLastByteMs", descending: true })}>
          {texts.slowest}
        </button>
      </search>
      <p class="soft" role="status">
        {texts.found(number(listed), number(result.exchanges))}
        {result.exchangesLeftOut > 0 && ` ${texts.leftOut(number(result.exchangesLeftOut))}`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (WCAG 2.1.1) */}
      <section class="list" ref={scroller} tabIndex={0} aria-label={texts.list}>
        <table aria-rowcount={listed + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {EXCHANGE_ORDERS.map((order) => (
                <th
                  key={order}
                  scope="col"
                  class={NUMBERS.includes(order) ? "right" : ""}
                  aria-sort={
                    filter.orderBy !== order ? "none" : filter.descending ? "descending" : "ascending"
                  }
                >
                  <button type="button" onClick={() => sortBy(order)}>
                    {texts.columns[order]}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={above} />
            {shown.map(({ index }) => (
              <Row key={index} row={found.row(index)} index={index} onChoose={setChosen} number={number} />
            ))}
            <Space height={height - above - shown.length * ROW_HEIGHT} />
          </tbody>
        </table>
      </section>
      {listed === 0 && <p>{texts.none}</p>}
      {chosen !== null && <ExchangeDetails row={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height }: { readonly height: number }) {
  return height <= 0 ? null : <tr class="space" style={{ height: `${height}px` }} />;
}

interface RowProps {
  readonly row: ExchangeRow | undefined;
  readonly index: number;
  readonly onChoose: (row: ExchangeRow) => void;
  readonly number: Texts["number"];
}

function Row({ row, index, onChoose, number }: RowProps) {
  if (row === undefined) return <Space height={ROW_HEIGHT} />;
  const ms = (value: number | null): string => (value === null ? "–" : `${number(value, MS_DIGITS)} ms`);
  const { requestStartSeconds: start, status, responseBytes } = row;
  return (
    <tr class={hasFailed(row) ? "bad" : ""} aria-rowindex={index + 2}>
      <td class="right">{start === null ? "–" : `${number(start, SECONDS_DIGITS)} s`}</td>
      <td>{row.pair ?? row.server}</td>
      <td>
        <button type="button" onClick={() => onChoose(row)}>
          {`${row.method ?? "?"} ${row.target ?? ""}`}
        </button>
      </td>
      <td class="right">{status ?? row.state}</td>
      <td class="right">{ms(row.timeToFirstByteMs)}</td>
      <td class="right">{ms(row.timeToLastByteMs)}</td>
      <td class="right">{responseBytes === null ? "–" : `${number(responseBytes)} B`}</td>
    </tr>
  );
}
