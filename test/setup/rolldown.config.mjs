/**
 * Bundles src/ to dist/: few files, because looking up, reading and linking two hundred of them took as long as analysing
 * a small capture. What a command needs is loaded when it is its turn. Constants are put in where they are used: the hot
 * path reads its records at named offsets, and a name imported from another module would be looked up at every use
 * (tried: a fifth of the whole analysis). tsc has checked the types before and writes the declarations.
 */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { followerProgram } from "./follower-program.mjs";

const source = fileURLToPath(new URL("../../src/", import.meta.url));

/** What tests and scripts import from a build, beside the command and the library. */
const FOR_TESTS = [
  "analyze-files",
  "capture/open-capture",
  "cli/report-error",
  "follow-frames",
  "http/pair-exchanges",
  "packet/decode-frame",
  "packet/skip-reason",
  "tcp/address-table",
  "tcp/analysis-flags",
  "tcp/track-connections",
];

/**
 * Everything between a capture and its findings in one file, and between those and metrics in another: a thread that
 * follows frames needs only the former. Only some captures need decompressors or `capture/engines`.
 */
const FOLLOWING =
  /[\\/]src[\\/](?:(?:follow-frames)\.ts|(?:capture(?![\\/](?:engines|gunzip|gzip|unzstd))|packet(?![\\/](?:ip-address|skip-reason|segment|tcp-flags)))[\\/])|follower-program/;
const ANALYSIS = /[\\/]src[\\/](?:(?:analyze-findings|analyze-files)\.ts|(?:findings|tcp|http|metrics)[\\/])/;

/**
 * Worker threads, and the recorder that is a process, are files of their own. They lie beside the chunks, as in src/ beside
 * who starts them: `./NAME-worker`.
 */
const workers = readdirSync(source, { recursive: true }).filter((path) =>
  /-(worker|recorder)\.ts$/.test(path),
);

export default {
  input: {
    ...Object.fromEntries(["cli/main", "index", ...FOR_TESTS].map((name) => [name, `${source}${name}.ts`])),
    ...Object.fromEntries(workers.map((path) => [`chunks/${basename(path, ".ts")}`, source + path])),
  },
  platform: "node",
  plugins: [followerProgram()],
  transform: { define: { ASC_TARGET: "0" } },
  external: (id) => !id.startsWith(".") && !id.startsWith("/"),
  optimization: { inlineConst: { mode: "all", pass: 3 } },
  preserveEntrySignatures: "allow-extension",
  logLevel: "warn",
  // Most of the time goes to compiling the follower: that is no fault.
  checks: { pluginTimings: false },
  output: {
    dir: "dist",
    format: "esm",
    chunkFileNames: "chunks/[name].js",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: "following", test: FOLLOWING },
        { name: "analysis", test: ANALYSIS },
      ],
    },
  },
};
