/**
 * What a chart's SVG draws, as text to compare: every path with its colours and coordinates in whole points. Left out is
 * what belongs to the machine rather than the chart: letters, of which only the number is told, and clip paths.
 */
export function svgOutline(svg: string): string {
  const drawn = svg.replace(/<defs>[\s\S]*?<\/defs>/g, "");
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(drawn) ?? [];
  const lines = [`${width} × ${height}`, `letters ${Math.round(count(drawn, /<use /g) / 10) * 10}`];
  for (const [path = ""] of drawn.matchAll(/<(?:path|rect) [^>]*>/g)) {
    const numbers = coordinates(path);
    if (numbers === "") continue;
    lines.push([paint(path, "fill"), paint(path, "stroke"), numbers].filter((part) => part !== "").join(" "));
  }
  return `${lines.join("\n")}\n`;
}

function coordinates(element: string): string {
  const path = / d="([^"]*)"/.exec(element)?.[1];
  const text = path ?? [..."xy", "width", "height"].map((name) => attribute(element, name)).join(" ");
  return text.trim().replace(/-?\d+(\.\d+)?/g, (number) => String(Math.round(Number(number)) + 0));
}

function attribute(element: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? "";
}

/** A colour as red, green, blue; cairo writes it as attribute or as style, by its version. */
function paint(element: string, kind: "fill" | "stroke"): string {
  const [, r, g, b] =
    new RegExp(`${kind}[:=]"?\\s*rgb\\(([\\d.]+)%, ?([\\d.]+)%, ?([\\d.]+)%\\)`).exec(element) ?? [];
  if (r === undefined) return "";
  return `${kind} ${[r, g, b].map((part) => Math.round(Number(part) * 2.55)).join(",")}`;
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
