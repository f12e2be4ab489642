/** gRPC through the lab's HAProxy, as root: every call of the backends' log and of HAProxy's is found on both sides, and matched. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { lbqos } from "../cli/lbqos-command.ts";
import { LAB_PROGRAMS, needs, needsRoot } from "../real-part.ts";
import { tracesOf } from "./machine-state.ts";

const NAME = `h${process.pid}`;
const LONG_MS = 60_000;
const REQUESTS = 45;
const BALANCER = "192.168.56.103";
const ADDRESSES: Readonly<Record<string, string>> = {
  "Flask A": "192.168.56.109",
  "Flask B": "192.168.56.113",
  "Flask C": "192.168.56.110",
};

needsRoot("as root", () => {
  needs(...LAB_PROGRAMS, "haproxy")("lab run --balancer haproxy --grpc", () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-haproxy-"));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const place = join(folder, "grpc/round-robin/01");
    const rows: ExchangeRow[] = [];
    const read = (name: string) =>
      readFileSync(join(place, name), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));

    beforeAll(async () => {
      const out = join(folder, "grpc");
      const args = ["--methods", "round-robin", "--runs", "1", "--requests", `${REQUESTS}`, "--rate", "300"];
      const lab = ["lab", "run", "--name", NAME, "-o", out, "--no-report", "--balancer", "haproxy"];
      const made = lbqos([...lab, ...args, "--grpc", "--calls", "15", "--uri", "/lab.Lab/Flaky"]);
      expect(made).toMatchObject({ status: 0, stdout: expect.stringContaining("1 run in") });
      expect(tracesOf(NAME)).toEqual([]);
      await analyze(join(place, "round-robin-01.pcapng.gz"), {
        balancer: BALANCER,
        onExchange: (row) => rows.push(row),
      });
    }, LONG_MS);

    const inFront = () => rows.filter(({ server }) => server === `${BALANCER}:80`);
    const behind = () => rows.filter(({ client }) => client.startsWith(`${BALANCER}:`));

    test("every call of the backends' log is there on both sides, with gRPC's status", () => {
      const noted = read("backends.jsonl");
      expect(noted).toHaveLength(REQUESTS);
      const statuses = noted.map(({ grpcStatus }) => grpcStatus).sort();
      expect(inFront().map(({ grpcStatus }) => grpcStatus)).toHaveLength(REQUESTS);
      expect(
        inFront()
          .map(({ grpcStatus }) => grpcStatus)
          .sort(),
      ).toEqual(statuses);
      const counts = (names: readonly string[]) =>
        Object.keys(ADDRESSES).map((name) => names.filter((one) => one === name).length);
      const nameOf = (server: string) =>
        Object.keys(ADDRESSES).find((name) => `${ADDRESSES[name]}:80` === server) ?? server;
      expect(counts(behind().map(({ server }) => nameOf(server)))).toEqual(
        counts(noted.map(({ name }) => name)),
      );
    });

    test("HAProxy's log names the same clients, and the backends that calls were matched with", () => {
      const logged = read("haproxy.jsonl").map(({ client, target, serverAddress }) =>
        [client, target.split("/").slice(-2).join("/"), serverAddress].join(" "),
      );
      const found = inFront().map(({ client, target, upstream }) =>
        [client, target?.split("/").slice(-2).join("/"), upstream?.attempts.at(-1)?.server].join(" "),
      );
      expect(found.sort()).toEqual(logged.sort());
    });
  });
});

describe("without root", () => {
  test("another balancer is refused by name", () => {
    const refused = lbqos(["lab", "run", "-o", "x", "--balancer", "envoy", "--dry-run"]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("haproxy");
  });
});
