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
    parts: "Where their time to the first byte went",
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
    there: "Network there",
    host: "Server",
    back: "Network back",
    exchanges: "Exchanges",
    failed: "Failed",
  },
  /** Comments on frames, as Wireshark shows them. */
  comments: {
    finding: (number: number, headline: string) => `lbqos, finding ${number}: ${headline}`,
    /** @param waited at the balancer, in ms */
    slow: (place: number, ms: string, answer: number | null, backends: string, waited: string | null) =>
      `lbqos, slowest ${place}: this request took ${ms} ms to the answer's last byte${answer === null ? "" : `, in frame ${answer}`}${backends === "" ? "" : `; asked of ${backends}`}${waited === null ? "" : ` after ${waited} ms at the balancer`}.`,
    slowAnswer: (ms: string, request: number | null) =>
      `lbqos: the answer's last byte, ${ms} ms after the request${request === null ? "" : ` in frame ${request}`}.`,
  },
  /** What the balancer's address is called in an annotated capture. */
  balancerName: "balancer",
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
