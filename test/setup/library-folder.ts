import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A folder as a user's own, in which `import "lbqos"` gives the build that `main` belongs to, with the fixtures beside it.
 * @param main the build's `dist/main.js`
 * @returns the folder, to be removed
 */
export function libraryFolder(main: string): string {
  // Below node_modules, so that the library finds its packages.
  const folder = mkdtempSync(join(ROOT, "node_modules/.library-"));
  const installed = join(folder, "node_modules/lbqos");
  mkdirSync(installed, { recursive: true });
  symlinkSync(join(ROOT, "package.json"), join(installed, "package.json"));
  symlinkSync(dirname(main), join(installed, "dist"));
  symlinkSync(join(ROOT, "fixtures"), join(folder, "fixtures"));
  return folder;
}
