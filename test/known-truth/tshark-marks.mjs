/** tshark's side of the comparison: one run per file, with default settings but for the resolution of names. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { COLUMNS, noMarks } from "./columns.mjs";

const FIELDS = Object.entries(COLUMNS).filter(([, field]) => field !== null);

/**
 * Marks of one capture, as tshark shows it.
 * @param {string} path the capture
 * @param {string[]} preferences as on tshark's command line: `["-o", "tcp.reassemble_out_of_order:TRUE"]`
 * @returns {Promise<Map<string, number[]>>}
 * @throws Error with tshark's own words where it refuses the file; a file that it reads in part counts as far as it got
 */
export async function tsharkMarks(path, preferences = []) {
  const marks = noMarks();
  const streams = new Set();
  for (const line of (await tsharkRows(path, preferences)).split("\n")) {
    if (line === "") continue;
    const [number, protocols, ...values] = line.split("\t");
    const frame = Number(number);
    marks.get("frames").push(frame);
    // HTTP over UDP (SSDP) has the same fields; lbqos reads HTTP over TCP.
    if (!protocols.split(":").includes("tcp")) continue;
    marks.get("tcp").push(frame);
    for (const [index, [column]] of FIELDS.entries()) {
      const value = values[index];
      if (value === "") continue;
      for (let times = timesMarked(column, value.split(","), streams); times > 0; times--)
        marks.get(column).push(frame);
    }
  }
  return marks;
}

/** A frame begins as many streams and ends as many messages as it does, but repeats data once. */
function timesMarked(column, values, streams) {
  if (column.startsWith("http_")) return values.length;
  if (column !== "streams") return 1;
  const before = streams.size;
  for (const stream of values) streams.add(stream);
  return streams.size - before;
}

/** A line per frame: its number, its protocols, the fields of all columns. */
async function tsharkRows(path, preferences) {
  const options = ["-n", ...preferences, "-r", path];
  const fields = ["frame.number", "frame.protocols", ...FIELDS.map(([, field]) => field)];
  const show = ["-T", "fields", "-E", "occurrence=a", ...fields.flatMap((field) => ["-e", field])];
  try {
    const { stdout } = await promisify(execFile)("tshark", [...options, ...show], {
      maxBuffer: 2 ** 31 - 1,
    });
    return stdout;
  } catch (error) {
    if (error.stdout) return error.stdout;
    const words = error.stderr?.split("\n").find((line) => line.startsWith("tshark: "));
    throw words === undefined ? error : new Error(words);
  }
}
