/**
 * Part of the page's script: charts over time, one line per pair, drawn as SVG. Pairs differ by colour and by the shape at
 * the end of their line; values are read by pointing, by touch or with the arrow keys.
 */
export const SCRIPT_CHART = `
const COLOURS = 8;
const HEIGHT = 170;
const MARGIN = { left: 48, right: 14, top: 10, bottom: 22 };
/** Seconds between the labels of the time axis. */
const TIME_STEPS = [15, 30, 60, 120, 180, 300];

/** @type {HistoryPoint[]} */
let points = [];
/** Pairs that the charts leave out. @type {Set<string>} */
const hidden = new Set();
/** Pairs that were shown. @type {Set<string>} */
const seen = new Set();
/** @type {Map<string, string>} */
const names = new Map();
/** The moment that is read. @type {number | null} */
let readSeconds = null;

/** @param {string} tag @param {Record<string, string | number>} attributes */
function svgElement(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** Notes a pair; those beyond the colours are left out of the charts until they are wanted. @param {string} id */
function seePair(id) {
  if (seen.has(id)) return;
  seen.add(id);
  if (seen.size > COLOURS) hidden.add(id);
}

/** A pair's place, which gives its colour and shape: the number in its id, which every load of the page sees. @param {string} id */
function placeOf(id) {
  return Number(id.slice(1));
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

/** @param {HistoryPoint[]} all @param {string} id @param {number} chart @returns {(number | null)[]} */
function seriesOf(all, id, chart) {
  return all.map((point) => point.pairs[id]?.[chart] ?? null);
}

/** Pairs in the charts, in the order of their cards. */
function drawnPairs() {
  return [...names.keys()].filter((id) => !hidden.has(id));
}

/** Where the moments lie on a chart. @param {number} width */
function timeScale(width) {
  const last = points.at(-1)?.atSeconds ?? 0;
  const span = spanOf(last - (points[0]?.atSeconds ?? 0));
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
  const read = readPoint();
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

/** @returns {HistoryPoint | undefined} */
function readPoint() {
  return points.find(({ atSeconds }) => atSeconds === readSeconds);
}

const figures = [...document.querySelectorAll("figure[data-chart]")];

function drawCharts() {
  if (document.hidden) return;
  for (const figure of figures) drawChart(figure);
}

const tip = byId("tip");

/** Shows the values at the cursor beside a place of the window. @param {Element} figure @param {number} left @param {number} top */
function showTip(figure, left, top) {
  const point = readPoint();
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
  if (readSeconds === null) return;
  readSeconds = null;
  tip.hidden = true;
  drawCharts();
}

for (const figure of figures) {
  const svg = within(figure, "svg", SVGSVGElement);
  const pointAt = (/** @type {PointerEvent} */ event) => {
    const { x } = timeScale(Math.max(200, svg.clientWidth));
    const left = event.clientX - svg.getBoundingClientRect().left;
    let distance = Number.POSITIVE_INFINITY;
    for (const { atSeconds } of points) {
      const away = Math.abs(x(atSeconds) - left);
      if (away < distance) [readSeconds, distance] = [atSeconds, away];
    }
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
    const read = points.findIndex(({ atSeconds }) => atSeconds === readSeconds);
    const next = read === -1 ? points.length - 1 : Math.min(points.length - 1, Math.max(0, read + step));
    const point = points[next];
    if (point === undefined) return;
    readSeconds = point.atSeconds;
    drawCharts();
    const box = svg.getBoundingClientRect();
    showTip(figure, box.left + timeScale(box.width).x(readSeconds), box.top + 20);
    say(byId("announcements"), chartLabel(figure, point));
  });
}

addEventListener("resize", drawCharts);
document.addEventListener("visibilitychange", drawCharts);
`;
