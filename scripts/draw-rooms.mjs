// Draws the rooms of src and what they import, from the imports themselves, into docs/rooms.svg: `npm run docs:picture`.
// Each room stands one floor above the highest room that it imports. An arrow is left out where others lead there.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const SVG = `${root}docs/rooms.svg`;
/** Every import and re-export, types too. */
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;
/** Files of src itself: each is a room but for those that everything may use. */
const EVERYWHERE = new Set(["failure.ts", "units.ts", "version.ts"]);
const [BOX_WIDTH, BOX_HEIGHT, GAP, FLOOR_HEIGHT, MARGIN] = [116, 36, 130, 84, 16];

/** What each room imports: all rooms, itself not. */
function readRooms() {
  const rooms = new Map();
  for (const path of readdirSync(`${root}src`, { recursive: true }).sort()) {
    if (!path.endsWith(".ts")) continue;
    const [room] = path.split("/");
    if (EVERYWHERE.has(room)) continue;
    const targets = rooms.get(room) ?? new Set();
    rooms.set(room, targets);
    for (const [, specifier] of readFileSync(`${root}src/${path}`, "utf8").matchAll(IMPORT)) {
      const target = new URL(specifier, `file:///src/${path}`).pathname.split("/")[2];
      if (target !== room && !EVERYWHERE.has(target)) targets.add(target);
    }
  }
  return rooms;
}

const rooms = readRooms();

function floorOf(room) {
  return 1 + Math.max(-1, ...[...rooms.get(room)].map(floorOf));
}

function reaches(from, to) {
  return [...rooms.get(from)].some((next) => next === to || reaches(next, to));
}

/** Arrows that say something new. */
function arrowsOf(room) {
  const targets = [...rooms.get(room)];
  return targets.filter((target) => !targets.some((other) => other !== target && reaches(other, target)));
}

const floors = [];
for (const room of [...rooms.keys()].sort()) {
  floors[floorOf(room)] ??= [];
  floors[floorOf(room)].push(room);
}

const width = Math.max(...floors.map(({ length }) => length)) * (BOX_WIDTH + GAP) + 2 * MARGIN + 240;
const height = floors.length * FLOOR_HEIGHT + 2 * MARGIN;
const places = new Map();
/** Rooms as near as possible to those that they import, so that few arrows cross. */
for (const [floor, names] of floors.entries()) {
  const wish = (room) => {
    const below = arrowsOf(room).map((target) => places.get(target).x);
    return below.length === 0 ? width / 2 : below.reduce((sum, x) => sum + x, 0) / below.length;
  };
  const ordered = names.toSorted((a, b) => wish(a) - wish(b));
  // A room that has a floor to itself stands aside, so that arrows over several floors can pass in the middle.
  const shift = names.length === 1 ? (floor % 2 === 0 ? 0.5 : -0.5) * (BOX_WIDTH + GAP) : 0;
  for (const [index, room] of ordered.entries()) {
    const x = width / 2 + shift + (index - (names.length - 1) / 2) * (BOX_WIDTH + GAP);
    places.set(room, { x, y: height - MARGIN - floor * FLOOR_HEIGHT - BOX_HEIGHT, floor });
  }
}

function arrow(from, to, index, count) {
  const [a, b] = [places.get(from), places.get(to)];
  const x1 = a.x + ((index + 1) / (count + 1) - 0.5) * BOX_WIDTH * 0.8;
  const [y1, y2] = [a.y + BOX_HEIGHT, b.y - 3];
  const x2 = b.x + Math.max(-0.4, Math.min(0.4, (x1 - b.x) / width)) * BOX_WIDTH;
  const span = a.floor - b.floor;
  // Over several floors an arrow passes the rooms between: outside of its column, or in the middle between two of them.
  const outside = Math.sign(b.x - width / 2) * (70 + 12 * span);
  const isAcross = Math.sign(a.x - width / 2) !== Math.sign(b.x - width / 2);
  const [bend1, bend2] =
    span === 1 ? [x1, x2] : isAcross ? [width / 2, width / 2] : [x1 + outside, x2 + outside];
  const middle = (y2 - y1) * (span === 1 ? 0.5 : 0.2);
  const point = (value) => value.toFixed(1);
  return `<path d="M${point(x1)},${y1} C${point(bend1)},${y1 + middle} ${point(bend2)},${y2 - middle} ${point(x2)},${y2}"/>`;
}

const arrows = [...places.keys()].flatMap((room) => {
  const targets = arrowsOf(room).toSorted((a, b) => places.get(a).x - places.get(b).x);
  return targets.map((target, index) => arrow(room, target, index, targets.length));
});
const boxes = [...places].map(
  ([room, { x, y }]) =>
    `<rect x="${x - BOX_WIDTH / 2}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="5"/>` +
    `<text x="${x}" y="${y + 23}">${room}</text>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>The rooms of src: an arrow points to what a room imports</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="#64748b"/></marker></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g fill="none" stroke="#64748b" stroke-width="1.3">
${arrows.map((line) => line.replace("/>", ' marker-end="url(#head)"/>')).join("\n")}
</g>
<g fill="#e0ecff" stroke="#1e3a8a" font-family="sans-serif" font-size="15" text-anchor="middle">
${boxes.join("\n").replaceAll("<text ", '<text fill="#0f172a" stroke="none" ')}
</g>
</svg>
`;

if (process.argv.includes("--check")) {
  if (readFileSync(SVG, "utf8") !== svg) {
    console.error("docs/rooms.svg is not what the imports say: run npm run docs:picture");
    process.exitCode = 1;
  }
} else writeFileSync(SVG, svg);
