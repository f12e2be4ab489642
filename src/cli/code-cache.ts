/**
 * The command's files come compiled: beside each that analysing a capture needs, the build leaves what V8 made of it
 * (`FILE.cache`), so that a start neither parses nor compiles them again. Node 22 does this by itself
 * (`module.enableCompileCache`), Node 20 does not.
 */
import { existsSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/**
 * From here on, files of this one's folder that have a cache are loaded with it. V8 refuses one that another version of it
 * made, or that is of another length than its file or itself says, and compiles the file as ever.
 */
export function useCodeCache(): void {
  const folder = dirname(fileURLToPath(import.meta.url));
  const { extensions } = createRequire(import.meta.url);
  const load = extensions[".js"];
  extensions[".js"] = (module, path) => {
    const cache = `${path}.cache`;
    if (dirname(path) !== folder || !existsSync(cache)) return load(module, path);
    const script = new Script(Module.wrap(readFileSync(path, "utf8")), {
      filename: path,
      cachedData: readFileSync(cache),
    });
    const require = (name: string) => module.require(name);
    script.runInThisContext()(module.exports, require, module, path, folder);
  };
}
