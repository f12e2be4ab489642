/** The parts of a document as HTML, for a page of their own and for a page that holds more. */
import { wordsOf } from "../../words/words.ts";
import { factText } from "../cell-text.ts";
import type { Block, Document, Section, WarningGroup } from "../document.ts";
import { sentence } from "../sentence.ts";
import { escapeHtml } from "./escape-html.ts";
import { htmlFigure } from "./html-figure.ts";
import { htmlTable } from "./html-table.ts";

/** Links to the sections. */
export function contentsHtml({ language, sections }: Document): string {
  const headings = sections.map(
    ({ heading }, index) => `<li><a href="#section-${index + 1}">${escapeHtml(heading)}</a></li>`,
  );
  const { contents } = wordsOf(language).report.html;
  return `<nav aria-label="${escapeHtml(contents)}"><ul>${headings.join("")}</ul></nav>`;
}

/** What stands before the first section. */
export function openingHtml(document: Document): readonly string[] {
  return (document.opening ?? []).map((block) => blockHtml(document, block, true));
}

/** A section. @param index its place in the document, from 0 */
export function sectionHtml(document: Document, { heading, blocks }: Section, index: number): string {
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
