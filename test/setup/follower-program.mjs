/**
 * The WebAssembly program of src/follower, compiled by AssemblyScript when a bundler or vitest asks for it:
 * `import program from "./program.wasm"` gives its bytes.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ENTRY = "src/follower/entry.ts";
const OUTPUT = "program.wasm";
const MODULE = "\0follower-program";
/**
 * - `minimal`: memory is collected when the host says so, between batches; nothing is counted while the program runs.
 * - `uncheckedBehavior`: no array index is checked. The tests run the same sources as TypeScript, where every one is.
 */
const OPTIONS = [
  ...["-O3", "--converge", "--noAssert", "--uncheckedBehavior", "always"],
  ...["--runtime", "minimal", "--exportRuntime"],
];

/**
 * Compiles the program.
 * @param {readonly string[]} more options of AssemblyScript
 * @throws Error with AssemblyScript's words where it refuses the sources
 */
export async function compileFollower(more = []) {
  let program = new Uint8Array(0);
  const { error, stderr } = await asc.main([ENTRY, "--outFile", OUTPUT, ...OPTIONS, ...more], {
    readFile: async (name) => {
      const source = await readFile(join(ROOT, name), "utf8").catch(() => null);
      // AssemblyScript doesn't tell imports of types apart.
      return (
        source?.replaceAll(/^import type /gm, "import ").replaceAll(/([{,] ?)type (?=[A-Z])/g, "$1") ?? null
      );
    },
    writeFile: (name, contents) => {
      if (name === OUTPUT) program = contents;
    },
  });
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  return program;
}

/** For rolldown and vitest alike. */
export function followerProgram() {
  return {
    name: "follower-program",
    resolveId: (id) => (id.endsWith(`/${OUTPUT}`) ? MODULE : null),
    async load(id) {
      if (id !== MODULE) return null;
      const base64 = Buffer.from(await compileFollower()).toString("base64");
      return `export default Buffer.from("${base64}", "base64");`;
    },
  };
}
