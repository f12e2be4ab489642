/** Panels of the dashboard in the few shapes that it uses, by Grafana's own typed builders. */
import { PanelBuilder as BarGaugeBuilder } from "@grafana/grafana-foundation-sdk/bargauge";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  AxisPlacement,
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  type DataSourceRef,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type Dashboard,
  type DashboardBuilder,
  MappingType,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import {
  PanelBuilder as HeatmapBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StateTimelineBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** Schema of Grafana 10.0; later versions bring it up to theirs. */
const SCHEMA_VERSION = 38;

/** The reader's choice of a Prometheus. */
export const DATASOURCE: DataSourceRef = { type: "prometheus", uid: "$datasource" };

/** A query with the name of its series in the legend. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** What every panel says of itself. */
interface Described {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of the unit: `s`, `bps`, `percentunit`. */
  readonly unit: string;
  /** Columns of 24. */
  readonly width: number;
  readonly height: number;
}

export interface ChartOptions extends Described {
  readonly queries: readonly Query[];
  /** `normal`: values add up; `percent`: shares of the whole. */
  readonly stacked?: "normal" | "percent";
}

export interface TileOptions extends Described {
  readonly queries: readonly Query[];
  /** Colours from these values on; the first step has no value. */
  readonly steps: readonly Threshold[];
  readonly mappings?: readonly ValueMapping[];
  /** With a small chart behind the number. */
  readonly sparkline?: boolean;
  /** Text where there is no value. */
  readonly noValue?: string;
}

export interface TableColumn {
  readonly title: string;
  readonly expr: string;
  readonly unit: string;
}

/** The text's own colour, where a number is neither good nor bad. */
export const NEUTRAL: readonly Threshold[] = [{ value: null, color: "text" }];

/** A number that should be 0. */
export const NONE_IS_GOOD: readonly Threshold[] = [
  { value: null, color: "green" },
  { value: 1, color: "red" },
];

/** The share of requests that failed. */
export const FAILED_STEPS: readonly Threshold[] = greenUntil(0.01, 0.05);

/** The share of segments that were lost. */
export const LOST_STEPS: readonly Threshold[] = greenUntil(0.005, 0.02);

/** Green below the first number, orange from there on, red from the second. */
export function greenUntil(orange: number, red: number): readonly Threshold[] {
  return [
    { value: null, color: "green" },
    { value: orange, color: "orange" },
    { value: red, color: "red" },
  ];
}

/** The dashboard as a value, its panels numbered. */
export function finished(builder: DashboardBuilder): Dashboard {
  const dashboard = builder.build();
  const panels = (dashboard.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 }));
  return { ...dashboard, schemaVersion: SCHEMA_VERSION, panels };
}

/** A state's number as its name and colour. */
export function stateMapping(
  states: Readonly<Record<string, readonly [text: string, color: string]>>,
): ValueMapping {
  const options = Object.entries(states).map(([value, [text, color]], index) => [
    value,
    { text, color, index },
  ]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}

function query({ expr, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(String.fromCharCode("A".charCodeAt(0) + index))
    .datasource(DATASOURCE)
    .expr(expr)
    .legendFormat(legend);
}

function rangeQueries(queries: readonly Query[]): Builder<Dataquery>[] {
  return queries.map((one, index) => query(one, index).range());
}

function thresholds(steps: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]);
}

function lastValue(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false);
}

