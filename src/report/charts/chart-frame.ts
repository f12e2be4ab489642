/** What stands around every chart: title, note, legend. Lengths are in dots of the layout grid. */
import { TEXT_FONT, TEXT_SIZE, TITLE_FONT, TITLE_SIZE } from "./chart-fonts.ts";
import { EDGE, type Room } from "./chart-room.ts";
import type { ChartBody, DrawingHooks, FramedChart, Settings } from "./chart-settings.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { type Area, drawAreaSwatch, drawBoxSwatch, drawLineSwatch, INK } from "./drawing-marks.ts";
import { points } from "./print-size.ts";
import { styleOf } from "./series-style.ts";
import { fitText, shortenText, textWidth } from "./text-fitting.ts";

const GAP = points(6);
const LEGEND_GAP = points(4);
const SWATCH = { width: points(14), height: points(6) } as const;

/** Puts title, note and legend around a chart. */
export function frameBody(
  chart: ChartSpec,
  room: Room,
  body: ChartBody,
  xAxisHeight: number,
  withTitle: boolean,
): FramedChart {
  const inner = room.width - 2 * EDGE;
  const title = withTitle ? fitText(chart.title, inner, TITLE_SIZE, "bold") : [];
  const note = chart.note === null || !withTitle ? [] : fitText(chart.note, inner, TEXT_SIZE);
  const names = chart.series.names.map((name) =>
    shortenText(name, (inner - GAP) / 2 - SWATCH.width - TEXT_SIZE, TEXT_SIZE),
  );
  const hasLegend = names.length > 1 || chart.kind === "lines";
  const panels = chart.kind === "boxes" ? 1 : chart.panels.length;
  const height = Math.round(
    2 * EDGE +
      title.length * TITLE_SIZE * TEXT_FONT.lineHeight +
      (note.length * TEXT_SIZE * TEXT_FONT.lineHeight + (withTitle ? GAP : 0)) +
      (hasLegend ? legendRows(names, inner) * (TEXT_SIZE + GAP) + GAP + LEGEND_GAP : 0) +
      panels * room.panelHeight +
      xAxisHeight,
  );
  return {
    width: room.width,
    height,
    type: body.type,
    data: body.data,
    options: {
      font: TEXT_FONT,
      color: INK,
      layout: { padding: EDGE },
      scales: hasLegend ? { ...body.scales, legendGap } : body.scales,
      plugins: {
        title: {
          display: withTitle,
          text: title,
          font: TITLE_FONT,
          color: INK,
          padding: { top: 0, bottom: GAP / 2 },
        },
        subtitle: {
          display: note.length > 0,
          text: note,
          font: TEXT_FONT,
          color: INK,
          padding: { top: 0, bottom: GAP / 2 },
        },
        legend: { display: hasLegend, labels: legendLabels(names) },
        tooltip: { enabled: false },
        datalabels: body.datalabels ?? { display: false },
        annotation: { annotations: body.annotations ?? {} },
      },
    },
    plugins: [paper, legendSwatches(chart), ...(body.hooks ?? [])],
  };
}

function legendLabels(names: readonly string[]): Settings {
  return {
    boxWidth: SWATCH.width,
    boxHeight: SWATCH.height,
    padding: GAP,
    font: TEXT_FONT,
    color: INK,
    // The boxes stay empty: `legendSwatches` draws what tells the series apart.
    generateLabels: () =>
      names.map((text, datasetIndex) => ({
        text,
        datasetIndex,
        fillStyle: "transparent",
        strokeStyle: "transparent",
        fontColor: INK,
        lineWidth: 0,
      })),
  };
}

/** Rows of the legend; Chart.js breaks them by the same sum. */
function legendRows(names: readonly string[], width: number): number {
  let rows = 1;
  let used = GAP;
  for (const name of names) {
    const item = SWATCH.width + TEXT_SIZE / 2 + textWidth(name, TEXT_SIZE) + GAP;
    if (used + item > width && used > GAP) {
      rows++;
      used = GAP;
    }
    used += item;
  }
  return rows;
}

/** An empty axis that keeps the legend apart from the uppermost tick label. */
const legendGap = {
  axis: "x",
  type: "category",
  position: "top",
  ticks: { display: false },
  grid: { display: false, drawTicks: false },
  border: { display: false },
  afterFit: (axis: { height: number }) => {
    axis.height = LEGEND_GAP;
  },
};

/** White paper: a transparent figure is unreadable on a dark page. */
const paper: DrawingHooks = {
  id: "paper",
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.fillStyle = "#FFFFFF";
    ctx.fillRect(0, 0, width, height);
    ctx.restore();
  },
};

function legendSwatches(chart: ChartSpec): DrawingHooks {
  const draw = { lines: drawLineSwatch, boxes: drawBoxSwatch, bars: drawAreaSwatch }[chart.kind];
  return {
    id: "legend-swatches",
    afterDraw({ ctx, legend }) {
      for (const [index, { left, top }] of (legend?.legendHitBoxes ?? []).entries()) {
        const area: Area = { left, top: top + (TEXT_SIZE - SWATCH.height) / 2, ...SWATCH };
        draw(ctx, area, styleOf(chart.series, index));
      }
    },
  };
}
