/** The tables of exchanges, of their connections, and of their seconds. Names are those of CSV and JSON, but for `requestMethod`. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { ConnectionRow } from "../../metrics/exchanges/connection-rows.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import type { SecondRow } from "../../metrics/exchanges/second-rows.ts";
import { FURTHER_FIELDS } from "../exchanges/exchange-lines.ts";
import { always, type ColumnTable, type ColumnType, type ParquetColumn, whereSeen } from "./column-table.ts";

/** Every member of a row, so that none is forgotten. */
type Columns<Row, Left extends keyof Row = never> = {
  readonly [Name in Exclude<keyof Row & string, Left>]: ParquetColumn<Row>;
};

const exchange: Columns<ExchangeRow, "upstream" | "downstream"> = {
  pair: whereSeen("text", "pair"),
  client: always("text", "client"),
  server: always("text", "server"),
  connection: always("int32", "connection"),
  exchange: always("int32", "exchange"),
  tcpStream: always("int32", "tcpStream"),
  communityId: always("text", "communityId"),
  state: always("text", "state"),
  // "method" is that of the experiment, in the names of folders.
  method: { ...whereSeen<ExchangeRow>("text", "method"), name: "requestMethod" },
  target: whereSeen("text", "target"),
  host: whereSeen("text", "host"),
  status: whereSeen("int32", "status"),
  grpcStatus: whereSeen("int32", "grpcStatus"),
  stallMs: whereSeen("double", "stallMs"),
  networkThereMs: whereSeen("double", "networkThereMs"),
  serverMs: whereSeen("double", "serverMs"),
  networkBackMs: whereSeen("double", "networkBackMs"),
  interimResponses: always("int32", "interimResponses"),
  requestStart: whereSeen("timestamp", "requestStart"),
  requestStartSeconds: whereSeen("double", "requestStartSeconds"),
  requestDurationMs: whereSeen("double", "requestDurationMs"),
  timeToFirstByteMs: whereSeen("double", "timeToFirstByteMs"),
  timeToLastByteMs: whereSeen("double", "timeToLastByteMs"),
  transferDurationMs: whereSeen("double", "transferDurationMs"),
  requestBytes: whereSeen("int64", "requestBytes"),
  responseBytes: whereSeen("int64", "responseBytes"),
  requestFrame: whereSeen("int64", "requestFrame"),
  responseStartFrame: whereSeen("int64", "responseStartFrame"),
  responseEndFrame: whereSeen("int64", "responseEndFrame"),
};

const connection: Columns<ConnectionRow> = {
  pair: whereSeen("text", "pair"),
  client: always("text", "client"),
  server: always("text", "server"),
  connection: always("int32", "connection"),
  exchanges: always("int32", "exchanges"),
  failed: always("int32", "failed"),
  firstRequestStart: whereSeen("timestamp", "firstRequestStart"),
  firstRequestStartSeconds: whereSeen("double", "firstRequestStartSeconds"),
  lastRequestStartSeconds: whereSeen("double", "lastRequestStartSeconds"),
  requestBytes: always("int64", "requestBytes"),
  responseBytes: always("int64", "responseBytes"),
  meanTimeToFirstByteMs: whereSeen("double", "meanTimeToFirstByteMs"),
  maxTimeToFirstByteMs: whereSeen("double", "maxTimeToFirstByteMs"),
};

/** What a balancer did, as in CSV; the filter for Wireshark is left out. */
const links: {
  readonly [Name in Exclude<keyof typeof FURTHER_FIELDS, keyof ExchangeRow | "displayFilter">]: ColumnType;
} = {
  balancerOutcome: "text",
  linkCertainty: "text",
  waitBeforeMs: "double",
  waitAfterMs: "double",
  addedTimeToFirstByteMs: "double",
  upstreamServers: "text",
  upstreamStatuses: "text",
  upstreamConnections: "text",
  upstreamExchanges: "text",
  upstreamConnectMs: "text",
  upstreamFirstByteMs: "text",
  upstreamLastByteMs: "text",
  clientOfBalancer: "text",
  clientConnection: "int32",
  clientExchange: "int32",
};

const FIGURES = ["mean", "p50", "p95", "p99", "max"] as const satisfies readonly (keyof Distribution)[];

export const EXCHANGE_COLUMNS: ColumnTable<ExchangeRow> = [
  ...Object.values<ParquetColumn<ExchangeRow>>(exchange),
  ...Object.entries(links).map(
    ([name, type]): ParquetColumn<ExchangeRow> => ({
      name,
      type,
      isOptional: true,
      of: FURTHER_FIELDS[name as keyof typeof links],
    }),
  ),
];
export const CONNECTION_COLUMNS: ColumnTable<ConnectionRow> = Object.values(connection);
export const SECOND_COLUMNS: ColumnTable<SecondRow> = [
  whereSeen("text", "pair"),
  always("text", "server"),
  always("timestamp", "second"),
  always("int32", "requests"),
  always("int32", "failed"),
  always("int64", "requestBytes"),
  always("int64", "responseBytes"),
  ...FIGURES.map(
    (figure): ParquetColumn<SecondRow> => ({
      name: `${figure}TimeToFirstByteMs`,
      type: "double",
      isOptional: true,
      of: ({ timeToFirstByteMs }) => timeToFirstByteMs[figure],
    }),
  ),
];
