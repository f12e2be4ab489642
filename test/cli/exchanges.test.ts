/** lbqos exchanges from outside: what it selects is counted anew from --exchanges, and its times are tshark's. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { needs, needsBuild } from "../real-part.ts";
import { CAPTURES, lbqos } from "./lbqos-command.ts";

const CAPTURE = join(CAPTURES, "round-robin-1.pcapng.gz");
const BACKENDS = ["--balancer", "192.168.56.103", "--backend", "Flask A=192.168.56.109"];

function rowsOf(args: readonly string[]): readonly ExchangeRow[] {
  const { stdout, stderr, status } = lbqos(args);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

needsBuild("lbqos exchanges", () => {
  const all = rowsOf(["analyze", CAPTURE, "--exchanges", "-", ...BACKENDS]);
  const selected = (...args: string[]) => rowsOf(["exchanges", CAPTURE, "--jsonl", ...BACKENDS, ...args]);

  test("prints every exchange as analyze does", () => {
    expect(all).toHaveLength(2000);
    expect(selected()).toEqual(all);
  });

  test("selects by server, client, time, status, path and time taken", () => {
    const ofA = all.filter(({ server }) => server.startsWith("192.168.56.109:"));
    expect(ofA).toHaveLength(334);
    expect(selected("--server", "Flask A")).toEqual(ofA);
    expect(selected("--server", "192.168.56.109:80", "--client", "192.168.56.103")).toEqual(ofA);
    expect(selected("--from", "20:55:18")).toEqual(
      all.filter(({ requestStart }) => (requestStart ?? "") >= "2026-11-22T20:55:18"),
    );
    const early = all.filter(({ requestStartSeconds }) => (requestStartSeconds ?? 9) <= 0.1);
    expect(early.length).toBeGreaterThan(10);
    expect(selected("--to", "0.1", "--status", "2xx", "--path", "/*", "--method", "get")).toEqual(early);
    expect(selected("--min-ms", "3")).toEqual(
      all.filter(({ timeToLastByteMs }) => (timeToLastByteMs ?? 0) >= 3),
    );
    expect(selected("--status", "5xx", "--status", "none")).toEqual([]);
  });

  test("prints the slowest as a table that fits 80 columns, with Wireshark's filter", () => {
    const { stdout } = lbqos(["exchanges", CAPTURE, "--slowest", "3"]);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/2000 of 2000 exchanges selected\..*\n3 exchanges, the slowest first\n/s);
    expect(stdout).toMatch(/20:55:17\.823 .*GET \/ +200 +7\.305 +7\.305 +27\n/);
    expect(stdout).toMatch(/\nIn Wireshark: frame\.number in \{27, 29, /);
    expect(lbqos(["exchanges", CAPTURE, "--status", "503", "--lang", "id"]).stdout).toMatch(
      /0 dari 2000 pertukaran terpilih\..*\nTidak ada pertukaran yang cocok\.\n/s,
    );
  });

  test("counts groups", () => {
    const groups = rowsOf(["exchanges", CAPTURE, "--group-by", "server", "--jsonl"]) as unknown as readonly {
      readonly server: string;
      readonly exchanges: number;
    }[];
    expect(groups.map(({ server, exchanges }) => [server, exchanges])).toEqual([
      ["192.168.56.103", 1000],
      ["192.168.56.109", 334],
      ["192.168.56.110", 333],
      ["192.168.56.113", 333],
    ]);
    const csv = lbqos(["exchanges", CAPTURE, "--group-by", "second", "--csv"]).stdout.split("\r\n");
    expect(csv.slice(1, 3).map((record) => record.split(",").slice(0, 3))).toEqual([
      ["2026-11-22T20:55:17", "358", "0"],
      ["2026-11-22T20:55:18", "1642", "0"],
    ]);
    expect(lbqos(["exchanges", CAPTURE, "--group-by", "path", "--markdown"]).stdout).toMatch(
      /\| \/ +\| +2000 \| +0 \|/,
    );
  });

  test.each(["round-robin-1", "loss-big-to2-from2", "keepalive-rr"])(
    "times them as analyze does: %s",
    (name) => {
      const capture = join(CAPTURES, `${name}.pcapng.gz`);
      const { pairs } = JSON.parse(lbqos(["analyze", capture, "--json", "--quiet"]).stdout);
      const groups = new Map(
        lbqos(["exchanges", capture, "--group-by", "server", "--jsonl", "--quiet"])
          .stdout.trim()
          .split("\n")
          .map((line) => JSON.parse(line))
          .map((group) => [group.server, group]),
      );
      expect(groups.size).toBe(pairs.length);
      for (const { destination, http } of pairs) {
        const { timeToFirstByteMs, timeToLastByteMs } = http;
        expect(groups.get(destination)).toMatchObject({ timeToFirstByteMs, timeToLastByteMs });
      }
    },
  );

  test("links both sides of the balancer, and back, with the waits that make up what it added", () => {
    const at = new Map(all.map((row) => [`${row.connection}/${row.exchange}`, row]));
    const ofClients = all.filter(({ upstream }) => upstream !== null);
    const ofBackends = all.filter(({ downstream }) => downstream !== null);
    expect([ofClients.length, ofBackends.length]).toEqual([1000, 1000]);
    for (const row of ofClients) {
      expect(row.server).toBe("192.168.56.103:80");
      const [attempt, ...more] = row.upstream?.attempts ?? [];
      expect(more).toEqual([]);
      const backends = at.get(`${attempt?.connection}/${attempt?.exchange}`);
      expect(backends?.server).toBe(attempt?.server);
      const { client, connection, exchange } = row;
      expect(backends?.downstream).toEqual({ client, connection, exchange, uncertain: false });
      const { waitBeforeMs = null, waitAfterMs = null, addedTimeToFirstByteMs = null } = row.upstream ?? {};
      const parts = [waitBeforeMs, attempt?.connectMs, backends?.requestDurationMs, waitAfterMs];
      expect(parts.reduce<number>((sum, part) => sum + (part ?? Number.NaN), 0)).toBeCloseTo(
        addedTimeToFirstByteMs ?? Number.NaN,
        6,
      );
    }
  });

  test("shows in a table which backends were asked, and what the balancer waited", () => {
    const { stdout } = lbqos(["exchanges", CAPTURE, "--slowest", "3", ...BACKENDS]);
    expect(stdout).toMatch(
      /What the balancer did for them\n.*Asked of .*\n.*\n─+\n +27 .* 3\.059 +4\.224 +0\.048\n/s,
    );
  });

  test("writes an HTTP Archive", () => {
    const { log } = JSON.parse(lbqos(["exchanges", CAPTURE, "--har", "--slowest", "2"]).stdout);
    expect(log).toMatchObject({ version: "1.2", creator: { name: "lbqos" } });
    expect(log.entries).toHaveLength(2);
    const [slowest] = selected("--slowest", "1");
    expect(log.entries[0]).toMatchObject({
      startedDateTime: slowest?.requestStart,
      request: { method: "GET", url: "http://192.168.56.103/", cookies: [], headers: [], queryString: [] },
      response: { status: 200, content: { size: slowest?.responseBytes } },
      timings: { wait: slowest?.timeToFirstByteMs, receive: slowest?.transferDurationMs },
    });
    expect(JSON.parse(lbqos(["exchanges", CAPTURE, "--har", "--status", "503"]).stdout).log.entries).toEqual(
      [],
    );
  });

  test.each([
    [["--server", "Flask A"], '--server: "Flask A" is neither an address, '],
    [["--status", "50x"], '--status: "50x" is no status such as 503, 5xx, 500-599 or none'],
    [["--status", "599-500"], '--status: "599-500" is no status such as 503, 5xx, 500-599 or none'],
    [["--from", "25:00:00"], '--from: "25:00:00" is neither a time of day such as 16:05:15 nor seconds'],
    [["--state", "lost"], '--state: "lost" is none of complete, '],
    [["--min-ms", "fast"], '--min-ms: "fast" is no time in ms such as 250 or 0.5'],
    [["--slowest", "0"], '--slowest: "0" is no whole number from 1 to '],
    [
      ["--slowest", "3", "--group-by", "path"],
      "option '--slowest <number>' cannot be used with option '--group-by <what>'",
    ],
  ])("refuses %j in one line", (args, said) => {
    const { status, stdout, stderr } = lbqos(["exchanges", CAPTURE, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

needs("tshark")("the times of the slowest", () => {
  test("are those that tshark finds between a request's frame and its response's last", () => {
    const fields = ["http.request_in", "frame.number", "http.time"].flatMap((field) => ["-e", field]);
    const out = execFileSync("tshark", ["-r", CAPTURE, "-Y", "http.response", "-T", "fields", ...fields], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const found = out
      .trim()
      .split("\n")
      .map((line) => line.split("\t").map(Number))
      .map(([request, response, seconds = 0]) => [request, response, Math.round(seconds * 1e9)]);
    expect(found).toHaveLength(2000);
    const slowest = [...found].sort((a, b) => (b[2] ?? 0) - (a[2] ?? 0)).slice(0, 25);
    const rows = rowsOf(["exchanges", CAPTURE, "--jsonl", "--slowest", "25"]);
    expect(
      rows.map((row) => [
        row.requestFrame,
        row.responseEndFrame,
        Math.round((row.timeToLastByteMs ?? 0) * 1e6),
      ]),
    ).toEqual(slowest);
  });
});

needs("tshark")("names and filters of exchanges", () => {
  const tshark = (...args: string[]) =>
    execFileSync("tshark", ["-r", CAPTURE, "--enable-protocol", "communityid", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1 << 26,
    })
      .trim()
      .split("\n");
  const rows = rowsOf(["exchanges", CAPTURE, "--jsonl", "--quiet"]) as readonly (ExchangeRow & {
    readonly displayFilter: string;
  })[];

  test("tcp.stream and Community ID are Wireshark's", () => {
    const fields = ["frame.number", "tcp.stream", "communityid"].flatMap((field) => ["-e", field]);
    const theirs = tshark("-Y", "http.request", "-T", "fields", ...fields);
    const ours = [...rows]
      .sort((a, b) => (a.requestFrame ?? 0) - (b.requestFrame ?? 0))
      .map(({ requestFrame, tcpStream, communityId }) => `${requestFrame}\t${tcpStream}\t${communityId}`);
    expect(ours).toEqual(theirs);
  });

  test("the display filter shows request and response on both sides of the balancer", () => {
    const row = rows.find(({ upstream, connection }) => upstream !== null && connection > 100);
    const backends = rows.find(({ downstream }) => downstream?.connection === row?.connection);
    const shown = tshark("-Y", `(${row?.displayFilter}) && http`, "-T", "fields", "-e", "frame.number");
    expect(shown.map(Number)).toEqual([
      row?.requestFrame,
      backends?.requestFrame,
      backends?.responseEndFrame,
      row?.responseEndFrame,
    ]);
  });
});
