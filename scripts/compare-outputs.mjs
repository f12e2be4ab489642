// Compares what two builds print and write, byte for byte: every output of `analyze` over all fixtures and the captures of
// other folders, and of `compare` and `audit` over the fixtures. One line per kind of difference, exit status 1 if there is
// one: `npm run compare:outputs -- DIST_BEFORE DIST_AFTER [--corpus FOLDER]...
// [--only PATTERN]`, where PATTERN is a regular expression for the command line.
// Deliberate changes of wording stand in output-changes.txt: `old → new`, where {} is any text that both have; behind `id: `
// those of Indonesian output alone.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = fileURLToPath(new URL("../", import.meta.url));
const CAPTURE = /\.(pcap|pcapng|cap|trace)(\.gz|\.zst)?$/;
/** Runs at a time. */
const PARALLEL = 2;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { corpus: { type: "string", multiple: true, default: [] }, only: { type: "string", default: "" } },
});
if (positionals.length !== 2) {
  console.error(
    "usage: npm run compare:outputs -- DIST_BEFORE DIST_AFTER [--corpus FOLDER]... [--only PATTERN]",
  );
  process.exit(2);
}
const builds = positionals.map((folder) => {
  const command = ["main.js", "cli/main.js"].map((name) => resolve(folder, name)).find(existsSync);
  if (command === undefined)
    throw new Error(`${folder} holds neither main.js nor cli/main.js: build it first`);
  return command;
});
const changes = readFileSync(join(root, "scripts/output-changes.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map(readChange);

/** A run of the command, with OUT for a fresh folder whose files are compared too. */
const TESTBED = [
  "--balancer",
  "192.168.56.103",
  "--backend",
  "A=192.168.56.109",
  "--backend",
  "192.168.56.113",
];
const runs = [
  ...capturesOf(join(root, "fixtures")).flatMap((path) => [
    ...["80", "120"].flatMap((columns) =>
      ["en", "id"].map((lang) => analyze(path, columns, ["--lang", lang])),
    ),
    ...["en", "id"].map((lang) => analyze(path, "80", ["--markdown", "--lang", lang])),
    analyze(path, "80", ["--json", "--exchanges", "OUT/exchanges.csv"]),
    analyze(path, "80", ["--csv", "--exchanges", "OUT/exchanges.jsonl"]),
    analyze(path, "100", [...TESTBED, "--profile", "tiphon-kbps", "--bandwidth", "100M"]),
  ]),
  ...values.corpus
    .flatMap(capturesOf)
    .flatMap((path) => [
      analyze(path, "80", ["--exchanges", "OUT/exchanges.csv"]),
      analyze(path, "120", ["--lang", "id"]),
      analyze(path, "80", ["--markdown"]),
      analyze(path, "80", ["--json"]),
      analyze(path, "80", ["--csv"]),
    ]),
  ...["fixtures/experiment.yaml", "fixtures/captures", "fixtures/published/published-runs.csv"].flatMap(
    (path) =>
      ["en", "id"].flatMap((lang) => [
        compare(path, "80", ["--lang", lang, "--charts", lang === "en" ? "svg" : "none", "--out", "OUT"]),
        compare(path, "120", ["--lang", lang]),
      ]),
  ),
  ...["en", "id"].flatMap((lang) => [
    command("audit", "80", ["fixtures/published/published-runs.csv", "--lang", lang]),
    command("audit", "120", ["fixtures/experiment.yaml", "--lang", lang]),
  ]),
].filter((run) => new RegExp(values.only).test(run.arguments.join(" ")));

function analyze(path, columns, options) {
  return command("analyze", columns, [path, ...options]);
}

function compare(path, columns, options) {
  return command("compare", columns, [path, ...options, "--no-cache", "--jobs", "1"]);
}

function command(name, columns, [path, ...options]) {
  return {
    arguments: [name, path, ...options],
    columns,
    of: `${name} ${options.join(" ")} (${columns} columns)`,
  };
}

function capturesOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => CAPTURE.test(name))
    .sort()
    .map((name) => resolve(folder, name));
}

