/** The live page's document: everything that does not change while it is open. The script fills in the rest. */

import { escapeHtml } from "../../report/html/escape-html.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { chartNames } from "../history.ts";
import { pageTables, type TableName, tableNames } from "./columns.ts";
import { MONITOR_SCRIPT } from "./page-script.ts";
import { MONITOR_STYLE } from "./page-style.ts";

export function renderMonitorPage(language: Language): string {
  const labels = wordsOf(language).page;
  const { headings, links } = labels;
  return [
    "<!doctype html>",
    `<html lang="${language}">`,
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<title>lbqos</title>",
    '<link rel="icon" href="/icon.svg">',
    `<style>${MONITOR_STYLE}</style>`,
    "</head>",
    `<body data-words="${escapeHtml(JSON.stringify(labels.script))}">`,
    `<a class="skip" href="#backends">${escapeHtml(labels.skip)}</a>`,
    "<header>",
    `<div class="top"><h1 id="title">${escapeHtml(labels.script.liveCapture)}</h1>`,
    `<p id="connection" role="status" data-state="connecting">${escapeHtml(labels.script.connection.connecting)}</p></div>`,
    factsHtml(labels),
    '<p id="recording-failure" class="alert" role="alert" hidden></p>',
    `<nav aria-label="lbqos"><a href="/report">${escapeHtml(links.report)}</a> <a href="/metrics">${escapeHtml(links.metrics)}</a> <a href="/snapshot.json">${escapeHtml(links.json)}</a></nav>`,
    `<noscript><p class="alert">${escapeHtml(labels.noScript)}</p></noscript>`,
    "</header>",
    "<main>",
    `<section id="diagnosis" aria-labelledby="diagnosis-heading" hidden><h2 id="diagnosis-heading">${escapeHtml(headings.diagnosis)}</h2><p></p><ul></ul></section>`,
    `<section id="backends" aria-labelledby="backends-heading" tabindex="-1"><h2 id="backends-heading">${escapeHtml(headings.backends)}</h2>`,
    tilesHtml(labels),
    '<ul id="cards"></ul>',
    '<p id="more-pairs" class="note" hidden></p></section>',
    `<section id="path" aria-labelledby="path-heading" hidden><h2 id="path-heading">${escapeHtml(headings.path)}</h2><ul></ul></section>`,
    `<section aria-labelledby="charts-heading"><h2 id="charts-heading">${escapeHtml(headings.charts)}</h2>`,
    `<p class="note" id="charts-help">${escapeHtml(labels.chartsHelp)}</p>`,
    `<ul id="legend" aria-label="${escapeHtml(labels.legend)}"></ul>`,
    '<div id="charts">',
    ...chartNames.map(
      (name, index) =>
        `<figure data-chart="${index}"><figcaption>${escapeHtml(labels.charts[name])}</figcaption><svg role="img" tabindex="0" aria-label="${escapeHtml(labels.charts[name])}" aria-describedby="charts-help"></svg></figure>`,
    ),
    "</div></section>",
    `<section aria-labelledby="figures-heading"><h2 id="figures-heading">${escapeHtml(headings.figures)}</h2>`,
    ...tableNames.map((name) => tableHtml(name, labels)),
    "</section>",
    `<section id="warnings" aria-labelledby="warnings-heading" hidden><h2 id="warnings-heading">${escapeHtml(headings.warnings)}</h2><ul></ul></section>`,
    "</main>",
    '<div id="announcements" class="unseen" role="status" aria-live="polite"></div>',
    '<div id="tip" aria-hidden="true" hidden></div>',
    `<script>${MONITOR_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function factsHtml({ facts }: Words["page"]): string {
  const rows = Object.entries(facts).map(
    ([name, label]) => `<div><dt>${escapeHtml(label)}</dt><dd id="fact-${name}">–</dd></div>`,
  );
  return `<dl class="facts">${rows.join("")}</dl>`;
}

function tilesHtml({ tiles }: Words["page"]): string {
  const rows = Object.entries(tiles).map(
    ([name, label]) =>
      `<div class="tile" id="tile-${name}"><dt>${escapeHtml(label)}</dt><dd><span class="value">–</span> <span class="note"></span></dd></div>`,
  );
  return `<dl class="tiles">${rows.join("")}</dl>`;
}

/** Numbers of a column are written with its decimals, `data-digits`. */
function tableHtml(name: TableName, labels: Words["page"]): string {
  const title = escapeHtml(labels.tables[name]);
  const headers = pageTables[name].map(({ name: column, unit, digits }) => {
    const unitHtml = unit === null ? "" : ` <span class="unit">${escapeHtml(unit)}</span>`;
    return `<th scope="col" data-digits="${digits}">${escapeHtml(labels.columns[column])}${unitHtml}</th>`;
  });
  return [
    `<div class="table" role="region" aria-labelledby="table-${name}" tabindex="0">`,
    `<table data-table="${name}"><caption id="table-${name}">${title}<span class="note"></span></caption>`,
    `<thead><tr><th scope="col">${escapeHtml(labels.pair)}</th>${headers.join("")}</tr></thead><tbody></tbody></table></div>`,
  ].join("\n");
}
