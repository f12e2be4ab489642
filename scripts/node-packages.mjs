// Installs the npm packages that package-lock.json names (`npm ci`), unless node_modules holds just these already.
// Plain JavaScript without imports from outside Node: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);

/** The packages of a lock file by their place in node_modules, or null where there is no such file. */
function lockedPackages(path) {
  try {
    const { packages } = JSON.parse(readFileSync(new URL(path, root), "utf8"));
    return new Map(Object.entries(packages).filter(([place]) => place !== ""));
  } catch {
    return null;
  }
}

/** Why node_modules is not what the lock file asks for, or null when it is. */
function staleness(wanted, installed) {
  if (installed === null) return "there are none yet";
  for (const [place, { version, integrity, optional }] of wanted) {
    const found = installed.get(place);
    // Optional packages are absent where they are made for another system or did not compile.
    if (found === undefined && !optional) return `${place} is missing`;
    if (found !== undefined && (found.version !== version || found.integrity !== integrity)) {
      return `${place} is not version ${version}`;
    }
  }
  for (const place of installed.keys()) {
    if (!wanted.has(place)) return `${place} is no longer needed`;
  }
  return null;
}

function run(program, args, env = process.env) {
  const { status, error } = spawnSync(program, args, { cwd: fileURLToPath(root), stdio: "inherit", env });
  if (error) throw error;
  return status ?? 1;
}

/** Installs just what the lock file names; ends the set-up where npm can't. */
function install(count, reason) {
  // Packages that compile want Node's headers: those that came with this Node, else they would be downloaded.
  const nodePrefix = join(dirname(process.execPath), "..");
  const hasHeaders = existsSync(join(nodePrefix, "include/node/node_version.h"));
  console.log(`Installing ${count} npm packages with npm ci (${reason}) ...`);
  const env = hasHeaders ? { ...process.env, npm_config_nodedir: nodePrefix } : process.env;
  const status = run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], env);
  if (status !== 0) process.exit(status);
}

/** Whether charts can be drawn: npm leaves `canvas` out, without a word, where it could not be compiled. */
function canDraw() {
  const script = 'require("canvas"); require("chartjs-node-canvas")';
  return spawnSync(process.execPath, ["--eval", script], { cwd: fileURLToPath(root) }).status === 0;
}

/** Whether the headers that `canvas` is compiled with are there. */
function hasDrawingHeaders() {
  const list = readFileSync(new URL("scripts/drawing-packages.txt", root), "utf8");
  const paths = list.split("\n").flatMap((line) => /^\/\S+/.exec(line) ?? []);
  return paths.every((path) => existsSync(path));
}

const wanted = lockedPackages("package-lock.json");
if (wanted === null) throw new Error("package-lock.json is missing or damaged: restore it from git");
const reason = staleness(wanted, lockedPackages("node_modules/.package-lock.json"));
const hadHeaders = hasDrawingHeaders();
if (reason !== null) install(wanted.size, reason);
if (!canDraw()) {
  run("bash", ["scripts/system-packages.sh", "drawing-packages.txt"]);
  const hasNews = reason === null || !hadHeaders;
  if (hasDrawingHeaders() && hasNews) install(wanted.size, "again, to compile canvas, which draws charts");
  if (!canDraw())
    console.log("canvas could not be compiled: no charts will be drawn, and their tests are skipped.");
}
