/** The rules that keep the rooms of src, each with its name and its reason. */
import type { SourceFacts } from "./source-facts.ts";

export interface Breach {
  /** `path:line`, or the path where the whole file is meant. */
  readonly place: string;
  readonly what: string;
}

export interface Rule {
  readonly name: string;
  readonly reason: string;
  breaches(source: SourceFacts, sources: ReadonlyMap<string, SourceFacts>): Breach[];
}

/** The pipeline, first room to last. A room is a folder of src, or a file directly in it; rooms of one stage are strangers. */
export const STAGES: readonly (readonly string[])[] = [
  ["words", "units.ts", "version.ts", "engine"],
  ["failure.ts"],
  ["capture", "threads"],
  ["packet"],
  ["tls"],
  ["metrics"],
  ["diagnosis", "select"],
  ["analysis"],
  ["path"],
  ["experiment"],
  ["study"],
  ["live"],
  ["report"],
  ["monitor", "page"],
  ["lab"],
  ["index.ts"],
  ["cli"],
];

/** The files of src that are in no room: the library's front page, and what every room may use. */
const ROOT_FILES: readonly string[] = ["index.ts", "failure.ts", "units.ts", "version.ts"];

/** Rooms that compute and do nothing else. */
const PURE_ROOMS: readonly string[] = [
  "words",
  "failure.ts",
  "units.ts",
  "engine",
  "packet",
  "tls",
  "metrics",
  "diagnosis",
  "select",
  "analysis",
  "path",
  "experiment",
];

/** What is not pure in them: the files that open captures, the threads, and the one that imports Node's cryptography. */
const IMPURE: readonly string[] = [
  "analysis/analyze.ts",
  "analysis/measure-selections.ts",
  "analysis/open-unless-aborted.ts",
  "analysis/threads/",
  "path/match-captures.ts",
  "path/measure-path.ts",
  "path/measure-taps.ts",
  "path/times-at-taps.ts",
  "tls/node-crypto.ts",
];

/** The engine's two programs, and the files that know their memory: nobody else imports them. */
const PROGRAMS: ReadonlyMap<string, readonly string[]> = new Map([
  ["engine/tracking", ["analysis/compiled-tracking.ts", "analysis/tracked-batch.ts"]],
  ["engine/counting", ["analysis/compiled-counting.ts"]],
]);

/** What a bundler makes of a source file, and that file: who imports the one runs the other. */
const COMPILED: ReadonlyMap<string, string> = new Map(
  [...PROGRAMS.keys()].map((program) => [`${program}.wasm`, `${program}.ts`]),
);

/** Packages that only compute, so that a pure room may use them. */
const PURE_PACKAGES: readonly string[] = ["fastest-levenshtein", "simple-statistics", "yaml", "zod"];

/** Where a pure file may take Node's hashes, which only compute: a browser has none that answer at once. */
const HASHING: readonly string[] = ["analysis/sha1.ts"];

