/**
 * A document as one HTML page that needs nothing else: no network, no other file. A content security policy allows the
 * page's own style and script by their hashes and nothing more, so that no text of a capture could ever run.
 */
import { createHash } from "node:crypto";
import { wordsOf } from "../../words/words.ts";
import { factText } from "../cell-text.ts";
import type { Block, Document, Section, WarningGroup } from "../document.ts";
import { sentence } from "../sentence.ts";
import { escapeHtml } from "./escape-html.ts";
import { htmlFigure } from "./html-figure.ts";
import { htmlTable } from "./html-table.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

export function renderHtml(document: Document): string {
  const words = wordsOf(document.language).report.html;
  const headings = document.sections.map(
    ({ heading }, index) => `<li><a href="#section-${index + 1}">${escapeHtml(heading)}</a></li>`,
  );
  return [
    "<!doctype html>",
    `<html lang="${document.language}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(PAGE_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(document.title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    "</head>",
    `<body data-sort-by="${escapeHtml(words.sortBy)}">`,
    "<header>",
    `<h1>${escapeHtml(document.title)}</h1>`,
    `<p class="summary">${escapeHtml(document.summary)}</p>`,
    `<nav aria-label="${escapeHtml(words.contents)}"><ul>${headings.join("")}</ul></nav>`,
    "</header>",
    "<main>",
    ...(document.opening ?? []).map((block) => blockHtml(document, block, true)),
    ...document.sections.map((section, index) => sectionHtml(document, section, index)),
    "</main>",
    `<footer><p>${escapeHtml(words.madeBy)}</p></footer>`,
    `<script>${PAGE_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function hashOf(content: string): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

function sectionHtml(document: Document, { heading, blocks }: Section, index: number): string {
  const id = `section-${index + 1}`;
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${escapeHtml(heading)}</h2>`,
    ...blocks.map((block) => blockHtml(document, block, index === 0)),
    "</section>",
  ].join("\n");
}

function blockHtml(document: Document, block: Block, isFirstSection: boolean): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "list": {
      const items = block.items.map((item) => `<li>${escapeHtml(item)}</li>`);
      return `<ul${isFirstSection ? ' class="findings"' : ""}>${items.join("\n")}</ul>`;
    }
    case "table":
      return htmlTable(document, block);
    case "facts": {
      const facts = block.facts.map(
        (fact) => `<dt>${escapeHtml(fact.label)}</dt><dd>${escapeHtml(factText(document, fact))}</dd>`,
      );
      return `<h3>${escapeHtml(block.title)}</h3>\n<dl class="facts">${facts.join("\n")}</dl>`;
    }
    case "figure":
      return htmlFigure(block, document.numberStyle, wordsOf(document.language).report.html);
    case "warnings":
      return block.groups.map(warningHtml).join("\n");
  }
}

function warningHtml({ code, messages, more, advice }: WarningGroup): string {
  const items = [...messages.map(sentence), ...(more === null ? [] : [more])];
  return [
    '<div class="warning" role="note">',
    `<span class="code">${escapeHtml(code)}</span>`,
    `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`,
    `<p>${escapeHtml(sentence(advice))}</p>`,
    "</div>",
  ].join("\n");
}
