/** A flood of connections: memory is bounded, what is counted stays exact, and a warning says so. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { MAX_CONNECTIONS } from "../../src/engine/tcp/track-connections.ts";
import { MAIN } from "../cli/lbqos-command.ts";
import { needsBuild } from "../real-part.ts";
import { captureOfExchanges } from "./exchange-capture.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-flood-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER_BYTES = 24;
const RECORD_BYTES = 16;
const OFFSET_OF_SOURCE = RECORD_BYTES + 26;
const OFFSET_OF_PORT = RECORD_BYTES + 34;
const PORTS = 50_000;

/** So many SYNs that nobody answers, 100 µs apart: each of another port of a few addresses, or with `portsPerSource` 1 each of another address. */
function flooded(count: number, portsPerSource = PORTS): Buffer {
  const one = captureOfExchanges([
    { client: "10.0.0.9:4000", server: "10.0.0.1:80", atUs: 0, takesUs: 0, status: 0 },
  ]);
  const length = RECORD_BYTES + one.readUInt32LE(HEADER_BYTES + 8);
  const syn = one.subarray(HEADER_BYTES, HEADER_BYTES + length);
  const flood = Buffer.alloc(length * count);
  for (let index = 0; index < count; index++) {
    syn.copy(flood, index * length);
    const atUs = 1_000_000 + 100 * index;
    flood.writeUInt32LE(1_700_000_000 + Math.floor(atUs / 1e6), index * length);
    flood.writeUInt32LE(atUs % 1e6, index * length + 4);
    flood.writeUInt32BE(0x1000_0000 + Math.floor(index / portsPerSource), index * length + OFFSET_OF_SOURCE);
    flood.writeUInt16BE(1024 + (index % portsPerSource), index * length + OFFSET_OF_PORT);
  }
  return flood;
}

/** An exchange before the flood and one after it, each on a connection of its own. */
function withExchanges(count: number, portsPerSource = PORTS): Buffer {
  const exchange = { client: "10.0.0.9:4000", server: "10.0.0.1:80", takesUs: 300 };
  const before = captureOfExchanges([{ ...exchange, atUs: 0 }]);
  const after = captureOfExchanges([{ ...exchange, client: "10.0.0.9:4001", atUs: 2_000_000 + 100 * count }]);
  return Buffer.concat([before, flooded(count, portsPerSource), after.subarray(HEADER_BYTES)]);
}

describe("more connections than are remembered", () => {
  const COUNT = MAX_CONNECTIONS + 20_000;

  test("are all counted, with a warning", async () => {
    const { tcp, http, warnings } = await analyze(withExchanges(COUNT));
    expect(tcp.connections).toBe(COUNT + 2);
    expect(http).toMatchObject({ requests: 2, responses: 2 });
    const [warning] = warnings.filter(({ code }) => code === "too-many-connections");
    expect(warning?.message).toMatch(
      new RegExp(`^(19\\d\\d\\d|2000[0-2]) connections made room for others: more than ${MAX_CONNECTIONS}`),
    );
  });

  test("leave a connection alone whose answer comes after them, though addresses are forgotten with them", async () => {
    const count = 3 * MAX_CONNECTIONS;
    const takesUs = 2_000_000 + 100 * count;
    const waiting = { client: "10.0.0.9:4000", server: "10.0.0.1:80", atUs: 0, takesUs };
    const asked = captureOfExchanges([{ ...waiting, status: 0 }]);
    const answered = captureOfExchanges([waiting]).subarray(asked.length);
    const { tcp, http, pairs } = await analyze(Buffer.concat([asked, flooded(count, 1), answered]));
    expect(tcp.connections).toBe(count + 1);
    expect(http).toMatchObject({ requests: 1, responses: 1, exchanges: 1 });
    expect(pairs).toMatchObject([{ source: "10.0.0.9", destination: "10.0.0.1", http: { responses: 1 } }]);
  });

  test("no warning up to the limit", async () => {
    const { tcp, warnings } = await analyze(withExchanges(MAX_CONNECTIONS - 2));
    expect(tcp.connections).toBe(MAX_CONNECTIONS);
    expect(warnings.map(({ code }) => code)).not.toContain("too-many-connections");
  });
});

needsBuild("a flood of 600,000 connections", () => {
  /** Peak of a process that ran lbqos, in MB. */
  function peakMb(args: readonly string[]): number {
    const program = `process.argv = [process.argv[0], ${JSON.stringify(MAIN)}, ...${JSON.stringify(args)}];
      process.on("exit", () => require("node:fs").writeSync(2, "peak " + process.resourceUsage().maxRSS));
      import(${JSON.stringify(MAIN)});`;
    const said = execFileSync(
      "bash",
      ["-c", 'exec "$0" -e "$1" 2>&1 >/dev/null', process.execPath, program],
      {
        encoding: "utf8",
      },
    );
    return Number(/peak (\d+)/.exec(said)?.[1]) / 1024;
  }

  test.each([
    ["analyze", PORTS, (path: string) => ["analyze", path]],
    ["live", PORTS, (path: string) => ["live", "--replay", path, "--speed", "max"]],
    ["analyze", 1, (path: string) => ["analyze", path]],
    ["live", 1, (path: string) => ["live", "--replay", path, "--speed", "max"]],
  ])("takes less than 300 MB: %s, %i of each address", { timeout: 120_000 }, (_command, ports, args) => {
    const path = join(folder, "flood.pcap");
    writeFileSync(path, withExchanges(600_000, ports));
    const peak = peakMb(args(path));
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(300);
  });
});
