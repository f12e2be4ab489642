/** A figure of the report as a picture of its own: the same panels, with title and legend, on white. */
import { dotsOf, printWidthsCm } from "../../report/charts/print-size.ts";
import { escapeHtml } from "../../report/html/escape-html.ts";
import { PAGE_STYLE } from "../../report/html/page-style.ts";
import { PLOT } from "../../report/html/plot-frame.ts";
import { saveFile } from "./save-file.ts";

const PNG_DPI = 300;
const TITLE_HEIGHT = 22;
const LEGEND_LINE_HEIGHT = 18;
const LEGEND_GAP = 14;
const SWATCH = 12;
/** Of the legend's letters, on average. */
const LETTER_WIDTH = 6.6;

/** The report's rules for what is inside an SVG. */
const SVG_RULES = PAGE_STYLE.split("\n")
  .filter((line) => /^svg(\s|\.)/.test(line))
  .join("\n");

/** @param figure as the report shows it */
export function pictureSvg(figure: Element): string {
  const title = figure.querySelector("figcaption > strong")?.textContent ?? "";
  const legend = legendMarks([...figure.querySelectorAll(".legend > li")]);
  const panels = [...figure.querySelectorAll(".panels > svg")];
  const top = TITLE_HEIGHT + legend.height;
  const height = top + panels.length * PLOT.height;
  const placed = panels.map((panel, index) => {
    const copy = panel.cloneNode(true) as Element;
    copy.setAttribute("x", "0");
    copy.setAttribute("y", String(top + index * PLOT.height));
    copy.setAttribute("width", String(PLOT.width));
    copy.setAttribute("height", String(PLOT.height));
    return new XMLSerializer().serializeToString(copy);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PLOT.width}" height="${height}" viewBox="0 0 ${PLOT.width} ${height}">`,
    `<style>${SVG_RULES}\nsvg .hit { display: none; }</style>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${PLOT.width / 2}" y="15" text-anchor="middle" font-weight="600">${escapeHtml(title)}</text>`,
    legend.marks,
    ...placed,
    "</svg>",
    "",
  ].join("\n");
}

/** The picture as wide as a column of a paper, at 300 dpi. */
export async function picturePng(figure: Element): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([pictureSvg(figure)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const width = dotsOf(printWidthsCm["ieee-column"] ?? 0, PNG_DPI);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = Math.round((width * image.naturalHeight) / image.naturalWidth);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("the browser made no PNG");
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Swatches and names in as many lines as they need. */
function legendMarks(items: readonly Element[]): { readonly marks: string; readonly height: number } {
  let [x, line] = [PLOT.left, 0];
  const marks = items.map((item) => {
    const name = item.textContent ?? "";
    const width = SWATCH + 4 + name.length * LETTER_WIDTH + LEGEND_GAP;
    if (x > PLOT.left && x + width > PLOT.width) [x, line] = [PLOT.left, line + 1];
    const y = TITLE_HEIGHT + line * LEGEND_LINE_HEIGHT;
    const swatch = item.querySelector("svg")?.innerHTML ?? "";
    const mark = `<g transform="translate(${x} ${y})">${swatch}<text x="${SWATCH + 4}" y="10">${escapeHtml(name)}</text></g>`;
    x += width;
    return mark;
  });
  const height = items.length === 0 ? 0 : (line + 1) * LEGEND_LINE_HEIGHT;
  return { marks: marks.join("\n"), height };
}

/** Saves a figure under its chart's name. */
export async function savePicture(figure: Element, format: "png" | "svg"): Promise<void> {
  const name = `${figure.id.replace(/^chart-/, "")}.${format}`;
  saveFile(name, format === "svg" ? pictureSvg(figure) : await picturePng(figure));
}
