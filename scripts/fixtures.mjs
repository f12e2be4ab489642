// Makes the captures of fixtures/captures again, with the lab: `sudo npm run fixtures [-- FOLDER]`.
// They go into FOLDER (reports/fixtures unless named) and are moved over the old ones by hand: another recording differs
// in times and ports, and with loss also in what was lost, so that golden files have to be looked at and made again.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const main = join(root, "dist/main.js");
const oracle = join(root, "fixtures/captures/paper_oracle.py");

const BALANCER = "192.168.56.103";
const CLIENT = "192.168.56.1";
const BACKENDS = ["192.168.56.109", "192.168.56.110", "192.168.56.113"];
const ROUND_ROBIN = ["--methods", "round-robin", "--runs", "1"];
const LOSSY = [...ROUND_ROBIN, "--taps"];

/** Options of `lbqos lab run`, and which run becomes which fixture. */
const recipes = [
  {
    options: ["--methods", "direct", "--runs", "1"],
    runs: { "direct/flask-a/01": "direct-fa-1", "direct/flask-b/01": "direct-fb-1" },
  },
  {
    options: ["--methods", "round-robin,least-connection,ip-hash", "--runs", "2"],
    runs: Object.fromEntries(
      ["round-robin", "least-connection", "ip-hash"].flatMap((method) =>
        [1, 2].map((run) => [`${method}/0${run}`, `${method}-${run}`]),
      ),
    ),
  },
  {
    options: [...ROUND_ROBIN, "--requests", "300", "--rate", "300", "--uri", "/chunked"],
    runs: { "round-robin/01": "chunked-rr" },
  },
  {
    options: [...ROUND_ROBIN, "--keepalive", "--calls", "10", "--requests", "1000", "--rate", "500"],
    runs: { "round-robin/01": "keepalive-rr" },
  },
  ...[
    [0, 0],
    [2, 0],
    [0, 2],
  ].map(([to, from]) => ({
    options: [...LOSSY, "--requests", "600", "--rate", "200", "--loss-to", `${to}`, "--loss-from", `${from}`],
    runs: { "round-robin/01": `loss-to${to}-from${from}` },
  })),
  {
    options: [
      ...[...LOSSY, "--requests", "60", "--rate", "15", "--uri", "/large?n=100000"],
      ...["--loss-to", "2", "--loss-from", "2"],
    ],
    runs: { "round-robin/01": "loss-big-to2-from2" },
  },
];

const out = process.argv[2] ?? join(root, "reports/fixtures");
mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "lbqos-fixtures-"));
const expected = {};
try {
  for (const [index, { options, runs }] of recipes.entries()) {
    const study = join(scratch, String(index));
    const lab = ["lab", "run", "--name", "fixtures", "-o", study, "--no-report", ...options];
    console.error(`lbqos ${lab.join(" ")}`);
    const { status } = spawnSync(process.execPath, [main, ...lab], { stdio: "inherit" });
    if (status !== 0) process.exit(1);
    for (const [folder, name] of Object.entries(runs)) {
      const run = join(study, folder);
      const capture = join(run, `${folder.replaceAll("/", "-")}.pcapng.gz`);
      copyFileSync(capture, join(out, `${name}.pcapng.gz`));
      copyFileSync(join(run, "httperf.txt"), join(out, `${name}.httperf.txt`));
      const truth = join(run, "truth.json");
      if (existsSync(truth)) copyFileSync(truth, join(out, `${name}.truth.json`));
      expected[`${name}.pcapng.gz`] = figures(capture, name.startsWith("direct") ? CLIENT : BALANCER);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const sorted = Object.fromEntries(Object.entries(expected).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(out, "expected.json"), `${JSON.stringify(sorted, null, 1)}\n`);
console.error(`${Object.keys(sorted).length} captures are in ${out}`);

/** The paper's metrics of each pair, by tshark and other code than lbqos. */
function figures(capture, source) {
  return Object.fromEntries(
    BACKENDS.map((backend) => [
      `${source}>${backend}`,
      JSON.parse(execFileSync("python3", [oracle, capture, source, backend], { encoding: "utf8" })),
    ]),
  );
}
