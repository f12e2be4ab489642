import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** lbqos's version: of the nearest package.json above that has one, since sources and what is built lie at different depths. */
export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (!existsSync(path) && dirname(folder) !== folder) continue;
    const content: { version?: string } = JSON.parse(readFileSync(path, "utf8"));
    if (content.version !== undefined) return content.version;
  }
}
