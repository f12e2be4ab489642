/** The Parquet files that exchanges go into as they end: exchanges themselves, their connections, and their seconds. */
import { join } from "node:path";
import { ConnectionRows } from "../../metrics/exchanges/connection-rows.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { SecondRows } from "../../metrics/exchanges/second-rows.ts";
import type { ColumnTable } from "../../report/columns/column-table.ts";
import {
  CONNECTION_COLUMNS,
  EXCHANGE_COLUMNS,
  SECOND_COLUMNS,
} from "../../report/columns/exchange-columns.ts";
import type { ColumnsRequest, ColumnsTarget, ColumnTableName } from "./columns-request.ts";
import { ParquetFile } from "./parquet-file.ts";
import { FilesByBackend, type TableTarget } from "./partitioned-files.ts";

/** Rows that are made of exchanges. */
interface RowSource<Row> {
  add(row: ExchangeRow): void;
  /** Of the whole run, after its last exchange. */
  rows(): Iterable<Row>;
}

/** The files of a request. */
export function openColumns(request: ColumnsRequest): TableTarget<ExchangeRow>[] {
  const { exchanges, connections, seconds } = request;
  return [
    ...(exchanges === undefined ? [] : [targetOf(exchanges, EXCHANGE_COLUMNS)]),
    ...(connections === undefined
      ? []
      : [afterwards(new ConnectionRows(), targetOf(connections, CONNECTION_COLUMNS))]),
    ...(seconds === undefined ? [] : [afterwards(new SecondRows(), targetOf(seconds, SECOND_COLUMNS))]),
  ];
}

/** The three tables of a run in a folder: `exchanges/method=…/run=…/part-0.parquet`. */
export function runColumns(folder: string, below: string, name: string, byBackend: boolean): ColumnsRequest {
  const target = (table: ColumnTableName): ColumnsTarget => {
    const path = join(folder, table, below);
    return byBackend ? { path, partName: name } : { path: join(path, name), partName: null };
  };
  return {
    exchanges: target("exchanges"),
    connections: target("connections"),
    seconds: target("seconds"),
  };
}

function targetOf<Row extends { readonly pair: string | null }>(
  { path, partName }: ColumnsTarget,
  table: ColumnTable<Row>,
): TableTarget<Row> {
  return partName === null ? new ParquetFile(path, table) : new FilesByBackend(path, partName, table);
}

/** Rows that are known when the run has ended. */
function afterwards<Row>(source: RowSource<Row>, target: TableTarget<Row>): TableTarget<ExchangeRow> {
  return {
    add: (row) => source.add(row),
    finish: () => {
      for (const row of source.rows()) target.add(row);
      target.finish();
    },
    abandon: () => target.abandon(),
    discard: () => target.discard(),
  };
}