/** Lines over time, with a legend that also gives the last and the highest value. */
export function chart(options: ChartOptions): Builder<Panel> {
  const { title, description, unit, width, height, queries, stacked } = options;
  const builder = new TimeSeriesBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .span(width)
    .height(height)
    .targets(rangeQueries(queries))
    .drawStyle(GraphDrawStyle.Line)
    .lineInterpolation(LineInterpolation.Linear)
    .lineWidth(1)
    .fillOpacity(stacked === undefined ? 10 : 40)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisPlacement(AxisPlacement.Auto)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs(["lastNotNull", "max"]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  if (stacked === undefined) return builder;
  const mode = stacked === "percent" ? StackingMode.Percent : StackingMode.Normal;
  return builder.stacking(new StackingConfigBuilder().group("A").mode(mode));
}

/** Numbers to be read from afar. */
export function tiles(options: TileOptions): Builder<Panel> {
  const { title, description, unit, width, height, queries, steps, mappings, sparkline, noValue } = options;
  return new StatBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .span(width)
    .height(height)
    .targets(rangeQueries(queries))
    .mappings([...(mappings ?? [])])
    .thresholds(thresholds(steps))
    .noValue(noValue ?? "–")
    .reduceOptions(lastValue())
    .orientation(VizOrientation.Auto)
    .textMode(
      queries.length > 1 || mappings !== undefined ? BigValueTextMode.ValueAndName : BigValueTextMode.Value,
    )
    .colorMode(mappings === undefined ? BigValueColorMode.Value : BigValueColorMode.Background)
    .graphMode(sparkline === true ? BigValueGraphMode.Area : BigValueGraphMode.None);
}

/** A band per backend, in the colour of its state. */
export function stateBands(options: Omit<TileOptions, "sparkline">): Builder<Panel> {
  const { title, description, unit, width, height, queries, steps, mappings } = options;
  return new StateTimelineBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .span(width)
    .height(height)
    .targets(rangeQueries(queries))
    .mappings([...(mappings ?? [])])
    .thresholds(thresholds(steps))
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(false),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single).sort(SortOrder.None));
}

/** Bars to compare, of one moment. */
export function bars(options: ChartOptions): Builder<Panel> {
  const { title, description, unit, width, height, queries } = options;
  return new BarGaugeBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .span(width)
    .height(height)
    .targets(queries.map((one, index) => query(one, index).instant()))
    .thresholds(thresholds([{ value: null, color: "blue" }]))
    .reduceOptions(lastValue())
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic);
}

/** The buckets of a histogram over time. */
export function heatmap(options: Described & { readonly expr: string }): Builder<Panel> {
  const { title, description, unit, width, height, expr } = options;
  return new HeatmapBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .span(width)
    .height(height)
    .withTarget(query({ expr, legend: "{{le}}" }, 0).range().format(PromQueryFormat.Heatmap))
    .calculate(false)
    .yAxis(new YAxisConfigBuilder().unit(unit).axisPlacement(AxisPlacement.Left))
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme("Spectral")
        .reverse(true)
        .steps(64),
    )
    .showLegend();
}

/** A row per `key`, a column per query. */
export function table(
  options: Omit<Described, "unit"> & {
    readonly key: string;
    readonly keyTitle: string;
    readonly columns: readonly TableColumn[];
  },
): Builder<Panel> {
  const { title, description, width, height, key, keyTitle, columns } = options;
  const letters = columns.map((_, index) => String.fromCharCode("A".charCodeAt(0) + index));
  const names = Object.fromEntries(
    columns.map((column, index) => [`Value #${letters[index]}`, column.title]),
  );
  const builder = new TableBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .span(width)
    .height(height)
    .targets(
      columns.map(({ expr }, index) =>
        query({ expr, legend: "" }, index).instant().format(PromQueryFormat.Table),
      ),
    )
    .withTransformation({ id: "joinByField", options: { byField: key, mode: "outer" } })
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: Object.fromEntries(
          ["Time", ...letters.map((_, index) => `Time ${index + 1}`)].map((name) => [name, true]),
        ),
        renameByName: { [key]: keyTitle, ...names, Value: columns[0]?.title ?? "" },
      },
    });
  for (const column of columns) builder.overrideByName(column.title, [{ id: "unit", value: column.unit }]);
  return builder;
}

/** The labels of series that are always 1, one series a row. */
export function labelTable(
  options: Omit<Described, "unit"> & { readonly expr: string; readonly hidden: readonly string[] },
): Builder<Panel> {
  const { title, description, width, height, expr, hidden } = options;
  return new TableBuilder()
    .title(title)
    .description(description)
    .datasource(DATASOURCE)
    .span(width)
    .height(height)
    .targets([query({ expr, legend: "" }, 0).instant().format(PromQueryFormat.Table)])
    .withTransformation({
      id: "organize",
      options: {
        excludeByName: Object.fromEntries(["Time", "__name__", ...hidden].map((name) => [name, true])),
      },
    });
}