/** What a build prints and writes: by the name of the output. */
async function outputsOf(build, run) {
  const out = mkdtempSync(join(tmpdir(), "lbqos-outputs-"));
  try {
    const child = spawn(process.execPath, [build, ...run.arguments.map((one) => one.replace("OUT", out))], {
      cwd: root,
      env: { ...process.env, COLUMNS: run.columns, LBQOS_DEBUG: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = { stdout: [], stderr: [] };
    for (const name of Object.keys(printed)) child[name].on("data", (bytes) => printed[name].push(bytes));
    const status = await new Promise((done) => child.on("close", done));
    const outputs = new Map([["exit status", `${status}`]]);
    // The folder's name is in what is printed, and differs.
    for (const [name, pieces] of Object.entries(printed)) {
      outputs.set(name, Buffer.concat(pieces).toString("latin1").replaceAll(out, "OUT"));
    }
    for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      outputs.set(path.slice(out.length + 1), readFileSync(path, "latin1"));
    }
    return outputs;
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** A deliberate change of wording, as a replacement in text without line breaks and alignment. */
function readChange(line) {
  const isIndonesian = line.startsWith("id: ");
  const [before, after, ...rest] = (isIndonesian ? line.slice(4) : line).split(" → ");
  if (after === undefined || rest.length > 0)
    throw new Error(`output-changes.txt: "${line}" is no "old → new"`);
  const [old, replacement] = [before, after].map((text) => squashed(Buffer.from(text).toString("latin1")));
  const pattern = old.split("{}").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  let hole = 0;
  return {
    isIndonesian,
    pattern: new RegExp(pattern.join("(.*?)"), "g"),
    replacement: replacement.replaceAll("$", "$$$$").replace(/\{\}/g, () => `$${++hole}`),
  };
}

/**
 * Text without what depends on how long its words are (alignment, rules of tables, line breaks), and with the quotation marks
 * of HTML and LaTeX as everywhere.
 */
function squashed(text) {
  return text
    .replace(/&quot;|''/g, '"')
    .replaceAll("&#39;", "'")
    .replace(/(\xe2\x94\x80|\s|-{3,})+/g, " ");
}

/** The first place where two texts differ. */
function firstDifference(before, after) {
  if (before === undefined) return "new file";
  if (after === undefined) return "file is gone";
  let at = 0;
  while (before[at] === after[at]) at++;
  const around = (text) =>
    Buffer.from(text.slice(Math.max(0, at - 30), at + 60), "latin1")
      .toString("utf8")
      .replace(/\s+/g, " ");
  return `"${around(before)}" → "${around(after)}"`;
}

/** Kinds of differences: how often, and where first. */
const differences = new Map();
let equal = 0;
let reworded = 0;
const progress = process.stderr.isTTY;

async function work() {
  for (let run = runs.shift(); run !== undefined; run = runs.shift()) {
    const [before, after] = [await outputsOf(builds[0], run), await outputsOf(builds[1], run)];
    for (const name of new Set([...before.keys(), ...after.keys()]))
      note(run, name, before.get(name), after.get(name));
    if (progress) process.stderr.write(`\r${runs.length} commands to go `);
  }
}

function note(run, name, before, after) {
  if (before === after) {
    equal++;
    return;
  }
  let [old, now] = [before, after];
  if (before !== undefined && after !== undefined && changes.length > 0) {
    // A comparison's JSON holds its texts in every language.
    const isIndonesian = run.arguments.includes("id") && !name.endsWith(".json");
    old = changes
      .filter((change) => isIndonesian || !change.isIndonesian)
      .reduce((text, { pattern, replacement }) => text.replace(pattern, replacement), squashed(before));
    now = squashed(after);
    if (old === now) {
      reworded++;
      return;
    }
  }
  const what = `${run.of}: ${name}: ${firstDifference(old, now)}`;
  // The same difference with other numbers is of the same kind.
  const kind = what.replace(/\d+/g, "#");
  const known = differences.get(kind) ?? {
    count: 0,
    first: `${what} (first: ${basename(run.arguments[1])})`,
  };
  differences.set(kind, { ...known, count: known.count + 1 });
}

await Promise.all(Array.from({ length: PARALLEL }, work));
if (progress) process.stderr.write("\r");
for (const { count, first } of differences.values()) console.log(`${count} × ${first}`);
const different = [...differences.values()].reduce((sum, { count }) => sum + count, 0);
console.log(`${equal} outputs are equal, ${reworded} but for listed wording, ${different} differ`);
process.exitCode = different > 0 ? 1 : 0;
