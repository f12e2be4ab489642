/**
 * HTTP exchanges as an HTTP Archive (HAR 1.2), which browsers' developer tools open. There are no bodies, headers and cookies:
 * lbqos keeps none. −1 means "not known", as the format has it. Exchanges whose request was not recorded are left out.
 */
import { addressOf } from "../../metrics/endpoints.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { conversationFilter } from "../../metrics/exchanges/frame-filter.ts";
import { version } from "../../version.ts";
import { escapeJson } from "../escape-json.ts";
import type { ExchangeFormat } from "./exchange-lines.ts";

const UNKNOWN = -1;
const CREATOR = { name: "lbqos", version: version() };

export const exchangeHar: ExchangeFormat = {
  head: `{"log":{"version":"1.2","creator":${JSON.stringify(CREATOR)},"entries":[\n`,
  line: (row) => (row.requestStart === null ? null : escapeJson(JSON.stringify(entryOf(row)))),
  between: ",\n",
  end: "\n]}}\n",
};

function entryOf(row: ExchangeRow): object {
  const send = row.requestDurationMs ?? 0;
  const wait = row.timeToFirstByteMs ?? 0;
  const receive = row.transferDurationMs ?? 0;
  return {
    startedDateTime: row.requestStart,
    time: send + wait + receive,
    request: {
      method: row.method ?? "",
      url: urlOf(row),
      httpVersion: "",
      cookies: [],
      headers: [],
      queryString: [],
      headersSize: UNKNOWN,
      bodySize: UNKNOWN,
    },
    response: {
      status: row.status ?? 0,
      statusText: "",
      httpVersion: "",
      cookies: [],
      headers: [],
      content: { size: row.responseBytes ?? 0, mimeType: "" },
      redirectURL: "",
      headersSize: UNKNOWN,
      bodySize: UNKNOWN,
    },
    cache: {},
    timings: { blocked: UNKNOWN, dns: UNKNOWN, connect: UNKNOWN, send, wait, receive },
    serverIPAddress: addressOf(row.server),
    connection: String(row.connection),
    comment: `${row.state}, ${row.client}, ${conversationFilter(row)}`,
    // Names of one's own begin with an underscore, as the format has it.
    _tcpStream: row.tcpStream,
    _communityId: row.communityId,
    _networkThereMs: row.networkThereMs,
    _serverMs: row.serverMs,
    _networkBackMs: row.networkBackMs,
    _upstream: row.upstream,
    _downstream: row.downstream,
  };
}

/** Where the client asked by another name than the target says, the server's address stands for the host. */
function urlOf({ target, host, server }: ExchangeRow): string {
  if (target === null) return "";
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(target) ? target : `http://${host ?? server}${target}`;
}
