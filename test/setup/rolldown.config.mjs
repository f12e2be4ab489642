/**
 * Bundles src/ to dist/ (or the folder that DIST names): few files, because looking up, reading and linking two hundred of them took as long as analysing
 * a small capture. What a command needs is loaded when it is its turn. Constants are put in where they are used: a name
 * imported from another module would be looked up at every use. tsc has checked the types before and writes the
 * declarations.
 *
 * The library is ES modules; the command, in dist/cli with all that it needs, is CommonJS, which Node.js 20 loads in a third of
 * the time (tried: 40 ms less until the analysis begins).
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { wasmPrograms } from "./wasm-programs.mjs";

const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** What tests and scripts import from a build, beside the command and the library. */
const FOR_TESTS = [
  "analyze-files",
  "capture/open-capture",
  "count-findings",
  "follow-frames",
  "http/pair-exchanges",
  "packet/decode-frame",
  "packet/skip-reason",
  "tcp/address-table",
  "tcp/analysis-flags",
  "tcp/track-connections",
];

/**
 * Files that are loaded together, as one chunk; what few captures or commands need is left out of them. Each file more costs
 * the command 0.4 ms, and a package that Node has to look for 2 ms: commander is put in.
 */
const START = {
  name: "start",
  test: /node_modules[\\/]commander[\\/]|no-child-process|[\\/]src[\\/](?:(?:failure|version)\.ts|analyze-threads[\\/]start-thread\.ts|report[\\/]printable-text\.ts|cli[\\/](?:report-error|run-arguments|parse-arguments|write-text|interrupted|system-reason)\.ts)/,
};
/** What analysing a capture asks and does, much of it of other commands too; a second thread does the counting. */
const ANALYSIS = {
  name: "analysis",
  test: /[\\/]src[\\/](?:(?:program|byte-order|integers|doubles|unfilled|units|follow-frames|followed-batch|shared-memory|analyze-files)\.ts|(?:capture(?![\\/](?:engines|gunzip|gzip|unzstd))|packet|findings)[\\/]|metrics[\\/]categor|analyze-threads[\\/](?!start-thread|count-worker)|experiment[\\/]bandwidth\.ts|cli[\\/](?:analyze[\\/]|(?!main|code-cache|run-document)[^\\/]+\.ts)|report[\\/](?:document|render-(?:json|csv)|escape-json|csv-record|exchange-lines|sentence)\.ts)|wasm-program:follower/,
};
const COUNTING = {
  name: "counting",
  test: /[\\/]src[\\/](?:(?:analyze|analyze-findings|count-findings)\.ts|(?:tcp|http|tally|metrics)[\\/])|wasm-program:counter/,
};
/** What is said of a run in tables and words. */
const REPORTING = {
  name: "reporting",
  test: /[\\/]src[\\/](?:cli[\\/]run-document\.ts|report[\\/](?:run[\\/]|terminal[\\/]|[^\\/]+\.ts))/,
};

/**
 * Worker threads, and the recorder that is a process, are files of their own. Like all chunks they lie beside the entry, so that
 * `./NAME-worker` is there wherever who starts them ends up.
 */
const workers = readdirSync(source, { recursive: true }).filter((path) =>
  /-(worker|recorder)\.ts$/.test(path),
);

const input = (names) => Object.fromEntries(names.map((name) => [name, `${source}${name}.ts`]));
const WORKERS = Object.fromEntries(workers.map((path) => [basename(path, ".ts"), source + path]));

/** Packages, and what Node brings. */
const isExternal = (id) => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("\0");

const COMMON = {
  platform: "node",
  plugins: [wasmPrograms({ asFiles: true })],
  transform: { define: { ASC_TARGET: "0" } },
  external: isExternal,
  optimization: { inlineConst: { mode: "all", pass: 3 } },
  preserveEntrySignatures: "allow-extension",
  logLevel: "warn",
  // Most of the time goes to compiling the programs: that is no fault.
  checks: { pluginTimings: false },
};
const output = (dir, format, codeSplitting) => ({ dir, format, chunkFileNames: "[name].js", codeSplitting });

/** Says of the folder that its files are CommonJS, in a package of ES modules. */
const commonJs = {
  name: "common-js",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "package.json", source: '{ "type": "commonjs" }\n' });
  },
};

/** What commander starts programs with, for commands that are files of their own: there are none, and to load it takes 1 ms. */
const isForOtherPrograms = (id, importer) =>
  id === "node:child_process" && /node_modules[\\/]commander[\\/]/.test(importer);
const NO_CHILD_PROCESS = "\0no-child-process";

/** Puts commander's licence beside the command that it is in, and nothing in the place of what it doesn't need. */
const commander = {
  name: "commander",
  resolveId: (id, importer) => (isForOtherPrograms(id, importer) ? NO_CHILD_PROCESS : null),
  load: (id) => (id === NO_CHILD_PROCESS ? "export {};" : null),
  generateBundle() {
    const source = readFileSync(new URL("../../node_modules/commander/LICENSE", import.meta.url));
    this.emitFile({ type: "asset", fileName: "commander-license.txt", source });
  },
};
const dist = process.env.DIST ?? "dist";

export default [
  {
    ...COMMON,
    input: { ...input(["index", ...FOR_TESTS]), ...WORKERS },
    output: output(dist, "esm", true),
  },
  {
    ...COMMON,
    input: { main: `${source}cli/main.ts` },
    plugins: [...COMMON.plugins, commonJs, commander],
    external: (id, importer) => id !== "commander" && isExternal(id) && !isForOtherPrograms(id, importer),
    output: output(`${dist}/cli`, "cjs", {
      includeDependenciesRecursively: false,
      groups: [START, ANALYSIS, COUNTING, REPORTING],
    }),
  },
  // What runs beside the command is one file each: it loads nothing that it doesn't need.
  ...Object.entries(WORKERS).map(([name, path]) => ({
    ...COMMON,
    input: { [name]: path },
    output: output(`${dist}/cli`, "cjs", false),
  })),
];
