/** The frames that tshark shows for a filter, and the paper's metrics over them, from nothing but its columns. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ShownFrames {
  readonly numbers: readonly number[];
  readonly frames: number;
  readonly bytes: number;
  readonly durationMs: number | null;
  readonly delayMs: number | null;
  readonly jitterMs: number | null;
}

let free = availableParallelism();
const waiting: (() => void)[] = [];

/** @param filter empty: every frame */
export async function shownByTshark(
  path: string,
  filter: string,
  preferences: readonly string[] = [],
): Promise<ShownFrames> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free--;
  try {
    const args = [
      "-r",
      path,
      "-T",
      "fields",
      "-e",
      "frame.number",
      "-e",
      "frame.time_epoch",
      "-e",
      "frame.len",
    ];
    const asked = filter === "" ? args : [...args, "-Y", filter];
    const { stdout } = await run("tshark", [...asked, ...preferences], { maxBuffer: 2 ** 30 });
    return metricsOf(stdout);
  } finally {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  }
}

function metricsOf(lines: string): ShownFrames {
  const rows = lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
  const times = rows.map(([, time = ""]) => nanoseconds(time));
  const first = times[0] ?? 0n;
  const relative = times.map((time) => Number(time - first) / 1e6);
  // In whole nanoseconds, exactly: sums of times years apart lose digits.
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0n));
  const differences = gaps.slice(1).map((gap, index) => absolute(gap - (gaps[index] ?? 0n)));
  return {
    numbers: rows.map(([number]) => Number(number)),
    frames: rows.length,
    bytes: sum(rows.map(([, , length]) => Number(length))),
    durationMs: rows.length < 2 ? null : Math.max(...spread(relative)) - Math.min(...spread(relative)),
    delayMs: meanMs(gaps),
    jitterMs: meanMs(differences),
  };
}

function meanMs(timesNs: readonly bigint[]): number | null {
  if (timesNs.length === 0) return null;
  return Number(timesNs.reduce((total, ns) => total + ns, 0n)) / 1e6 / timesNs.length;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Least and greatest, without an argument for each value. */
function spread(values: readonly number[]): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** Epoch seconds with nine decimals, exactly; ten where a file has a second and more in its fraction. */
function nanoseconds(time: string): bigint {
  const [seconds = "0", fraction = ""] = time.split(".");
  const sign = seconds.startsWith("-") ? -1n : 1n;
  return BigInt(seconds) * 1_000_000_000n + sign * BigInt(fraction.padEnd(9, "0"));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * What tshark shows for each of many filters, in one reading: a listener of its own for each, in Lua, with the same display filter.
 * @param filters empty: every frame
 */
export async function shownInOneReading(
  path: string,
  filters: readonly string[],
): Promise<readonly ShownFrames[]> {
  const folder = await mkdtemp(join(tmpdir(), "lbqos-tshark-"));
  try {
    const script = join(folder, "listeners.lua");
    await writeFile(script, listeners(filters));
    const { stdout } = await run("tshark", ["-q", "-X", `lua_script:${script}`, "-r", path], {
      maxBuffer: 2 ** 30,
    });
    const lines: string[][] = filters.map(() => []);
    for (const line of stdout.split("\n")) {
      const [, filter, row] = /^(\d+)\t(\d+\t\S+\t\d+)$/.exec(line) ?? [];
      if (row !== undefined) lines[Number(filter)]?.push(row);
    }
    return lines.map((rows) => metricsOf(rows.join("\n")));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows like those of `shownByTshark`, each behind its filter's number. JSON's quotes are Lua's, too. */
function listeners(filters: readonly string[]): string {
  const each = filters.map((filter, index) => {
    const shown = filter === "" ? "" : `, ${JSON.stringify(filter)}`;
    return `listen(${index}, Listener.new("frame"${shown}))`;
  });
  return [
    'local epoch, length = Field.new("frame.time_epoch"), Field.new("frame.len")',
    "local function listen(number, listener)",
    "  function listener.packet(pinfo)",
    '    print(number .. "\\t" .. pinfo.number .. "\\t" .. tostring(epoch().value) .. "\\t" .. tostring(length().value))',
    "  end",
    "end",
    ...each,
    "",
  ].join("\n");
}

/** Frames and bytes. */
export type FrameCount = readonly [frames: number, bytes: number];

/** What tshark's statistics count for each filter, in one reading. A comma in a filter would end it there. */
export async function countedByTshark(
  path: string,
  filters: readonly string[],
): Promise<readonly FrameCount[]> {
  const { stdout } = await run("tshark", ["-q", "-r", path, "-z", ["io,stat,0", ...filters].join(",")]);
  const row = stdout.split("\n").find((line) => /\d <>/.test(line)) ?? "";
  const numbers = row
    .split("|")
    .slice(2)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "")
    .map(Number);
  return filters.map((_, index) => [numbers[2 * index] ?? -1, numbers[2 * index + 1] ?? -1]);
}