/** What reaches the outside world, or changes from run to run, without an import. */
const AMBIENT_EFFECTS = new Set([
  ...["console", "process", "performance", "fetch", "WebSocket", "navigator", "globalThis", "eval"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
  ...["Date.now", "new Date()", "Date()", "Math.random", "crypto"],
]);

const PRINTING = new Set([
  "console",
  ...["stdout", "stderr", "exit", "exitCode", "abort"].map((x) => `process.${x}`),
]);

const WRITING =
  /(^|\.)(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|copyFile|copyFileSync|rename|renameSync)$/;

/**
 * The files outside cli and lab that write: results that lbqos keeps for itself, and the recording of a run, which is
 * written while it is analyzed.
 */
const WRITERS: readonly string[] = [
  "study/cache/cache-folder.ts",
  "live/recording-file.ts",
  "live/recording-lock.ts",
];

/** Most lines of a source file. */
const MAX_LINES = 400;

/** Names that say nothing of what is inside, so that everything ends up there. */
const DRAWER = /^(utils?|helpers?|commons?|types?|misc|shared|stuff|lib)(\.ts)?$/i;

/** AssemblyScript's own types and its constant for the target: TypeScript that is compiled twice. */
const DIALECT = new Set([
  "i8",
  "i16",
  "i32",
  "i64",
  "u8",
  "u16",
  "u32",
  "u64",
  "f32",
  "f64",
  "usize",
  "ASC_TARGET",
]);

export function roomOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function isPure(path: string): boolean {
  return PURE_ROOMS.includes(roomOf(path)) && !IMPURE.some((place) => path.startsWith(place));
}

function stageOf(room: string): number {
  return STAGES.findIndex((stage) => stage.includes(room));
}

function isPackage(specifier: string): boolean {
  return specifier !== "" && !specifier.startsWith(".") && !specifier.startsWith("node:");
}

export const ROOM_RULES: readonly Rule[] = [
  {
    name: "every-file-has-a-room",
    reason: "a new room, or a file beside the rooms, gets its place in the pipeline in STAGES first",
    breaches: ({ path }) =>
      stageOf(roomOf(path)) >= 0 ? [] : [{ place: path, what: `${roomOf(path)} is no room of STAGES` }],
  },
  {
    name: "the-root-is-empty",
    reason: "a file in no room can hold anything, so src's root keeps four that every room may use",
    breaches: ({ path }) =>
      path.includes("/") || ROOT_FILES.includes(path) ? [] : [{ place: path, what: "belongs in a room" }],
  },
  {
    name: "imports-point-backwards",
    reason: "data goes one way along the pipeline, so a room can be understood from the rooms before it",
    breaches: ({ path, imports }) =>
      imports.flatMap(({ target, line }) => {
        if (target === null || roomOf(target) === roomOf(path)) return [];
        if (stageOf(roomOf(target)) < stageOf(roomOf(path))) return [];
        return [{ place: `${path}:${line}`, what: `imports ${target}, which does not come before it` }];
      }),
  },
  {
    name: "files-run-in-no-circle",
    reason: "of two files that need each other neither can be understood first, types included",
    breaches: ({ path, imports }, sources) =>
      imports.flatMap(({ target, line }) =>
        target !== null && (target === path || filesBehind(target, sources).has(path))
          ? [{ place: `${path}:${line}`, what: `imports ${target}, which leads back to it` }]
          : [],
      ),
  },
  {
    name: "folders-of-a-room-run-in-no-circle",
    reason:
      "the folders inside a room are rooms too; files directly in it may stand above some and below others",
    breaches: ({ path, imports }, sources) =>
      imports.flatMap(({ target, line }) => {
        if (target === null || !isInner(path, target)) return [];
        return foldersBehind(folderOf(target), sources).has(folderOf(path))
          ? [{ place: `${path}:${line}`, what: `imports ${target}, whose folder leads back to its own` }]
          : [];
      }),
  },
  {
    name: "dialect-follows-from-the-folder",
    reason: "a path says which of the two languages a file is in: the engine's, or plain TypeScript",
    breaches: ({ path, imports, uses }) => {
      if (roomOf(path) === "engine") return [];
      const used = uses.filter(({ name }) => DIALECT.has(name));
      const imported = imports.filter(({ target }) => target?.startsWith("engine/dialect/"));
      return [
        ...used.map(({ name, line }) => ({
          place: `${path}:${line}`,
          what: `uses ${name} outside the engine`,
        })),
        ...imported.map(({ target, line }) => ({
          place: `${path}:${line}`,
          what: `imports ${target} outside the engine`,
        })),
      ];
    },
  },
  {
    name: "a-type-has-one-name",
    reason: "one name, one thing: a reader who knows a name knows it everywhere",
    breaches: ({ path, types }, sources) =>
      types.flatMap(({ name, line }) => {
        const other = [...sources.values()].find(
          (source) => source.path !== path && source.types.some((type) => type.name === name),
        );
        return other === undefined
          ? []
          : [{ place: `${path}:${line}`, what: `defines ${name}, as ${other.path} does` }];
      }),
  },
  {
    name: "programs-have-one-host",
    reason:
      "the engine is compiled to WebAssembly: it runs nothing from outside itself, and its host alone knows its memory",
    breaches: ({ path, imports }) =>
      imports.flatMap(({ specifier, target, line }) => {
        const place = `${path}:${line}`;
        if (roomOf(path) === "engine")
          return target !== null && roomOf(target) === "engine"
            ? []
            : [{ place, what: `imports ${target ?? specifier} in the engine` }];
        const hosts = PROGRAMS.get((target ?? "").replace(/\.(ts|wasm)$/, ""));
        return hosts !== undefined && !hosts.includes(path)
          ? [{ place, what: `imports ${target} and is not its host` }]
          : [];
      }),
  },
  {
    name: "imports-stay-in-src",
    reason: "the published package holds only what is built from src",
    breaches: ({ path, imports }, sources) =>
      imports.flatMap(({ specifier, target, line }) => {
        if (specifier !== "" && !specifier.startsWith(".")) return [];
        if (target !== null && sources.has(COMPILED.get(target) ?? target)) return [];
        const what =
          specifier === "" ? "imports a computed name" : `imports ${specifier}, no source file of src`;
        return [{ place: `${path}:${line}`, what }];
      }),
  },
  {
    name: "pure-rooms-import-no-effects",
    reason:
      "engine, packet, metrics, analysis and experiment know no file, network, clock, process or terminal",
    breaches: ({ path, imports }) =>
      imports.flatMap(({ specifier, typeOnly, line }) => {
        if (!isPure(path) || typeOnly) return [];
        const isHarmless = isPackage(specifier)
          ? PURE_PACKAGES.includes(specifier)
          : !specifier.startsWith("node:") || (HASHING.includes(path) && specifier === "node:module");
        return isHarmless ? [] : [{ place: `${path}:${line}`, what: `imports ${specifier} in a pure room` }];
      }),
  },
  {
    name: "pure-rooms-import-pure-files",
    reason: "what a pure room runs is pure all the way down, in other rooms too",
    breaches: (source, sources) => {
      if (!isPure(source.path)) return [];
      return source.imports.flatMap(({ target, typeOnly, line }) => {
        if (target === null || typeOnly || isPure(target)) return [];
        const effect = effectBehind(target, sources, new Set());
        return effect === null ? [] : [{ place: `${source.path}:${line}`, what: `runs ${effect}` }];
      });
    },
  },
  {
    name: "pure-rooms-use-no-ambient-effects",
    reason: "the same capture always gives the same output, and no clock, timer or global reaches into it",
    breaches: ({ path, uses }) =>
      uses.flatMap(({ name, line }) =>
        isPure(path) && AMBIENT_EFFECTS.has(name)
          ? [{ place: `${path}:${line}`, what: `uses ${name} in a pure room` }]
          : [],
      ),
  },
  {
    name: "only-cli-prints-and-exits",
    reason: "the library never surprises its caller with output or an end of the process",
    breaches: ({ path, imports, uses }) => {
      if (roomOf(path) === "cli") return [];
      const imported = imports
        .filter(({ specifier }) => specifier === "node:process" || specifier === "node:console")
        .flatMap(({ names, line }) => names.map((name) => ({ name: `process.${name}`, line })));
      return [...uses, ...imported].flatMap(({ name, line }) =>
        PRINTING.has(name) ? [{ place: `${path}:${line}`, what: `uses ${name} outside cli` }] : [],
      );
    },
  },
  {
    name: "only-cli-and-lab-write-files",
    reason:
      "cli writes the user's files, lab the configuration of its own hosts, live the recording, and nobody else any but the cache",
    breaches: ({ path, imports, uses }) => {
      if (roomOf(path) === "cli" || roomOf(path) === "lab" || WRITERS.includes(path)) return [];
      const imported = imports.flatMap(({ specifier, names, line }) =>
        specifier.startsWith("node:fs") ? names.map((name) => ({ name, line })) : [],
      );
      return [...uses.filter(({ name }) => name.includes(".")), ...imported].flatMap(({ name, line }) =>
        WRITING.test(name) ? [{ place: `${path}:${line}`, what: `uses ${name} outside cli and lab` }] : [],
      );
    },
  },
  {
    name: "files-are-small",
    reason: `a file of more than ${MAX_LINES} lines holds more than its name says`,
    breaches: ({ path, lines }) => (lines > MAX_LINES ? [{ place: path, what: `has ${lines} lines` }] : []),
  },
  {
    name: "no-drawers",
    reason: "a name such as utils says nothing of what is inside, so everything ends up there",
    breaches: ({ path }) =>
      path.split("/").some((part) => DRAWER.test(part)) ? [{ place: path, what: "is a drawer" }] : [],
  },
  {
    name: "exports-are-named",
    reason: "a public name is public because somebody wrote it down",
    breaches: ({ path, starExports }) =>
      starExports.map((line) => ({ place: `${path}:${line}`, what: "exports * of another file" })),
  },
];

/** The first import of a Node module or of a package not known as pure behind `path`, or null where all is pure. */
function effectBehind(
  path: string,
  sources: ReadonlyMap<string, SourceFacts>,
  seen: Set<string>,
): string | null {
  if (seen.has(path)) return null;
  seen.add(path);
  for (const { specifier, target, typeOnly } of sources.get(COMPILED.get(path) ?? path)?.imports ?? []) {
    if (typeOnly) continue;
    if (target === null) {
      if (!PURE_PACKAGES.includes(specifier)) return `${path}, which imports ${specifier}`;
      continue;
    }
    const effect = effectBehind(target, sources, seen);
    if (effect !== null) return effect;
  }
  return null;
}

/** What was found from these sources before: a rule asks for the same files again and again. */
const REACHED = new WeakMap<ReadonlyMap<string, SourceFacts>, Map<string, ReadonlySet<string>>>();

/** All files that a file imports, and what they import. */
function filesBehind(path: string, sources: ReadonlyMap<string, SourceFacts>): ReadonlySet<string> {
  return reachedFrom(path, sources, (from) =>
    (sources.get(from)?.imports ?? []).flatMap(({ target }) => (target === null ? [] : [target])),
  );
}

/** All folders of its room that a folder's files import from, and so on. */
function foldersBehind(folder: string, sources: ReadonlyMap<string, SourceFacts>): ReadonlySet<string> {
  return reachedFrom(folder, sources, (from) =>
    [...sources.values()].flatMap(({ path, imports }) =>
      folderOf(path) !== from
        ? []
        : imports.flatMap(({ target }) =>
            target !== null && isInner(path, target) ? [folderOf(target)] : [],
          ),
    ),
  );
}

function reachedFrom(
  start: string,
  sources: ReadonlyMap<string, SourceFacts>,
  next: (from: string) => readonly string[],
): ReadonlySet<string> {
  const known = REACHED.get(sources) ?? new Map<string, ReadonlySet<string>>();
  REACHED.set(sources, known);
  const before = known.get(start);
  if (before !== undefined) return before;
  const reached = new Set<string>();
  const waiting = [start];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const to of next(from)) {
      if (reached.has(to)) continue;
      reached.add(to);
      waiting.push(to);
    }
  }
  known.set(start, reached);
  return reached;
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

/** Whether an import goes from one folder inside a room to another one, neither within the other. */
function isInner(path: string, target: string): boolean {
  const [from, to] = [`${folderOf(path)}/`, `${folderOf(target)}/`];
  return roomOf(path) === roomOf(target) && !from.startsWith(to) && !to.startsWith(from);
}

/** All breaches of all rules, each as one line. */
export function breachesOf(rule: Rule, sources: readonly SourceFacts[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return sources.flatMap((source) =>
    rule.breaches(source, byPath).map(({ place, what }) => `${place} ${what}`),
  );
}
