/** `lbqos exchanges`: tables of exchanges, and of groups of them. */
import { counted } from "./grammar.ts";

export const exchanges = {
  title: (files: string) => `HTTP exchanges: ${files}`,
  summary: (selected: string, all: string) => `${selected} of ${counted(all, "exchange")} selected.`,
  none: "No exchange fits.",
  headings: { slowest: "The slowest exchanges", groups: "Groups of exchanges" },
  tables: {
    slowest: (count: number) => (count === 1 ? "One exchange" : `${count} exchanges, the slowest first`),
    balancer: "What the balancer did for them",
    groups: (by: string) => `By ${by}`,
  },
  columns: {
    start: "Start (UTC)",
    server: "Server",
    request: "Request",
    status: "Status",
    timeToFirstByte: "First byte",
    timeToLastByte: "Last byte",
    frame: "Frame",
    backends: "Asked of",
    waitBefore: "Before it",
    backendTime: "Last byte",
    waitAfter: "After it",
    exchanges: "Exchanges",
    failed: "Failed",
  },
  /** Stands at what order alone decided. */
  uncertain: "uncertain",
  groups: { timeToFirstByte: "Time to first byte", timeToLastByte: "To last byte" },
  groupings: {
    path: "path",
    client: "client",
    server: "server",
    method: "method",
    status: "status",
    second: "second",
  },
  otherGroups: "others",
  furtherGroups: (count: string) => `${count} exchanges are of further groups, and count as others.`,
  filter: (filter: string) => `In Wireshark: ${filter}`,
};
