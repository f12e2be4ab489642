/** Part of the page's script that knows no page: the history's points, and where things lie on a chart. */
export const SCRIPT_GEOMETRY = `
const MAX_POINTS = 600;
/** Seconds across a chart at most. */
const MAX_SECONDS = 600;

/** Takes the next moment, as the server's own history does. @param {HistoryPoint[]} points @param {HistoryPoint} point */
function addPoint(points, point) {
  while (points.length > 0 && Math.floor(points.at(-1)?.atSeconds ?? 0) >= Math.floor(point.atSeconds)) points.pop();
  points.push(point);
  if (points.length > MAX_POINTS) points.shift();
}

/** Whole minutes that hold the past, ten at most. @param {number} pastSeconds */
function spanOf(pastSeconds) {
  return Math.min(MAX_SECONDS, Math.max(60, Math.ceil(pastSeconds / 60) * 60));
}

/** Steps of 1, 2 or 5 times a power of ten, about three of them up to the largest value. @param {number} largest @returns {number[]} */
function ticksUpTo(largest) {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999) ?? power;
  const count = Math.ceil(largest / step - 0.001);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Decimals that tell ticks apart. @param {number} step */
function decimalsOf(step) {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/**
 * A line through what was measured, broken where nothing was.
 * @param {number[]} seconds @param {(number | null)[]} values
 * @param {(second: number) => number} x @param {(value: number) => number} y
 */
function linePath(seconds, values, x, y) {
  let path = "";
  values.forEach((value, index) => {
    if (value === null) return;
    const place = x(seconds[index] ?? 0).toFixed(1) + " " + y(value).toFixed(1);
    const joined = index > 0 && values[index - 1] !== null;
    // A line of no length, so that a value between two gaps shows as a dot.
    path += joined ? "L" + place : "M" + place + "h0";
  });
  return path;
}

/** The outline of a place's shape around a point. @param {number} place @param {number} x @param {number} y */
function shapePath(place, x, y) {
  const at = "M" + x.toFixed(1) + " " + y.toFixed(1);
  switch (place % 4) {
    case 0:
      return at + "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
    case 1:
      return at + "m-3.5 -3.5h7v7h-7z";
    case 2:
      return at + "m0 -4.5l4.5 8h-9z";
    default:
      return at + "m0 -5l5 5l-5 5l-5 -5z";
  }
}
`;
