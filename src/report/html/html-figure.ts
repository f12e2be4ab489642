/** A chart as an HTML figure: caption, legend, panels, and its data. */

import type { NumberStyle } from "../../words/number-style.ts";
import type { Words } from "../../words/words.ts";
import { chartCsv } from "../charts/chart-csv.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import { styleOf } from "../charts/series-style.ts";
import type { Figure } from "../document.ts";
import { barPanelSvg } from "./bar-panel.ts";
import { boxPanelSvg } from "./box-panel.ts";
import { escapeHtml } from "./escape-html.ts";
import { linePanelSvg } from "./line-panel.ts";

export function htmlFigure(
  { chart, files }: Figure,
  style: NumberStyle,
  words: Words["report"]["html"],
): string {
  const note = chart.note === null ? "" : ` <span class="note">${escapeHtml(chart.note)}</span>`;
  const links = files.map((file) => {
    const format = file.slice(file.lastIndexOf(".") + 1).toUpperCase();
    return `<a href="${escapeHtml(encodeURI(file))}">${escapeHtml(format)}</a>`;
  });
  const linked = links.length === 0 ? "" : ` <span class="files">${links.join(" ")}</span>`;
  return [
    `<figure id="chart-${escapeHtml(chart.id)}">`,
    `<figcaption><strong>${escapeHtml(chart.title)}</strong>${note}${linked}</figcaption>`,
    legend(chart),
    `<div class="panels">`,
    ...panels(chart, style),
    "</div>",
    `<details><summary>${escapeHtml(words.data)}</summary><pre tabindex="0">${escapeHtml(chartCsv(chart).replaceAll("\r\n", "\n")).replaceAll("\\x0a", "\n")}</pre></details>`,
    "</figure>",
  ].join("\n");
}

function panels(chart: ChartSpec, style: NumberStyle): readonly string[] {
  switch (chart.kind) {
    case "bars":
      return chart.panels.map((panel) => barPanelSvg(chart, panel, style));
    case "boxes":
      return [boxPanelSvg(chart, style)];
    case "lines":
      return chart.panels.map((panel) => linePanelSvg(chart, panel, style));
  }
}

/** One name needs no legend, the caption has it. */
function legend({ kind, series }: ChartSpec): string {
  if (series.names.length < 2) return "";
  const items = series.names.map((name, index) => {
    const { fill, line } = styleOf(series, index);
    return `<li data-series="${index}"><svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" fill="${kind === "lines" ? line : fill}"/>${kind === "boxes" ? `<circle cx="6" cy="6" r="3" fill="${line}"/>` : ""}</svg>${escapeHtml(name)}</li>`;
  });
  return `<ul class="legend" aria-label="${escapeHtml(series.title)}">${items.join("")}</ul>`;
}
