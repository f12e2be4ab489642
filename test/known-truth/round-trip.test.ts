/** Round trips against tcptrace's (Karn's rule, both directions of every connection) and tshark's initial RTT. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { needs } from "../real-part.ts";
import { CAPTURES, capturePath } from "./captures.ts";
import { followConnections } from "./connections.ts";
import { roundingNs, type TcptraceDirection, tcptraceDirections } from "./tcptrace.ts";

const captures = readdirSync(CAPTURES).filter((name) => name.endsWith(".pcapng.gz"));

test("captures are found", () => {
  expect(captures.length).toBe(14);
});

/** Segments repeated seconds after a connection's end bound how slow a lossy capture may be played. */
function slownessOf(capture: string): number {
  return capture.startsWith("loss-") && !capture.startsWith("loss-to0-from0") ? 100 : 1000;
}

needs("tcptrace")("round trips, and tcptrace's", () => {
  test.each(captures)("%s", async (capture) => {
    const path = capturePath(capture);
    const slowness = slownessOf(capture);
    const connections = await followConnections(path);
    const ours = numbered(connections.flatMap(({ roundTrips }) => [...roundTrips]));
    const theirs = numbered((await tcptraceDirections(path, slowness)).map((found) => [found.name, found]));
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    const differing = [...theirs].flatMap(([name, direction]) => {
      const samples = ours.get(name) ?? [];
      return agrees(samples, direction, roundingNs(slowness)) ? [] : [{ ...direction, lbqos: samples }];
    });
    expect(differing).toEqual([]);
  });
});

/** By name, numbered where ports were used again: both programs have connections in order of their first packet. */
function numbered<T>(found: readonly (readonly [string, T])[]): Map<string, T> {
  const uses = new Map<string, number>();
  return new Map(
    found.map(([name, value]) => {
      const use = (uses.get(name) ?? 0) + 1;
      uses.set(name, use);
      return [`${name} #${use}`, value];
    }),
  );
}

/** Count, minimum, maximum and average, to 50 ns, or to 510 ns with losses. */
function agrees(samples: readonly number[], theirs: TcptraceDirection, rounding: number): boolean {
  if (samples.length !== theirs.samples) return false;
  if (samples.length === 0) return true;
  const sum = samples.reduce((total, sample) => total + sample, 0);
  const figures = [
    [Math.min(...samples), theirs.minNs],
    [Math.max(...samples), theirs.maxNs],
    [sum / (samples.length + 0.0001), theirs.averageNs],
  ] as const;
  // A millionth of a nanosecond is for the decimal fractions of both programs.
  return figures.every(([ours, its]) => Math.abs(ours - its) <= rounding + 1e-6);
}

/** Rows of tshark's fields, for every frame. */
function tsharkFields(path: string, fields: readonly string[]): string[][] {
  const output = execFileSync(
    "tshark",
    ["-n", "-r", path, "-T", "fields", ...fields.flatMap((field) => ["-e", field])],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 28 },
  );
  return output
    .replace(/\n$/, "")
    .split("\n")
    .map((row) => row.split("\t"));
}

const nanoseconds = (seconds: string) => Math.round(Number(seconds) * 1e9);

// Where nothing is repeated, Karn's rule leaves nothing out.
const lossless = captures.filter((name) => !/loss-to[^0]|loss-.*from[^0]/.test(name));

needs("tshark")("round trips of data, and tshark's of ACKs without data", () => {
  test.each(lossless)("%s", async (capture) => {
    const path = capturePath(capture);
    const connections = await followConnections(path);
    const ours = connections.flatMap(({ dataRoundTrips }) => dataRoundTrips).sort((a, b) => a - b);
    const rows = tsharkFields(path, [
      "tcp.len",
      "tcp.flags.fin",
      "tcp.analysis.acks_frame",
      "tcp.analysis.ack_rtt",
    ]);
    const carriesData = ([length = "", fin = ""]: readonly string[]) => Number(length) > 0 && fin !== "1";
    const theirs = rows.flatMap(([length, fin, acked, rtt = ""]) => {
      const isPure = rtt !== "" && length === "0" && fin !== "1";
      return isPure && carriesData(rows[Number(acked) - 1] ?? []) ? [nanoseconds(rtt)] : [];
    });
    expect(ours.length).toBeGreaterThan(50);
    expect(ours).toEqual(theirs.sort((a, b) => a - b));
  });
});

needs("tshark")("the initial RTT, and tshark's", () => {
  test.each(captures)("%s", async (capture) => {
    const path = capturePath(capture);
    const ours = (await followConnections(path)).map(({ firstFrame, initialRttNs }) => [
      firstFrame,
      initialRttNs,
    ]);
    const rows = tsharkFields(path, ["frame.number", "tcp.stream", "tcp.analysis.initial_rtt"]);
    const theirs = new Map<string, number[]>();
    for (const [frame = "", stream = "", rtt = ""] of rows) {
      const known = theirs.get(stream);
      if (known === undefined) theirs.set(stream, [Number(frame), 0]);
      if (rtt !== "") theirs.get(stream)?.splice(1, 1, nanoseconds(rtt));
    }
    expect(ours.filter(([, rtt]) => rtt !== 0).length).toBeGreaterThan(50);
    expect(ours).toEqual([...theirs.values()]);
  });
});
