/**
 * Part of the page's script: charts over time, one line per pair, drawn as SVG. Pairs differ by colour and by the shape at
 * the end of their line; values are read by pointing, by touch or with the arrow keys.
 */
export const SCRIPT_CHART = `
const COLOURS = 8;
const HEIGHT = 170;
const MARGIN = { left: 48, right: 14, top: 10, bottom: 22 };
/** Seconds across a chart: whole minutes, as many as the past has, ten at most. */
const MOST_SECONDS = 600;
/** Seconds between the labels of the time axis. */
const TIME_STEPS = [15, 30, 60, 120, 180, 300];
/** Without a point for so many seconds a line is broken. */
const GAP_SECONDS = 5;
const MOST_POINTS = 600;

/** @type {HistoryPoint[]} */
let points = [];
/** Pairs that the charts leave out. @type {Set<string>} */
const hidden = new Set();
/** The place of a pair among those seen, which gives its colour and shape. @type {Map<string, number>} */
const places = new Map();
/** @type {Map<string, string>} */
const names = new Map();
/** The point that is read, counted from the oldest; -1: none. */
let cursor = -1;

/** @param {string} tag @param {Record<string, string | number>} attributes */
function svgElement(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** @param {string} id */
function placeOf(id) {
  let place = places.get(id);
  if (place === undefined) {
    place = places.size;
    places.set(id, place);
    if (place >= COLOURS) hidden.add(id);
  }
  return place;
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

/** What one pair's line looks like, for its card. @param {string} id */
function swatch(id) {
  const place = placeOf(id);
  const svg = svgElement("svg", { class: "swatch c" + (place % COLOURS), viewBox: "0 0 22 12", "aria-hidden": "true" });
  svg.append(
    svgElement("path", { class: "line", d: "M0 6H22" }),
    svgElement("path", { class: "shape", d: shapePath(place, 11, 6) }),
  );
  return svg;
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

/** @param {HistoryPoint[]} all @param {string} id @param {number} chart @returns {(number | null)[]} */
function seriesOf(all, id, chart) {
  return all.map((point) => point.pairs[id]?.[chart] ?? null);
}

/**
 * A line through what was measured, broken where nothing was.
 * @param {number[]} seconds @param {(number | null)[]} values
 * @param {(second: number) => number} x @param {(value: number) => number} y
 */
function linePath(seconds, values, x, y) {
  let path = "";
  let before = Number.NEGATIVE_INFINITY;
  values.forEach((value, index) => {
    const second = seconds[index] ?? 0;
    if (value === null) return;
    const place = x(second).toFixed(1) + " " + y(value).toFixed(1);
    const joined = second - before <= GAP_SECONDS && values[index - 1] !== null;
    // A line of no length, so that a value between two gaps shows as a dot.
    path += joined ? "L" + place : "M" + place + "h0";
    before = second;
  });
  return path;
}

/** Pairs in the charts, in the order of their cards. */
function drawnPairs() {
  return [...names.keys()].filter((id) => !hidden.has(id));
}

/** Where the moments lie on a chart. @param {number} width */
function timeScale(width) {
  const last = points.at(-1)?.atSeconds ?? 0;
  const first = points[0]?.atSeconds ?? 0;
  const span = Math.min(MOST_SECONDS, Math.max(60, Math.ceil((last - first) / 60) * 60));
  const right = width - MARGIN.right;
  return { last, span, x: (/** @type {number} */ second) => right - ((last - second) / span) * (right - MARGIN.left) };
}

/** @param {Element} figure */
function drawChart(figure) {
  const svg = within(figure, "svg", SVGSVGElement);
  const chart = Number(figure.getAttribute("data-chart"));
  const width = Math.max(200, svg.clientWidth);
  svg.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
  const ids = drawnPairs();
  const { last, span, x } = timeScale(width);
  const from = points.findIndex((point) => point.atSeconds >= last - span);
  const shown = from < 0 ? [] : points.slice(from);
  const seconds = shown.map((point) => point.atSeconds);
  const lines = ids.map((id) => ({ id, values: seriesOf(shown, id, chart) }));
  const largest = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const ticks = ticksUpTo(largest);
  const top = ticks.at(-1) ?? 1;
  const bottom = HEIGHT - MARGIN.bottom;
  const y = (/** @type {number} */ value) => bottom - (value / top) * (bottom - MARGIN.top);
  /** @type {Element[]} */
  const parts = [];
  for (const tick of ticks) {
    const text = svgElement("text", { x: MARGIN.left - 6, y: y(tick) + 4, class: "end" });
    text.textContent = numberText(tick, decimalsOf(ticks[1] ?? 1));
    parts.push(svgElement("path", { class: "grid", d: "M" + MARGIN.left + " " + y(tick) + "H" + (width - MARGIN.right) }), text);
  }
  const step = TIME_STEPS.find((one) => span / one <= (width < 340 ? 3 : 5)) ?? 300;
  for (let back = 0; back <= span; back += step) {
    const at = x(last - back);
    const text = svgElement("text", { x: back === 0 ? width - 2 : at, y: HEIGHT - 6, class: back === 0 ? "end" : "middle" });
    text.textContent = back === 0 ? words.now : MINUS + clockText(back);
    if (at > MARGIN.left - 10) parts.push(text);
  }
  for (const { id, values } of lines) {
    const place = placeOf(id);
    const round = place >= COLOURS ? " again" : "";
    parts.push(svgElement("path", { class: "line c" + (place % COLOURS) + round, d: linePath(seconds, values, x, y) }));
    const value = values.at(-1) ?? null;
    if (value !== null)
      parts.push(svgElement("path", { class: "shape c" + (place % COLOURS), d: shapePath(place, x(last), y(value)) }));
  }
  const read = cursor < 0 ? undefined : points[cursor];
  if (read !== undefined) {
    const at = x(read.atSeconds);
    if (at >= MARGIN.left - 1) {
      parts.push(svgElement("path", { class: "cursor", d: "M" + at.toFixed(1) + " " + MARGIN.top + "V" + bottom }));
      for (const id of ids) {
        const value = read.pairs[id]?.[chart] ?? null;
        if (value === null) continue;
        const place = placeOf(id);
        parts.push(svgElement("path", { class: "shape c" + (place % COLOURS), d: shapePath(place, at, y(value)) }));
      }
    }
  }
  svg.replaceChildren(...parts);
  svg.setAttribute("aria-label", chartLabel(figure, points.at(-1)));
}

/** What the chart shows at a moment, in words. @param {Element} figure @param {HistoryPoint | undefined} point */
function chartLabel(figure, point) {
  const chart = Number(figure.getAttribute("data-chart"));
  const title = within(figure, "figcaption", HTMLElement).textContent ?? "";
  if (point === undefined) return title + ": " + words.nothingYet;
  const values = drawnPairs().map((id) => (names.get(id) ?? "") + " " + valueText(point.pairs[id]?.[chart]));
  return title + ", " + clockText(point.atSeconds) + ": " + values.join(", ");
}

/** @param {number | null | undefined} value */
function valueText(value) {
  return value === null || value === undefined ? NOT_MEASURED : shortText(value);
}

const figures = [...document.querySelectorAll("figure[data-chart]")];

function drawCharts() {
  if (document.hidden) return;
  for (const figure of figures) drawChart(figure);
}

const tip = byId("tip");

/** Shows the values at the cursor beside a place of the window. @param {Element} figure @param {number} left @param {number} top */
function showTip(figure, left, top) {
  const point = points[cursor];
  tip.hidden = point === undefined;
  if (point === undefined) return;
  const chart = Number(figure.getAttribute("data-chart"));
  const head = make("p");
  const back = Math.round((points.at(-1)?.atSeconds ?? 0) - point.atSeconds);
  head.textContent = clockText(point.atSeconds) + " (" + (back === 0 ? words.now : MINUS + clockText(back)) + ")";
  const rows = drawnPairs().map((id) => {
    const row = make("p");
    const name = make("span");
    name.textContent = names.get(id) ?? "";
    const value = make("b");
    value.textContent = valueText(point.pairs[id]?.[chart]);
    row.append(swatch(id), name, value);
    return row;
  });
  tip.replaceChildren(head, ...rows);
  const x = left + 16 + tip.offsetWidth > innerWidth ? left - tip.offsetWidth - 16 : left + 16;
  tip.style.left = Math.max(4, x) + "px";
  tip.style.top = Math.max(4, Math.min(top + 12, innerHeight - tip.offsetHeight - 4)) + "px";
}

function hideTip() {
  if (cursor === -1) return;
  cursor = -1;
  tip.hidden = true;
  drawCharts();
}

for (const figure of figures) {
  const svg = within(figure, "svg", SVGSVGElement);
  const pointAt = (/** @type {PointerEvent} */ event) => {
    const { x } = timeScale(Math.max(200, svg.clientWidth));
    const left = event.clientX - svg.getBoundingClientRect().left;
    let nearest = -1;
    let distance = Number.POSITIVE_INFINITY;
    points.forEach((point, index) => {
      const away = Math.abs(x(point.atSeconds) - left);
      if (away < distance) [nearest, distance] = [index, away];
    });
    cursor = nearest;
    drawCharts();
    showTip(figure, event.clientX, event.clientY);
  };
  svg.addEventListener("pointermove", pointAt);
  svg.addEventListener("pointerdown", pointAt);
  svg.addEventListener("pointerleave", hideTip);
  svg.addEventListener("blur", hideTip);
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step === 0 || points.length === 0) return;
    event.preventDefault();
    const from = cursor === -1 ? points.length - 1 - step : cursor;
    cursor = Math.min(points.length - 1, Math.max(0, from + step));
    drawCharts();
    const box = svg.getBoundingClientRect();
    showTip(figure, box.left + timeScale(svg.clientWidth).x(points[cursor]?.atSeconds ?? 0), box.top + 20);
    say(byId("announcements"), chartLabel(figure, points[cursor]));
  });
}

addEventListener("resize", drawCharts);
document.addEventListener("visibilitychange", drawCharts);

/** Takes the next moment, as the server's own history does. @param {HistoryPoint} point */
function addPoint(point) {
  let forgotten = 0;
  while (points.length > 0 && Math.floor(points.at(-1)?.atSeconds ?? 0) >= Math.floor(point.atSeconds)) {
    points.pop();
    forgotten++;
  }
  points.push(point);
  if (points.length > MOST_POINTS) {
    points.shift();
    if (cursor > 0) cursor--;
  }
  if (forgotten > 1) cursor = -1;
}
`;
