/**
 * The engine's two WebAssembly programs, compiled by AssemblyScript when a bundler or vitest asks for them: the import
 * `engine/tracking.wasm` gives the bytes of what `src/engine/tracking.ts` makes, likewise `counting`.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { parseSync } from "oxc-parser";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const IMPORT = /\/engine\/(tracking|counting)\.wasm$/;
const MODULE = "\0engine-program:";
/** `minimal`: memory is collected when the host says so, between batches; nothing is counted while the program runs. */
const RUNTIME = ["--runtime", "minimal", "--exportRuntime"];
/** `uncheckedBehavior`: no array index is checked. The tests run the same sources as TypeScript, and compare. */
const FAST = ["-O3", "--converge", "--noAssert", "--uncheckedBehavior", "always"];
/** Programs whose memory other threads read: their host makes it, of at most so many pages. */
const SHARING = new Map([
  ["tracking", ["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"]],
]);
/** Compiled programs by their sources: compiling takes ten seconds, and every run of the tests wants them. */
const CACHE = join(ROOT, "node_modules/.cache/lbqos-engine");
/** Sizes up to which functions are put in where they are called, in Binaryen's units: those with one caller, and others. */
const MAX_INLINED_ONCE = 5000;
const MAX_INLINED = 70;

/**
 * Compiles a program.
 * @param {string} name its file in src/engine, without the ending
 * @param {boolean} debug not optimized, every index and assertion checked, with a source map
 * @returns {Promise<{ program: Uint8Array, map: string | null }>}
 * @throws Error with AssemblyScript's words where it refuses the sources
 */
async function compileProgram(name, debug) {
  const { default: asc } = await import("assemblyscript/asc");
  const outFile = `${name}.wasm`;
  const files = new Map();
  const manner = debug ? ["--debug", "--sourceMap", `./${outFile}.map`] : FAST;
  const { error, stderr } = await asc.main(
    [`src/engine/${name}.ts`, "--outFile", outFile, ...manner, ...RUNTIME, ...(SHARING.get(name) ?? [])],
    {
      readFile: async (path) => {
        const source = await readFile(join(ROOT, path), "utf8").catch(() => null);
        return source === null ? null : withoutTypes(path, source);
      },
      writeFile: (path, contents) => files.set(path, contents),
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  const program = files.get(outFile);
  if (!debug) return { program: await withFewerCalls(program), map: null };
  return { program, map: fromDist(files.get(`${outFile}.map`)) };
}

/** AssemblyScript knows neither imports of types nor types of literals. Blanks take the words' place, so that every column stays. */
function withoutTypes(path, source) {
  let text = source.replaceAll(/ as const;$/gm, "         ;");
  const blank = (start) => {
    const at = text.indexOf("type ", start);
    text = `${text.slice(0, at)}    ${text.slice(at + "type".length)}`;
  };
  for (const node of parseSync(path, source).program.body) {
    if (node.type !== "ImportDeclaration") continue;
    if (node.importKind === "type") blank(node.start);
    for (const specifier of node.specifiers) if (specifier.importKind === "type") blank(specifier.start);
  }
  return text;
}

/** Sources of the map as seen from the folder that the program lies in. */
function fromDist(map) {
  const { sources, ...rest } = JSON.parse(map);
  return JSON.stringify({ ...rest, sourceRoot: "", sources: sources.map((source) => `../${source}`) });
}

/** Puts functions in where they are called, more than AssemblyScript does: V8 does not, and a call costs more than most of them. */
async function withFewerCalls(program) {
  const { default: binaryen } = await import("assemblyscript/binaryen");
  const { Features } = binaryen;
  const module = binaryen.readBinary(program);
  module.setFeatures(
    Features.MutableGlobals |
      Features.SignExt |
      Features.NontrappingFPToInt |
      Features.BulkMemory |
      Features.BulkMemoryOpt |
      Features.SIMD128 |
      Features.Atomics,
  );
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  binaryen.setOneCallerInlineMaxSize(MAX_INLINED_ONCE);
  binaryen.setFlexibleInlineMaxSize(MAX_INLINED);
  binaryen.setAllowInliningFunctionsWithLoops(true);
  module.optimize();
  module.optimize();
  const optimized = module.emitBinary();
  module.dispose();
  return optimized;
}

/** As `compileProgram`, for speed, unless the same sources were compiled before. */
async function cachedProgram(name) {
  const file = join(CACHE, `${name}-${sourceHash()}.wasm`);
  const cached = await readFile(file).catch(() => null);
  if (cached !== null) return { program: cached, map: null };
  const compiled = await compileProgram(name, false);
  await mkdir(CACHE, { recursive: true });
  // Renamed when it is whole: several runs may write it at a time.
  await writeFile(`${file}.${process.pid}`, compiled.program);
  await rename(`${file}.${process.pid}`, file);
  return compiled;
}

/** A hash of all that a program depends on: the engine's sources, this file, and the compiler's version. */
function sourceHash() {
  const folder = join(ROOT, "src/engine");
  const sources = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".ts"));
  const paths = [
    ...sources.sort().map((path) => join(folder, path)),
    fileURLToPath(import.meta.url),
    join(ROOT, "node_modules/assemblyscript/package.json"),
  ];
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path.slice(ROOT.length)}\n`).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

/** Programs by name: several entries share one. */
const programs = new Map();

/**
 * For rolldown and vitest alike.
 * @param {{ asFiles?: boolean, packed?: boolean, debug?: boolean }} options whether programs are files beside the chunks, or texts
 * in the modules; whether such texts are compressed, for a page; whether they are compiled for a debugger
 */
export function enginePrograms({ asFiles = false, packed = false, debug = false } = {}) {
  return {
    name: "engine-programs",
    resolveId: (id) => (IMPORT.test(id) ? MODULE + basename(id, ".wasm") : null),
    async load(id) {
      if (!id.startsWith(MODULE)) return null;
      const name = id.slice(MODULE.length);
      if (!programs.has(name)) programs.set(name, debug ? compileProgram(name, true) : cachedProgram(name));
      const { program, map } = await programs.get(name);
      if (packed) {
        const text = deflateSync(program, { level: 9 }).toString("base64");
        return [
          'import { inflate } from "pako";',
          `export default inflate(Uint8Array.from(atob("${text}"), (letter) => letter.charCodeAt(0)));`,
        ].join("\n");
      }
      if (!asFiles) {
        const base64 = Buffer.from(program).toString("base64");
        return `export default Buffer.from("${base64}", "base64");`;
      }
      this.emitFile({ type: "asset", fileName: `${name}.wasm`, source: program });
      if (map !== null) this.emitFile({ type: "asset", fileName: `${name}.wasm.map`, source: map });
      return [
        'import { readFileSync } from "node:fs";',
        `export default readFileSync(new URL("./${name}.wasm", import.meta.url));`,
      ].join("\n");
    },
  };
}
