/**
 * Bundles src/ to dist/ (or the folder that DIST names): few files, because looking up, reading and linking six hundred of
 * them takes longer than analyzing a small capture. What a command needs is loaded when it is its turn. Constants are put in
 * where they are used: a name imported from another module would be looked up at every use. tsc has checked the types before
 * and writes the declarations.
 */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { enginePrograms } from "./compile-engine.mjs";

/** `npm run build -- --debug`: with source maps, and programs that check every index. */
const isDebugBuild = process.env.DEBUG_BUILD === "1";

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** What tests and scripts look at one by one, as it is built: in dist/parts, which the package leaves out. */
const PARTS = [
  "analysis/count-records.ts",
  "analysis/track-frames.ts",
  "capture/open-capture.ts",
  "engine/streams/pair-exchanges.ts",
  "engine/tcp/address-table.ts",
  "engine/tcp/analysis-flags.ts",
  "engine/tcp/track-connections.ts",
  "packet/decode-frame.ts",
  "packet/skip-reason.ts",
];

/**
 * Worker threads, and the recorder that is a process: one file each, so that they share no chunks with the command, which
 * would fall apart into more files. They lie beside all other chunks: `./NAME-worker.js` is there wherever the code that
 * starts them ends up.
 */
const SEPARATE = readdirSync(source, { recursive: true }).filter((path) =>
  /-(worker|recorder)\.ts$/.test(path),
);
const dist = process.env.DIST ?? "dist";

/**
 * The engine as TypeScript, for debugging: in a file of its own. In the command's chunks it would lie among the few constants that
 * others take from it, and be read at each start.
 */
const PLAIN_ENGINE = "analysis/plain.ts";
const plainEngineApart = {
  name: "plain-engine-apart",
  resolveId: (id, importer) =>
    importer !== undefined && id.endsWith(PLAIN_ENGINE) ? { id: "./plain.js", external: true } : null,
};

/** One bundle of these files of src/ in a folder. */
function bundle(paths, dir, codeSplitting = true) {
  return {
    input: Object.fromEntries(paths.map((path) => [basename(path, ".ts"), source + path])),
    platform: "node",
    plugins: [plainEngineApart, enginePrograms({ asFiles: true, debug: isDebugBuild })],
    transform: { define: { ASC_TARGET: "0" } },
    // Packages, and what Node brings, stay imports.
    external: (id) => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("\0"),
    // A debugger shows constants by their names.
    optimization: isDebugBuild ? {} : { inlineConst: { mode: "all", pass: 3 } },
    preserveEntrySignatures: "allow-extension",
    logLevel: "warn",
    // Most of the time goes to compiling the programs: that is no fault.
    checks: { pluginTimings: false },
    output: {
      dir,
      format: "esm",
      chunkFileNames: "[name].js",
      codeSplitting,
      sourcemap: isDebugBuild,
      // Names stay, for the stack of a bug; spaces and comments would be read at each start.
      minify: isDebugBuild ? false : { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  };
}

export default [
  bundle(["cli/main.ts", "index.ts"], dist),
  ...[...SEPARATE, PLAIN_ENGINE].map((path) => bundle([path], dist, false)),
  bundle(PARTS, `${dist}/parts`),
];
