/** tcptrace 6.6.7 on one of the project's captures, connection by connection. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCapture } from "../../src/capture/open-capture.ts";
import { type PcapRecord, pcapFile } from "../capture/build-pcap.ts";

/** One direction of a connection; round trips in nanoseconds, as far as tcptrace prints them. */
export interface TcptraceDirection {
  /** `address:port>address:port` */
  readonly name: string;
  readonly samples: number;
  readonly minNs: number;
  readonly maxNs: number;
  /** tcptrace divides the sum by the number of samples + 0.0001. */
  readonly averageNs: number;
  readonly retransmittedPackets: number;
}

/** tcptrace's times are in microseconds, its figures in milliseconds with one decimal. */
const MICROSECOND_NS = 1_000;
const LAST_DIGIT_NS = 100_000;

/**
 * How far a figure of tcptrace may be from the exact one, in ns of a capture that it got in slow motion: half of its last
 * digit, and half a microsecond for each of the two times that make a round trip, where those were rounded.
 */
export function roundingNs(slowness: number): number {
  const times = slowness % MICROSECOND_NS === 0 ? 0 : MICROSECOND_NS;
  return (LAST_DIGIT_NS / 2 + times) / slowness;
}

/**
 * Both directions of every connection that tcptrace finds.
 * @param slowness how often slower than recorded it gets the capture: the more, the finer its figures. But a segment that
 * comes four minutes after a connection's end is a new connection to it
 */
export async function tcptraceDirections(path: string, slowness: number): Promise<TcptraceDirection[]> {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-tcptrace-"));
  try {
    const slow = join(folder, "slow.pcap");
    writeFileSync(slow, await slowMotion(path, slowness));
    const output = execFileSync("tcptrace", ["-nlr", "--csv", slow], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return parse(output, slowness);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function slowMotion(path: string, slowness: number): Promise<Buffer> {
  const capture = await openCapture(path);
  const records: PcapRecord[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const start = batch.offset[row] ?? 0;
      const microseconds = Math.round(((batch.timeNs[row] ?? 0) * slowness) / 1000);
      records.push({
        seconds: Math.floor(microseconds / 1e6),
        fraction: microseconds % 1e6,
        data: Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[row] ?? 0))),
        wireLength: batch.wireLength[row] ?? 0,
      });
    }
  }
  await capture.close();
  return pcapFile(records);
}

function parse(output: string, slowness: number): TcptraceDirection[] {
  const lines = output.split("\n");
  const header = lines.findIndex((line) => line.startsWith("conn_#,"));
  const columns = (lines[header] ?? "").split(",").map((name) => name.trim());
  return lines.slice(header + 1).flatMap((line) => {
    const cells = line.split(",").map((cell) => cell.trim());
    if (cells.length < columns.length) return [];
    const cell = (name: string) => {
      const index = columns.indexOf(name);
      if (index === -1) throw new Error(`tcptrace has no column ${name}`);
      return cells[index] ?? "";
    };
    const nanoseconds = (milliseconds: string) => (Number(milliseconds) * 1e6) / slowness;
    const a = `${cell("host_a")}:${cell("port_a")}`;
    const b = `${cell("host_b")}:${cell("port_b")}`;
    return (["a2b", "b2a"] as const).map((way) => ({
      name: way === "a2b" ? `${a}>${b}` : `${b}>${a}`,
      samples: Number(cell(`RTT_samples_${way}`)),
      minNs: nanoseconds(cell(`RTT_min_${way}`)),
      maxNs: nanoseconds(cell(`RTT_max_${way}`)),
      averageNs: nanoseconds(cell(`RTT_avg_${way}`)),
      retransmittedPackets: Number(cell(`rexmt_data_pkts_${way}`)),
    }));
  });
}
