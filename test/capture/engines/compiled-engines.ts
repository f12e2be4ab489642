/** The engines compiled to a folder of their own, as they are shipped: Node 20 runs no TypeScript. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCE = `${ROOT}src/`;
const MODULES = ["open-engine", "cap-recorder", "command", "list-interfaces"].map(
  (name) => `capture/engines/${name}`,
);

export interface CompiledEngines {
  readonly folder: string;
  remove(): void;
}

/** Compiles them; everybody may read the folder. */
export async function compileEngines(): Promise<CompiledEngines> {
  const folder = mkdtempSync(join(tmpdir(), "lbqos-engines-"));
  chmodSync(folder, 0o755);
  const build = await rolldown({
    input: Object.fromEntries([...MODULES, "failure"].map((path) => [path, `${SOURCE}${path}.ts`])),
    platform: "node",
    external: (id) => !id.startsWith(".") && !id.startsWith("/"),
    logLevel: "warn",
  });
  await build.write({ dir: folder, format: "esm", preserveModules: true, preserveModulesRoot: SOURCE });
  await build.close();
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
