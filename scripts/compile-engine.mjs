/**
 * The engine's two WebAssembly programs, compiled by AssemblyScript when a bundler or vitest asks for them: the import
 * `engine/tracking.wasm` gives the bytes of what `src/engine/tracking.ts` makes, likewise `counting`.
 */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import binaryen from "assemblyscript/binaryen";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const IMPORT = /\/engine\/(tracking|counting)\.wasm$/;
const OUTPUT = "program.wasm";
const MODULE = "\0engine-program:";
/**
 * - `minimal`: memory is collected when the host says so, between batches; nothing is counted while the program runs.
 * - `uncheckedBehavior`: no array index is checked. The tests run the same sources as TypeScript, where every one is.
 */
const OPTIONS = [
  ...["-O3", "--converge", "--noAssert", "--uncheckedBehavior", "always"],
  ...["--runtime", "minimal", "--exportRuntime"],
];
/** Programs whose memory other threads read: their host makes it, of at most so many pages. */
const SHARING = new Map([
  ["tracking", ["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"]],
]);
/** Sizes up to which functions are put in where they are called, in Binaryen's units: those with one caller, and others. */
const MAX_INLINED_ONCE = 5000;
const MAX_INLINED = 70;

/**
 * Compiles a program.
 * @param {string} name its file in src/engine, without the ending
 * @throws Error with AssemblyScript's words where it refuses the sources
 */
export async function compileProgram(name) {
  let program = new Uint8Array(0);
  const { error, stderr } = await asc.main(
    [`src/engine/${name}.ts`, "--outFile", OUTPUT, ...OPTIONS, ...(SHARING.get(name) ?? [])],
    {
      readFile: async (path) => {
        const source = await readFile(join(ROOT, path), "utf8").catch(() => null);
        if (source === null) return null;
        // AssemblyScript tells neither imports of types apart nor literals.
        return source
          .replaceAll(/^import type /gm, "import ")
          .replaceAll(/([{,] ?)type (?=[A-Z])/g, "$1")
          .replaceAll(/ as const;$/gm, ";");
      },
      writeFile: (path, contents) => {
        if (path === OUTPUT) program = contents;
      },
    },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return withFewerCalls(program);
}

/** Puts functions in where they are called, more than AssemblyScript does: V8 does not, and a call costs more than most of them. */
function withFewerCalls(program) {
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

/** Programs by name: several entries share one. */
const programs = new Map();

/**
 * For rolldown and vitest alike.
 * @param {{ asFiles?: boolean }} options whether programs are files beside the chunks, or texts in the modules
 */
export function enginePrograms({ asFiles = false } = {}) {
  return {
    name: "engine-programs",
    resolveId: (id) => (IMPORT.test(id) ? MODULE + basename(id, ".wasm") : null),
    async load(id) {
      if (!id.startsWith(MODULE)) return null;
      const name = id.slice(MODULE.length);
      if (!programs.has(name)) programs.set(name, compileProgram(name));
      const program = await programs.get(name);
      if (!asFiles) {
        const base64 = Buffer.from(program).toString("base64");
        return `export default Buffer.from("${base64}", "base64");`;
      }
      this.emitFile({ type: "asset", fileName: `${name}.wasm`, source: program });
      return [
        'import { readFileSync } from "node:fs";',
        `export default readFileSync(new URL("./${name}.wasm", import.meta.url));`,
      ].join("\n");
    },
  };
}
