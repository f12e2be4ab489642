/** How two tools' marks of one capture differ, and for which known reason. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { COLUMNS } from "./columns.mjs";

/** So many frames of a difference are named. */
const FRAMES_NAMED = 5;
const known = JSON.parse(readFileSync(new URL("known-differences.json", import.meta.url), "utf8"));

/**
 * The columns that differ, each with both counts and one line that names the first frames.
 * @param {Map<string, number[]>} ours lbqos's marks
 * @param {Map<string, number[]>} theirs tshark's
 */
export function differencesOf(ours, theirs) {
  return Object.keys(COLUMNS).flatMap((column) => {
    const [mine, its] = [ours.get(column), theirs.get(column)];
    const named = [
      ["only lbqos", without(mine, its)],
      ["only tshark", without(its, mine)],
    ].flatMap(([who, frames]) => (frames.length === 0 ? [] : [`${who}: ${someOf(frames)}`]));
    if (named.length === 0) return [];
    const text = `${column} ${mine.length}, tshark ${its.length} (frames ${named.join("; ")})`;
    return [{ column, lbqos: mine.length, tshark: its.length, text }];
  });
}

/** The reasons that known-differences.json gives for the differences of a file; `null` where one has none. */
export function knownReasons(path, differences) {
  const ofFile = known.filter(({ file }) => file === basename(path));
  const reasons = differences.map(({ column, lbqos, tshark }) => {
    const entry = ofFile.find(
      ({ counts }) => counts[column]?.[0] === lbqos && counts[column]?.[1] === tshark,
    );
    return entry?.reason;
  });
  return reasons.includes(undefined) ? null : [...new Set(reasons)];
}

/** `marks` without as many of each frame as `others` has. */
function without(marks, others) {
  const left = new Map();
  for (const frame of others) left.set(frame, (left.get(frame) ?? 0) + 1);
  return marks.filter((frame) => {
    const count = left.get(frame) ?? 0;
    left.set(frame, count - 1);
    return count <= 0;
  });
}

function someOf(frames) {
  const more = frames.length > FRAMES_NAMED ? ` and ${frames.length - FRAMES_NAMED} more` : "";
  return frames.slice(0, FRAMES_NAMED).join(" ") + more;
}
