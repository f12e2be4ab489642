/** Every relative link of the project's Markdown leads somewhere: to a file that git keeps, and to a heading of it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { anchorsOf, linksOf } from "./markdown-links.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SKIPPED = /^(node_modules|dist|\.git)\/|(^|\/)expected\//;
const pages = readdirSync(ROOT, { encoding: "utf8" })
  .filter((name) => !SKIPPED.test(`${name}/`))
  .flatMap((name) =>
    name.endsWith(".md")
      ? [name]
      : /\.|^LICENSE$|^Dockerfile$/.test(name) && name !== ".github"
        ? []
        : markdownOf(name),
  );

function markdownOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.endsWith(".md") && !SKIPPED.test(path));
}

/** The links of `markdown` that lead nowhere, seen from `page`. */
function brokenLinks(page: string, markdown: string): string[] {
  return linksOf(markdown)
    .filter(({ path, anchor }) => {
      const file = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
      if (!existsSync(file)) return true;
      return anchor !== "" && !anchorsOf(readFileSync(file, "utf8")).includes(anchor);
    })
    .map(({ path, anchor }) => (anchor === "" ? path : `${path}#${anchor}`));
}

test.each([
  ["[a](docs/metrics.md)", []],
  ["[a](docs/metrics.md#the-papers-metrics)", []],
  ["[a](docs/nothing.md) and [b](docs/metrics.md#nothing)", ["docs/nothing.md", "docs/metrics.md#nothing"]],
  ["[a](https://example.org) `[b](c)`", []],
  ["![a](reports/nothing.png)", ["reports/nothing.png"]],
])("%s", (markdown, broken) => {
  expect(brokenLinks("README.md", markdown)).toEqual(broken);
});

describe("the links of", () => {
  test("pages that are found", () => expect(pages).toContain("docs/metrics.md"));

  test.each(pages)("%s lead somewhere", (page) => {
    expect(brokenLinks(page, readFileSync(join(ROOT, page), "utf8"))).toEqual([]);
  });
});
