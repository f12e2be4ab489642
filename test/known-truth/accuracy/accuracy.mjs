// npm run accuracy [-- RUNS | --tenth] [--from NUMBER] [--out FOLDER | --folder FOLDER] [--directions | --json]
// lbqos against what is known of networks made in the lab: records a grid of runs (200, or RUNS, or the tenth that CI makes) and
// prints how true losses and matching are, beside tshark. --from begins with another run than the first: rules are to be tried on runs
// that none of them was made from. Runs that are there are kept, so the same command goes on
// after an interruption, in node_modules/.cache/accuracy or --out; --folder measures runs that were kept, and records none. The whole grid's tables are written into
// docs/accuracy.md. Needs root and what `lbqos lab check` lists.
// Exit status: 0 measured; 1 a run could not be recorded; 2 wrong usage.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { optionsOfRun, TENTH, WHOLE } from "./grid.mjs";
import { measureRun, runsIn } from "./measure-run.mjs";
import { tcptraceCounts } from "./other-tools.mjs";
import { directionsMarkdown, figuresMarkdown, lossFigures, matchingFigures } from "./tables.mjs";

const USAGE =
  "Usage: npm run accuracy [-- RUNS | --tenth] [--from NUMBER] [--out FOLDER | --folder FOLDER] [--directions | --json]";
const BEGIN = "<!-- written by npm run accuracy -->";
const END = "<!-- end -->";

const root = new URL("../../../", import.meta.url);
const { LBQOS_DIST } = process.env;
const dist = LBQOS_DIST ? pathToFileURL(`${LBQOS_DIST}/`) : new URL("dist/", root);
const request = readArguments();
if (!existsSync(new URL("index.js", dist)))
  refuse(`There is no build in ${dist.pathname}: npm run build makes it.`);
const folder = request.folder ?? request.out ?? fileURLToPath(new URL("node_modules/.cache/accuracy", root));
if (request.folder === null) await recordRuns(request.from, request.runs);
else if (!existsSync(folder)) refuse(`There is no folder ${folder}.`);
await report();

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        tenth: { type: "boolean" },
        from: { type: "string", default: "1" },
        out: { type: "string" },
        folder: { type: "string" },
        directions: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const [runs = `${values.tenth ? TENTH : WHOLE}`, ...more] = positionals;
    if (more.length > 0 || ![runs, values.from].every((number) => /^[1-9]\d{0,3}$/.test(number)))
      refuse(USAGE);
    return {
      ...values,
      runs: Number(runs),
      from: Number(values.from),
      folder: values.folder ?? null,
      out: values.out ?? null,
    };
  } catch (error) {
    return refuse(`${error.message}\n${USAGE}`);
  }
}

/** Records the runs that are missing, as many labs at once as there are processors. */
async function recordRuns(first, count) {
  mkdirSync(folder, { recursive: true });
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const lane = async (lab) => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const options = optionsOfRun(number);
      const problem = await labRun([
        "-o",
        folderOf(number),
        "--name",
        `acc${process.pid}-${lab}`,
        ...options,
      ]);
      process.stderr.write(problem === "" ? "." : `\nrun ${number} (${options.join(" ")}): ${problem}`);
      if (problem !== "") process.exitCode = 1;
    }
  };
  await inLanes(lane);
  process.stderr.write("\n");
}

/** Does the same work as often at once as there are processors. */
function inLanes(lane) {
  return Promise.all(Array.from({ length: availableParallelism() }, (_, index) => lane(index)));
}

function folderOf(number) {
  return join(folder, String(number).padStart(4, "0"));
}

/** @returns what lbqos has to say against it; "" where the run is there */
function labRun(options) {
  const main = fileURLToPath(new URL("main.js", dist));
  const usual = ["--runs", "1", "--generator", "python", "--taps", "--no-report", "--quiet"];
  const child = spawn(process.execPath, [main, "lab", "run", ...usual, ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (piece) => {
    words += piece;
  });
  return new Promise((resolve) =>
    child.on("close", (status) => resolve(status === 0 ? "" : words || `status ${status}`)),
  );
}

async function report() {
  const { analyze } = await import(new URL("index.js", dist).href);
  const wanted = new Set(Array.from({ length: request.runs }, (_, index) => folderOf(request.from + index)));
  const runs = runsIn(folder).filter(
    ({ capture }) => request.folder !== null || [...wanted].some((one) => capture.startsWith(`${one}/`)),
  );
  if (runs.length === 0) refuse(`There are no runs with a truth.json in ${folder}.`);
  const measured = new Array(runs.length);
  const waiting = [...runs.keys()];
  await inLanes(async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const { directions, matching } = await measureRun(runs[index], analyze);
      const tcptrace = request.directions ? await tcptraceCounts(runs[index].capture) : null;
      const counted = directions.map((one) => ({
        ...one,
        tcptrace: tcptrace && (tcptrace.get(one.direction) ?? 0),
      }));
      measured[index] = { directions: counted, matching };
    }
  });
  const directions = measured.flatMap((one) => one.directions);
  const matching = measured.map((one) => one.matching).filter(({ requests }) => requests > 0);
  const [losses, matched] = [lossFigures(directions), matchingFigures(matching)];
  if (request.json) console.log(JSON.stringify({ losses, matching: matched, directions }, null, 1));
  else if (request.directions) console.log(directionsMarkdown(directions));
  else console.log(figuresMarkdown(losses, matched, runs.length, request.from));
  if (request.folder === null && runs.length >= WHOLE)
    writeDocs(figuresMarkdown(losses, matched, runs.length, request.from));
}

function writeDocs(markdown) {
  const path = new URL("docs/accuracy.md", root);
  const text = readFileSync(path, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) refuse(`docs/accuracy.md lacks "${BEGIN}" or "${END}".`);
  writeFileSync(path, `${text.slice(0, begin + BEGIN.length)}\n\n${markdown}\n\n${text.slice(end)}`);
}
