/** Options that say which exchanges are meant. */
import type { Command as Subcommand } from "commander";
import { EXCHANGE_STATES } from "../../engine/http/exchange-state.ts";
import { Failure } from "../../failure.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import type { ExchangeState } from "../../metrics/exchanges/exchange-row.ts";
import type {
  ExchangeSelection,
  RequestTime,
  StatusRange,
} from "../../metrics/exchanges/exchange-selection.ts";
import { message } from "../../words/message.ts";
import { parseEndpoint } from "../endpoint.ts";
import { helpWords } from "../help-text.ts";
import { collected } from "../pair-option.ts";

/** What commander makes of the options. */
export interface SelectionTexts {
  readonly server?: readonly string[];
  readonly client?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly status?: readonly string[];
  readonly state?: readonly string[];
  readonly method?: readonly string[];
  readonly path?: readonly string[];
  readonly minMs?: string;
}

/** Gives the subcommand the options. */
export function addSelectionOptions(subcommand: Subcommand): void {
  const words = helpWords().exchanges;
  subcommand
    .option("--server <server>", words.server, collected)
    .option("--client <address>", words.client, collected)
    .option("--from <time>", words.from)
    .option("--to <time>", words.to)
    .option("--status <status>", words.status, collected)
    .option("--state <state>", words.state, collected)
    .option("--method <name>", words.method, collected)
    .option("--path <pattern>", words.path, collected)
    .option("--min-ms <time>", words.minMs);
}

/**
 * @param names of the backends that were named
 * @throws Failure (status 2)
 */
export function parseSelection(texts: SelectionTexts, names: readonly string[]): ExchangeSelection {
  const { server, client, from, to, status, state, method, path, minMs } = texts;
  return {
    ...(server === undefined
      ? {}
      : { servers: server.map((text) => (names.includes(text) ? text : place("--server", text))) }),
    ...(client === undefined ? {} : { clients: client.map((text) => place("--client", text)) }),
    ...(from === undefined ? {} : { from: requestTime("--from", from) }),
    ...(to === undefined ? {} : { to: requestTime("--to", to) }),
    ...(status === undefined ? {} : { statuses: status.map(statusRange) }),
    ...(state === undefined ? {} : { states: state.map(exchangeState) }),
    ...(method === undefined ? {} : { methods: method.map((name) => name.toUpperCase()) }),
    ...(path === undefined ? {} : { paths: path }),
    ...(minMs === undefined ? {} : { minTimeToLastByteMs: milliseconds(minMs) }),
  };
}

/** An address, or `address:port`, as exchanges have it. */
function place(option: string, text: string): string {
  const endpoint = parseEndpoint(text);
  if ("key" in endpoint) throw new Failure(message("notServer", option, text), 2);
  return endpointText(endpoint.address, endpoint.port);
}

/** `16:05:15`, `16:05:15.25`, or `12.5` (seconds since the capture's first frame). */
function requestTime(option: string, text: string): RequestTime {
  if (/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/.test(text)) return { timeOfDay: text };
  if (/^\d+(\.\d+)?$/.test(text)) return { secondsSinceStart: Number(text) };
  throw new Failure(message("notRequestTime", option, text), 2);
}

/** `503`, `5xx`, `500-599`, or `none`. */
function statusRange(text: string): StatusRange {
  if (text === "none") return [0, 0];
  const [, hundreds] = /^([1-9])xx$/i.exec(text) ?? [];
  if (hundreds !== undefined) return [Number(`${hundreds}00`), Number(`${hundreds}99`)];
  const [, from = "", to = from] = /^([1-9]\d\d)(?:-([1-9]\d\d))?$/.exec(text) ?? [];
  if (from === "" || to < from) throw new Failure(message("notStatus", text), 2);
  return [Number(from), Number(to)];
}

function exchangeState(text: string): ExchangeState {
  const found = EXCHANGE_STATES.find((state) => state.toLowerCase() === text.toLowerCase());
  if (found === undefined)
    throw new Failure(message("notExchangeState", text, EXCHANGE_STATES.join(", ")), 2);
  return found;
}

function milliseconds(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new Failure(message("notMilliseconds", "--min-ms", text), 2);
}
