/** What the connections to each server speak. */
import { PROTOCOL_FIELDS, type RunMetrics } from "../../metrics/run-metrics.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, text, textColumn } from "../cells.ts";
import type { Block } from "../document.ts";
import { numberText } from "../number-text.ts";

/** Servers that are listed; the rest is in JSON. */
const LISTED_SERVERS = 100;
/** Servers that the first screen names. */
const NAMED_SERVERS = 3;

/** A row for each server; no table where no connection had data. */
export function protocolsTable({ protocols }: RunMetrics, labels: Words["report"]): readonly Block[] {
  if (protocols.length === 0) return [];
  const { protocolNames, overview, tables } = labels;
  return [
    {
      kind: "table",
      title: tables.protocols,
      columns: [
        textColumn(overview.server),
        ...PROTOCOL_FIELDS.map((field) => countColumn(protocolNames[field])),
      ],
      rows: protocols
        .slice(0, LISTED_SERVERS)
        .map((server) => [text(server.server), ...PROTOCOL_FIELDS.map((field) => count(server[field]))]),
      total: null,
    },
  ];
}

/** One sentence on the servers that speak more than HTTP/1: `192.168.56.103:443: 54 TLS`; nothing where all speak that alone. */
export function protocolsParagraph({ protocols }: RunMetrics, labels: Words["report"]): readonly Block[] {
  const { protocolNames, numberStyle, overview } = labels;
  const number = (value: number): string => numberText(value, 0, numberStyle);
  const others = protocols.filter((server) =>
    PROTOCOL_FIELDS.some((field) => field !== "http1" && server[field] > 0),
  );
  if (others.length === 0) return [];
  const named = others.slice(0, NAMED_SERVERS).map((server) => {
    const spoken = PROTOCOL_FIELDS.filter((field) => server[field] > 0);
    return `${server.server} ${spoken.map((field) => `${number(server[field])} ${protocolNames[field]}`).join(", ")}`;
  });
  const more = others.length - named.length;
  const text = overview.connections(named.join("; "), more === 0 ? null : number(more));
  return [{ kind: "paragraph", text }];
}
