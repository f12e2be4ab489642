/**
 * Leaves beside the command's files what V8 makes of them (see src/cli/code-cache.ts): of those that analysing loads, once a
 * small capture was analysed, so that it holds the functions that were needed. `node test/setup/code-cache.mjs`, after the bundler.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { CAPTURES } from "../bench/captures.mjs";

const command = fileURLToPath(new URL("../../dist/cli/", import.meta.url));
const require = createRequire(import.meta.url);
const scripts = new Map();
const load = require.extensions[".js"];
require.extensions[".js"] = (module, path) => {
  if (join(dirname(path), "/") !== command) return load(module, path);
  // Text and wrapper are as when it is loaded: V8 compares their length.
  const script = new Script(Module.wrap(readFileSync(path, "utf8")), { filename: path });
  scripts.set(path, script);
  script.runInThisContext()(module.exports, (name) => module.require(name), module, path, command);
};

const folder = mkdtempSync(join(tmpdir(), "lbqos-code-cache-"));
try {
  const { file } = await CAPTURES.small(folder);
  const { runArguments } = require(join(command, "start.js")).run_arguments_exports;
  for (const options of [[], ["--json", "--threads", "2"]]) {
    const status = await runArguments(["analyze", file, ...options]);
    if (status !== 0) throw new Error(`${file} can't be analysed: status ${status}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const [path, script] of scripts) writeFileSync(`${path}.cache`, script.createCachedData());
