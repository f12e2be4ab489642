// Installs the npm packages that package-lock.json names (`npm ci`), unless node_modules holds just these already.
// Plain JavaScript without imports from outside Node: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

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

const wanted = lockedPackages("package-lock.json");
if (wanted === null) throw new Error("package-lock.json is missing or damaged: restore it from git");
const reason = staleness(wanted, lockedPackages("node_modules/.package-lock.json"));
if (reason !== null) {
  // Packages that compile want Node's headers: those that came with this Node, else they would be downloaded.
  const nodePrefix = join(dirname(process.execPath), "..");
  const hasHeaders = existsSync(join(nodePrefix, "include/node/node_version.h"));
  console.log(`Installing ${wanted.size} npm packages with npm ci (${reason}) ...`);
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: fileURLToPath(root),
    stdio: "inherit",
    env: hasHeaders ? { ...process.env, npm_config_nodedir: nodePrefix } : process.env,
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
