// What tshark and tcptrace count that users take for losses, by direction. A direction is `SOURCE>DESTINATION`.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const FIELDS = ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst"];
const FLAGS = { retransmissions: "tcp.analysis.retransmission", lostSegments: "tcp.analysis.lost_segment" };

/** @returns {Promise<Record<keyof FLAGS, Map<string, number>> | null>} frames that tshark flags; `null` where it isn't installed */
export async function tsharkCounts(path) {
  const fields = [...FIELDS, ...Object.values(FLAGS)].flatMap((field) => ["-e", field]);
  const output = await run("tshark", ["-n", "-r", path, "-T", "fields", ...fields]);
  if (output === null) return null;
  const counts = { retransmissions: new Map(), lostSegments: new Map() };
  for (const line of output.split("\n")) {
    const [source, destination, source6, destination6, ...flags] = line.split("\t");
    const direction = `${source || source6}>${destination || destination6}`;
    Object.keys(FLAGS).forEach((name, index) => {
      if (flags[index]) add(counts[name], direction, 1);
    });
  }
  return counts;
}

/** @returns {Promise<Map<string, number> | null>} packets with data that tcptrace takes for retransmitted */
export async function tcptraceCounts(path) {
  const temporary = mkdtempSync(join(tmpdir(), "lbqos-tcptrace-"));
  try {
    const pcap = join(temporary, "capture.pcap");
    if ((await run("editcap", ["-F", "pcap", path, pcap])) === null) return null;
    const output = await run("tcptrace", ["-nl", "--csv", pcap]);
    if (output === null) return null;
    const lines = output.split("\n").map((line) => line.split(",").map((cell) => cell.trim()));
    const header = lines.findIndex(([first]) => first === "conn_#");
    const column = (name) => lines[header].indexOf(name);
    const counts = new Map();
    for (const cells of lines.slice(header + 1)) {
      const [a, b] = [cells[column("host_a")], cells[column("host_b")]];
      if (b === undefined) continue;
      add(counts, `${a}>${b}`, Number(cells[column("rexmt_data_pkts_a2b")]));
      add(counts, `${b}>${a}`, Number(cells[column("rexmt_data_pkts_b2a")]));
    }
    return counts;
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

async function run(program, args) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { encoding: "utf8", maxBuffer: 2 ** 30 });
    return stdout;
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function add(counts, key, count) {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
