/**
 * Captures of nginx with TLS in front, with its clients' log of every request: where they are (LBQOS_H2TLS names the folder), not part of the project.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { medianDistanceMs } from "../known-truth/protocols/backend-clock.ts";
import { runTshark } from "./tshark-fields.ts";

const FOLDER = process.env["LBQOS_H2TLS"] ?? "";
const CAPTURES = ["tls12-h1", "tls13-h1"];
const TIMED = [...CAPTURES, "tls13-h2"];

const isThere = FOLDER !== "" && existsSync(FOLDER);
const title = "captures of nginx";
const suite = isThere ? describe : describe.skip;

suite(isThere ? title : `${title} [skipped, LBQOS_H2TLS names no folder]`, () => {
  test.each(CAPTURES)("%s: every request, in the frames that tshark names", async (name) => {
    const capture = join(FOLDER, name, "c.pcapng.gz");
    const keysFile = join(FOLDER, name, "keys.log");
    const keys = readFileSync(keysFile, "latin1");
    const found: ExchangeRow[] = [];
    const run = await analyze(capture, { keys, onExchange: (row) => found.push(row) });
    const front = found.filter(({ server }) => server.endsWith(":443"));

    const log = readFileSync(join(FOLDER, name, "client.jsonl"), "utf8")
      .trim()
      .split("\n");
    const logged = log.map((line) => JSON.parse(line));
    const texts = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join(" ")).sort();
    expect(texts(front.map(({ method, target, status }) => [method, target, status]))).toEqual(
      texts(logged.map(({ method, path, status }) => [method, path, status])),
    );

    const fields = ["frame.number", "http.request.method", "http.request.uri"];
    const requests = runTshark(capture, keysFile, "http.request && tls", fields);
    expect(texts(front.map(({ requestFrame, method, target }) => [requestFrame, method, target]))).toEqual(
      texts(requests),
    );
    const answers = runTshark(capture, keysFile, "http.response && tls", [
      "frame.number",
      "http.response.code",
    ]);
    expect(texts(front.map(({ responseEndFrame, status }) => [responseEndFrame, status]))).toEqual(
      texts(answers),
    );

    const hellos = runTshark(capture, keysFile, "tls.handshake.type == 2", ["tcp.stream"]);
    const server = run.tls?.find(({ server }) => server.endsWith(":443"));
    expect(server?.handshakes).toBe(hellos.length);
    expect(server).toMatchObject({ decrypted: server?.connections, lostRecords: 0, failedHandshakes: {} });
    expect(JSON.stringify(run)).not.toContain(keys.split(" ")[2]?.slice(0, 32));
  });

  test.each(TIMED)(
    "%s: times to first byte are within 1 ms of the backends' own clock, at the median",
    async (name) => {
      const rows: ExchangeRow[] = [];
      await analyze(join(FOLDER, name, "c.pcapng.gz"), {
        keys: readFileSync(join(FOLDER, name, "keys.log"), "latin1"),
        onExchange: (row) => rows.push(row),
      });
      const noted = readFileSync(join(FOLDER, name, "backends.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const behind = rows.filter(({ server }) => !server.endsWith(":443"));
      expect(behind).toHaveLength(noted.length);
      const times = new Map(noted.map(({ path, received, first }) => [path, { received, first }]));
      expect(times.size).toBe(noted.length);
      expect(
        medianDistanceMs(behind.map((row) => [row, times.get(row.target) ?? expect.unreachable()])),
      ).toBeLessThan(1);
    },
  );
});
