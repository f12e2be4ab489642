/**
 * The package as others get it: what was built, texts, and this version's dependencies pinned. It is put together in a folder of
 * its own, without what only development needs, so that npm takes the pins for the whole truth there.
 *
 *   node scripts/package.mjs                   # npm run package: lbqos-VERSION.tgz, here
 *   node scripts/package.mjs --sbom            # npm run sbom: its bill of materials, by npm
 *   node scripts/package.mjs --stage FOLDER    # what is packed
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

const read = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));
const write = (folder, name, content) =>
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);

/** The lock file of those who use the package, and its package.json. */
function writePins(folder) {
  const { devDependencies: _dev, scripts: _scripts, ...manifest } = read("package.json");
  const { packages, ...lock } = read("package-lock.json");
  const kept = Object.entries(packages).filter(([, { dev }]) => dev !== true);
  write(folder, "package.json", manifest);
  write(folder, "npm-shrinkwrap.json", {
    ...lock,
    packages: Object.fromEntries(kept.map(([place, values]) => [place, ofUser(values)])),
  });
}

/** A package as who doesn't develop needs it: what development needs too (`devOptional`) is optional. */
function ofUser({ devDependencies: _dev, devOptional, ...values }) {
  return devOptional ? { ...values, optional: true } : values;
}

function stage(folder) {
  mkdirSync(folder, { recursive: true });
  writePins(folder);
  for (const name of ["dist", "README.md", "LICENSE", "CHANGELOG.md"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
}

function npm(cwd, ...args) {
  const { status } = spawnSync("npm", args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}

const [option, folder] = process.argv.slice(2);
if (option === "--stage") stage(folder);
else {
  const staged = mkdtempSync(join(tmpdir(), "lbqos-package-"));
  process.on("exit", () => rmSync(staged, { recursive: true, force: true }));
  if (option === "--sbom") {
    writePins(staged);
    npm(staged, "sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "application");
  } else {
    stage(staged);
    npm(root, "pack", staged);
  }
}
