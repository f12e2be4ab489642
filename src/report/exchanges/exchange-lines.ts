/** HTTP exchanges, one line each, as CSV or as JSON Lines. */
import type { BackendAttempt } from "../../metrics/balancer-metrics.ts";
import type { DownstreamLink, ExchangeRow, UpstreamLink } from "../../metrics/exchanges/exchange-row.ts";
import { conversationFilter } from "../../metrics/exchanges/frame-filter.ts";
import { type CsvField, csvRecord } from "../csv-record.ts";
import { escapeJson } from "../escape-json.ts";

const OWN_FIELDS = [
  "pair",
  "client",
  "server",
  "connection",
  "exchange",
  "state",
  "method",
  "target",
  "host",
  "status",
  "interimResponses",
  "requestStart",
  "requestStartSeconds",
  "requestDurationMs",
  "timeToFirstByteMs",
  "timeToLastByteMs",
  "transferDurationMs",
  "requestBytes",
  "responseBytes",
  "requestFrame",
  "responseStartFrame",
  "responseEndFrame",
  "tcpStream",
  "communityId",
] as const satisfies readonly (keyof ExchangeRow)[];

/** What CSV and columns say of the exchange's links and how to see it in Wireshark. Of several attempts, values are joined as in nginx's log. */
export const FURTHER_FIELDS = {
  grpcStatus: ({ grpcStatus }) => grpcStatus ?? null,
  stallMs: ({ stallMs }) => stallMs ?? null,
  networkThereMs: ({ networkThereMs }) => networkThereMs ?? null,
  serverMs: ({ serverMs }) => serverMs ?? null,
  networkBackMs: ({ networkBackMs }) => networkBackMs ?? null,
  balancerOutcome: ({ upstream }) => upstream?.outcome ?? null,
  linkCertainty: ({ upstream, downstream }) => certaintyOf(upstream ?? downstream),
  waitBeforeMs: ({ upstream }) => upstream?.waitBeforeMs ?? null,
  waitAfterMs: ({ upstream }) => upstream?.waitAfterMs ?? null,
  addedTimeToFirstByteMs: ({ upstream }) => upstream?.addedTimeToFirstByteMs ?? null,
  upstreamServers: ofAttempts(({ server }) => server),
  upstreamStatuses: ofAttempts(({ status }) => status),
  upstreamConnections: ofAttempts(({ connection }) => connection),
  upstreamExchanges: ofAttempts(({ exchange }) => exchange),
  upstreamConnectMs: ofAttempts(({ connectMs }) => connectMs),
  upstreamFirstByteMs: ofAttempts(({ timeToFirstByteMs }) => timeToFirstByteMs),
  upstreamLastByteMs: ofAttempts(({ timeToLastByteMs }) => timeToLastByteMs),
  clientOfBalancer: ({ downstream }) => downstream?.client ?? null,
  clientConnection: ({ downstream }) => downstream?.connection ?? null,
  clientExchange: ({ downstream }) => downstream?.exchange ?? null,
  displayFilter: conversationFilter,
} satisfies Readonly<Record<string, (row: ExchangeRow) => CsvField>>;
/** Stands for a value that one of several attempts lacks. */
const LACKING = "none";

function certaintyOf(link: UpstreamLink | DownstreamLink | null): CsvField {
  return link === null ? null : link.uncertain ? "uncertain" : "certain";
}

function ofAttempts(
  value: (attempt: BackendAttempt) => string | number | null,
): (row: ExchangeRow) => string | null {
  return ({ upstream }) => {
    const attempts = upstream?.attempts ?? [];
    return attempts.length === 0 ? null : attempts.map((attempt) => value(attempt) ?? LACKING).join(", ");
  };
}

/** A format of exchanges: what stands before the first one, each of them, and what stands between two and after the last. */
export interface ExchangeFormat {
  readonly head: string;
  /** `null`: the format has no place for it. */
  readonly line: (row: ExchangeRow) => string | null;
  readonly between: string;
  readonly end: string;
}

/** What each column says, in their order. */
const COLUMNS: readonly ((row: ExchangeRow) => CsvField)[] = [
  ...OWN_FIELDS.map((name) => (row: ExchangeRow) => row[name]),
  ...Object.values(FURTHER_FIELDS),
];

export const exchangeCsv: ExchangeFormat = {
  head: csvRecord([...OWN_FIELDS, ...Object.keys(FURTHER_FIELDS)]),
  line: (row) => csvRecord(COLUMNS.map((column) => column(row))),
  between: "",
  end: "",
};

export const exchangeJsonLines: ExchangeFormat = {
  head: "",
  line: (row) => `${escapeJson(JSON.stringify({ ...row, displayFilter: conversationFilter(row) }))}\n`,
  between: "",
  end: "",
};
