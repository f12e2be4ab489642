// npm run loss-table [-- FOLDER]
// Prints, as Markdown, the losses of the captures with known truth: what was lost (a second tap beyond the loss says so),
// what lbqos finds from one tap, and what tshark and tcptrace count that users take for losses.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const BALANCER = "192.168.56.103";
const BACKENDS = { fa: "192.168.56.109", fb: "192.168.56.113", fc: "192.168.56.110" };
const { LBQOS_DIST } = process.env;

const dist = LBQOS_DIST ? pathToFileURL(`${LBQOS_DIST}/`) : new URL("../../dist/", import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL("../../fixtures/captures/", import.meta.url));
if (!existsSync(new URL("index.js", dist))) {
  console.error(`There is no build in ${dist.pathname}: npm run build makes it.`);
  process.exit(2);
}
const { analyze } = await import(new URL("index.js", dist).href);
const names = readdirSync(folder).filter((name) => name.endsWith(".truth.json"));
if (names.length === 0) {
  console.error(`There are no truth files (*.truth.json) in ${folder}.`);
  process.exit(2);
}

const COLUMNS = ["capture", "backend", "direction", "sent", "lost", "lbqos", "beyond", "before", "bounds"];
const OTHERS = ["tshark retransmissions", "tshark lost segments", "tcptrace rexmt"];
console.log(row([...COLUMNS, ...OTHERS]));
console.log(row([...COLUMNS, ...OTHERS].map((_, index) => (index < 3 ? "---" : "---:"))));

let directions = 0;
let exact = 0;
for (const name of names.sort()) {
  const stem = name.replace(".truth.json", "");
  const path = ["pcapng.gz", "pcapng"].map((ending) => join(folder, `${stem}.${ending}`)).find(existsSync);
  if (path === undefined) continue;
  const truth = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const run = await analyze(path, {
    balancer: BALANCER,
    backends: Object.entries(BACKENDS).map(([backend, address]) => ({ name: backend, address })),
  });
  const tshark = tsharkCounts(path);
  const tcptrace = tcptraceCounts(path);
  for (const [backend, address] of Object.entries(BACKENDS)) {
    const { transport } = run.pairs.find((pair) => pair.name === backend);
    for (const [way, ours, ends] of [
      ["to_backend", transport.toBackend, `${BALANCER}>${address}`],
      ["from_backend", transport.fromBackend, `${address}>${BALANCER}`],
    ]) {
      const { sent_seq: sent, lost_seq: lost } = truth[backend][way];
      const found = ours.lostBeyondTap + ours.lostBeforeTap;
      directions++;
      if (found === lost) exact++;
      console.log(
        row([
          ...[stem, backend, way.replace("_", " "), sent, lost],
          ...[found === lost ? found : `**${found}**`, ours.lostBeyondTap, ours.lostBeforeTap],
          `${ours.lostAtLeast}–${ours.lostAtMost}`,
          ...[tshark?.get(`retransmission ${ends}`) ?? 0, tshark?.get(`lost ${ends}`) ?? 0].map((count) =>
            tshark === null ? "" : count,
          ),
          tcptrace === null ? "" : (tcptrace.get(ends) ?? 0),
        ]),
      );
    }
  }
}
console.log(`\n${exact} of ${directions} directions exact.`);

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}

/** Frames that tshark flags, by direction; `null` where it isn't installed. */
function tsharkCounts(path) {
  const flags = ["tcp.analysis.retransmission", "tcp.analysis.lost_segment"];
  const fields = ["ip.src", "ip.dst", ...flags].flatMap((field) => ["-e", field]);
  const output = run("tshark", ["-n", "-r", path, "-T", "fields", ...fields]);
  if (output === null) return null;
  const counts = new Map();
  for (const line of output.split("\n")) {
    const [source, destination, retransmission, lost] = line.split("\t");
    if (retransmission) add(counts, `retransmission ${source}>${destination}`, 1);
    if (lost) add(counts, `lost ${source}>${destination}`, 1);
  }
  return counts;
}

/** Packets with data that tcptrace takes for retransmitted, by direction; `null` where it isn't installed. */
function tcptraceCounts(path) {
  const temporary = mkdtempSync(join(tmpdir(), "lbqos-tcptrace-"));
  try {
    const pcap = join(temporary, "capture.pcap");
    if (run("editcap", ["-F", "pcap", path, pcap]) === null) return null;
    const output = run("tcptrace", ["-nl", "--csv", pcap]);
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

function run(program, args) {
  try {
    return execFileSync(program, args, {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function add(counts, key, count) {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
