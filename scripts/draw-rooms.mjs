#!/usr/bin/env node
// Draws the rooms of src and who imports whom, from the real imports, into docs/architecture.md: `node scripts/draw-rooms.mjs`.
// With --check it writes nothing, and ends with 1 where the picture is not that of the sources.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));
const PAGE = fileURLToPath(new URL("../docs/architecture.md", import.meta.url));
const BEGIN = "<!-- rooms: drawn by scripts/draw-rooms.mjs -->\n";
const END = "<!-- /rooms -->\n";

/** Rooms that each room imports: folders of src; the files beside them are left out, since everybody may use them. */
function importsByRoom() {
  const rooms = new Map();
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".d.ts") || !name.includes("/")) continue;
    const path = new URL(name, "file:///");
    const [, room] = path.pathname.split("/");
    const imported = rooms.get(room) ?? new Set();
    rooms.set(room, imported);
    for (const [, target] of readFileSync(SOURCES + name, "utf8").matchAll(
      /(?:from|import\()\s*"(\.[^"]+)"/g,
    )) {
      const [, other, file] = new URL(target, path).pathname.split("/");
      if (file !== undefined && other !== room) imported.add(other);
    }
  }
  return rooms;
}

/** Whether `from` imports `to` by way of another room. */
function isIndirect(rooms, from, to) {
  const seen = new Set([from]);
  const waiting = [...rooms.get(from)].filter((room) => room !== to);
  for (let room = waiting.pop(); room !== undefined; room = waiting.pop()) {
    if (seen.has(room)) continue;
    seen.add(room);
    const next = rooms.get(room) ?? new Set();
    if (next.has(to)) return true;
    waiting.push(...next);
  }
  return false;
}

/** The picture in Mermaid's language. An arrow that follows from others is left out. */
function picture() {
  const rooms = importsByRoom();
  const arrows = [...rooms.keys()].sort().flatMap((room) =>
    [...rooms.get(room)]
      .sort()
      .filter((other) => !isIndirect(rooms, room, other))
      .map((other) => `  ${room} --> ${other}`),
  );
  return ["```mermaid", "flowchart TB", ...arrows, "```", ""].join("\n");
}

const page = readFileSync(PAGE, "utf8");
const begin = page.indexOf(BEGIN);
const end = page.indexOf(END);
if (begin < 0 || end < begin) throw new Error("docs/architecture.md has no place for the picture");
const drawn = page.slice(0, begin + BEGIN.length) + picture() + page.slice(end);
if (drawn === page) console.log("The picture is that of the sources.");
else if (process.argv.includes("--check")) {
  console.error("The picture of docs/architecture.md is old: node scripts/draw-rooms.mjs");
  process.exitCode = 1;
} else writeFileSync(PAGE, drawn);
