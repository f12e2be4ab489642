// npm run compare:tshark -- FOLDER|FILE...
// Compares lbqos with the installed tshark on any captures: frames, TCP frames and streams, the eight counts of TCP
// analysis, HTTP requests and responses over TCP. Prints every difference with its first frames, then totals.
// Exit status: 0 all equal, or different for a known reason; 1 something differs without; 2 wrong usage.
import { existsSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { COLUMNS } from "./columns.mjs";
import { differencesOf, knownReasons } from "./compare-marks.mjs";
import { lbqosMarks } from "./lbqos-marks.mjs";
import { tsharkMarks } from "./tshark-marks.mjs";

const CAPTURE_NAME = /\.(pcap|pcapng|cap|dmp|ntar|trace)(\.gz|\.zst)?$/;
/** By default tshark gives up a message of which a segment came late; with this preference it puts segments in order. */
const IN_ORDER = ["-o", "tcp.reassemble_out_of_order:TRUE"];

const { LBQOS_DIST } = process.env;
const dist = LBQOS_DIST ? pathToFileURL(`${LBQOS_DIST}/`) : new URL("../../dist/", import.meta.url);
const paths = process.argv.slice(2).flatMap(capturesIn);
if (paths.length === 0) refuse("Usage: npm run compare:tshark -- FOLDER|FILE...");
if (!existsSync(new URL("main.js", dist)))
  refuse(`There is no build in ${dist.pathname}: npm run build makes it.`);

const totals = new Map(Object.keys(COLUMNS).map((column) => [column, { lbqos: 0, tshark: 0, files: 0 }]));
const outcomes = { equal: 0, explained: 0, different: 0, refused: 0 };
// tshark is the slow one: as many of it as there are cores, and the files still in their order.
const waiting = [];
for (const path of paths) {
  waiting.push({ path, marks: bothMarks(path) });
  if (waiting.length === availableParallelism()) await compare(waiting.shift());
}
for (const one of waiting) await compare(one);
printTotals();
if (outcomes.different > 0) process.exitCode = 1;

function refuse(message) {
  console.error(message);
  process.exit(2);
}

/** The captures that a command line argument names: itself, or the captures below a folder. */
function capturesIn(argument) {
  if (!existsSync(argument)) refuse(`There is no file or folder ${argument}.`);
  if (!statSync(argument).isDirectory()) return [argument];
  const names = readdirSync(argument, { recursive: true }).filter((name) => CAPTURE_NAME.test(name));
  return names.sort().map((name) => join(argument, name));
}

/** Each tool's marks, or its words where it refuses the file. */
function bothMarks(path) {
  const ours = lbqosMarks(dist, path).catch((error) => {
    // Anything but a refusal is a bug, of which the stack has to be seen.
    if (error.name !== "Failure") throw error;
    return error.message;
  });
  return Promise.all([ours, tsharkMarks(path).catch((error) => error.message)]);
}

async function compare({ path, marks }) {
  const [ours, theirs] = await marks;
  const refusals = [ours, theirs].filter((one) => typeof one === "string");
  if (refusals.length === 2) {
    outcomes.refused++;
    return;
  }
  if (refusals.length === 1) {
    outcomes.different++;
    console.log(
      `${path}\n  only ${typeof ours === "string" ? "lbqos" : "tshark"} refuses it: ${refusals[0]}`,
    );
    return;
  }
  const differences = differencesOf(ours, theirs);
  for (const [column, total] of totals) {
    total.lbqos += ours.get(column).length;
    total.tshark += theirs.get(column).length;
    if (differences.some((difference) => difference.column === column)) total.files++;
  }
  if (differences.length === 0) {
    outcomes.equal++;
    return;
  }
  const reasons = await reasonsFor(path, ours, differences);
  outcomes[reasons === null ? "different" : "explained"]++;
  console.log(`${path}\n${differences.map(({ text }) => `  ${text}`).join("\n")}`);
  for (const reason of reasons ?? []) console.log(`  known: ${reason}`);
}

/** The reasons for all of a file's differences; `null` where one has none. */
async function reasonsFor(path, ours, differences) {
  const known = knownReasons(path, differences);
  if (known !== null || !differences.some(({ column }) => column.startsWith("http_"))) return known;
  const left = differencesOf(ours, await tsharkMarks(path, IN_ORDER));
  const rest = knownReasons(path, left);
  return rest === null ? null : [`tshark agrees with ${IN_ORDER.join(" ")}`, ...rest];
}

function printTotals() {
  console.log("\n| column | lbqos | tshark | files that differ |\n| --- | ---: | ---: | ---: |");
  for (const [column, { lbqos, tshark, files }] of totals)
    console.log(`| ${column} | ${lbqos} | ${tshark} | ${files} |`);
  const { equal, explained, different, refused } = outcomes;
  const compared = equal + explained + different;
  const percent = compared === 0 ? 0 : (100 * equal) / compared;
  console.log(
    `\n${compared} captures compared: ${equal} equal (${percent.toFixed(1)} %), ` +
      `${explained} different for a known reason, ${different} different without; ${refused} refused by both.`,
  );
}
