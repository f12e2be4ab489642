/**
 * A document as one HTML page that needs nothing else: no network, no other file. A content security policy allows the
 * page's own style and script by their hashes and nothing more, so that no text of a capture could ever run.
 */
import { createHash } from "node:crypto";
import { wordsOf } from "../../words/words.ts";
import type { Document } from "../document.ts";
import { contentsHtml, openingHtml, sectionHtml } from "./document-parts.ts";
import { escapeHtml } from "./escape-html.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

export function renderHtml(document: Document): string {
  const words = wordsOf(document.language).report.html;
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
    contentsHtml(document),
    "</header>",
    "<main>",
    ...openingHtml(document),
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
