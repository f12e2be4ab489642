// Builds the page that analyzes captures in a browser: one file, lbqos.html, which needs nothing else. src/page/browser/README.md
// says what stands in it for Node's own parts.
//
//   npm run page        # dist/page/lbqos.html, and index.html, the same for a web server
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { enginePrograms } from "./compile-engine.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const source = join(root, "src/");
const browser = join(source, "page/browser/");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What a browser has in place of Node's parts. */
const INSTEAD = new Map([
  [join(source, "capture/open-bytes.ts"), join(browser, "open-bytes.ts")],
  [join(source, "capture/gzip.ts"), join(browser, "gzip.ts")],
  [join(source, "capture/zstd.ts"), join(browser, "zstd.ts")],
  [join(source, "analysis/sha1.ts"), join(browser, "sha1.ts")],
  [join(source, "tls/node-crypto.ts"), join(browser, "noble-crypto.ts")],
  [join(source, "analysis/threads/prepared-thread.ts"), join(browser, "no-thread.ts")],
  [join(source, "version.ts"), join(browser, "version.ts")],
  ["node:crypto", join(browser, "hashes.ts")],
  ...["en", "id"].flatMap((language) =>
    ["lab", "lab-steps", "scale"].map((name) => [
      join(source, `words/${language}/messages/${name}.ts`),
      join(browser, "no-words.ts"),
    ]),
  ),
]);

/** Packages in the page, whose licences come along. */
const PACKAGES = [
  "preact",
  "@tanstack/virtual-core",
  "buffer",
  "base64-js",
  "ieee754",
  "pako",
  "fzstd",
].concat(
  ["@noble/ciphers", "@noble/hashes", "simple-statistics", "yaml", "zod", "fastest-levenshtein"],
  ["get-east-asian-width"],
);

const partsOfNode = {
  name: "parts-of-node",
  async resolveId(id, importer, options) {
    const found = id.startsWith("node:")
      ? { id }
      : await this.resolve(id, importer, { ...options, skipSelf: true });
    const instead = INSTEAD.get(found?.id ?? id);
    if (instead !== undefined && importer !== instead) return instead;
    if (id.startsWith("node:")) throw new Error(`${importer} imports ${id}, which no browser has`);
    return found;
  },
};

/** One bundle as text. */
async function bundled(input, settings, output) {
  const bundle = await rolldown({ input, logLevel: "warn", checks: { pluginTimings: false }, ...settings });
  const { output: chunks } = await bundle.generate({ codeSplitting: false, ...output });
  await bundle.close();
  return chunks[0].code;
}

async function program() {
  return bundled(
    join(source, "page/main.tsx"),
    {
      platform: "browser",
      plugins: [enginePrograms({ packed: true }), partsOfNode],
      transform: {
        define: { ASC_TARGET: "0", LBQOS_VERSION: JSON.stringify(version) },
        inject: { Buffer: [join(browser, "buffer-global.ts"), "Buffer"] },
        jsx: { runtime: "automatic", importSource: "preact" },
      },
      optimization: { inlineConst: { mode: "all", pass: 3 } },
    },
    { format: "iife", minify: true, comments: { legal: false } },
  );
}

async function shell() {
  const code = await bundled(
    join(source, "page/shell.ts"),
    { platform: "node", external: (id) => id.startsWith("node:") },
    { format: "esm" },
  );
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

function licences() {
  const said = PACKAGES.map((name) => {
    const { version: found, license } = JSON.parse(
      readFileSync(join(root, "node_modules", name, "package.json"), "utf8"),
    );
    return `${name} ${found}, ${license}`;
  });
  return [`lbqos ${version}, MIT. In it, under their own licences:`, ...said].join("\n");
}

const [script, { renderShell }] = await Promise.all([program(), shell()]);
const page = renderShell(script, licences());
const folder = resolve(root, process.env.DIST ?? "dist", "page");
mkdirSync(folder, { recursive: true });
for (const name of ["lbqos.html", "index.html"]) writeFileSync(join(folder, name), page);
if (process.argv.includes("--sizes")) {
  console.log(`${page.length} bytes, ${gzipSync(page, { level: 9 }).length} with gzip`);
}
