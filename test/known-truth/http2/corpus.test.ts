/** Captures of HTTP/2 of public test suites: requests and answers are those of tshark's fields, or the difference is named. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";
import { HAS_TSHARK } from "./tshark-streams.ts";

/** A folder of captures; not part of the project. */
const CORPUS = process.env["LBQOS_CORPUS"] ?? "";
/** tshark's words for where HTTP/2 is, and the TCP streams whose answers it does not show. */
const CAPTURES: readonly (readonly [name: string, words: readonly string[], unshown: readonly number[]])[] = [
  ["OISF+suricata-verify__tests__http2-deflate__http2_deflate.pcap", [], []],
  ["OISF+suricata-verify__tests__http2-keywords2__input.pcap", [], []],
  // Five connections that upgrade alike: tshark 4.0 goes on with HTTP/2 in three of them.
  ["OISF+suricata-verify__tests__http2-range__http2-range.pcap", [], [1, 3]],
  // The capture begins within a connection, whose port tshark does not know.
  ["ntop+nDPI__tests__cfgs__default__pcap__http2.pcapng", ["-d", "tcp.port==29518,http2"], []],
];
const FIELDS = [
  ...["tcp.stream", "http.request.method", "http.request.uri"],
  ...["http2.headers.method", "http2.headers.path", "http2.headers.status"],
];
const isThere = HAS_TSHARK && CAPTURES.every(([name]) => existsSync(join(CORPUS, name)));

/** What tshark shows, frame by frame: the TCP stream, and method and target, or a status. An upgraded request is HTTP/1's. */
function tsharkLines(path: string, words: readonly string[]): { requests: string[]; answers: string[] } {
  const args = ["-r", path, ...words, "-Y", "http.request || http2.headers", "-T", "fields"];
  const { stdout } = spawnSync("tshark", [...args, ...FIELDS.flatMap((field) => ["-e", field])], {
    encoding: "utf8",
  });
  const requests: string[] = [];
  const answers: string[] = [];
  for (const line of stdout.trimEnd().split("\n")) {
    const [stream, method = "", uri = "", http2Method = "", http2Path = "", status = ""] = line.split("\t");
    if (method !== "") requests.push(`${stream} ${method} ${uri}`);
    if (http2Method !== "") requests.push(`${stream} ${http2Method} ${http2Path}`);
    if (status !== "") answers.push(`${stream} ${status}`);
  }
  return { requests: requests.sort(), answers: answers.sort() };
}

describe.skipIf(!isThere)("public captures of HTTP/2 [needs LBQOS_CORPUS, and tshark]", () => {
  test.each(CAPTURES)("%s", async (name, words, unshown) => {
    const rows: ExchangeRow[] = [];
    await analyze(join(CORPUS, name), { onExchange: (row) => rows.push(row) });
    const told = tsharkLines(join(CORPUS, name), words);
    expect(rows.map(({ tcpStream, method, target }) => `${tcpStream} ${method} ${target}`).sort()).toEqual(
      told.requests,
    );
    const shown = rows.filter(({ tcpStream }) => !unshown.includes(tcpStream));
    expect(shown.map(({ tcpStream, status }) => `${tcpStream} ${status}`).sort()).toEqual(told.answers);
  });
});
