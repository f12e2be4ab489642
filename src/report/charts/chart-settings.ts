/** What is handed to Chart.js, and what its hooks see. */
import type { Pen } from "./drawing-marks.ts";

/** Options and data in the form that Chart.js reads. */
export type Settings = Readonly<Record<string, unknown>>;

/** What is drawn of a chart inside its frame. */
export interface ChartBody {
  /** Chart.js's name for the kind of chart. */
  readonly type: string;
  readonly data: Settings;
  readonly scales: Settings;
  readonly datalabels?: Settings;
  readonly annotations?: Settings;
  /** Hooks that draw something by themselves. */
  readonly hooks?: readonly DrawingHooks[];
}

/** What the hooks see of Chart.js's chart. */
export interface DrawnChart {
  readonly ctx: Pen;
  readonly width: number;
  readonly height: number;
  update(): void;
  readonly legend?: { readonly legendHitBoxes: readonly { readonly left: number; readonly top: number }[] };
}

/** A plugin of one chart. */
export interface DrawingHooks {
  readonly id: string;
  afterUpdate?(chart: DrawnChart): void;
  beforeDraw?(chart: DrawnChart): void;
  afterDraw?(chart: DrawnChart): void;
  beforeDatasetDraw?(chart: DrawnChart, dataset: DrawnDataset): void;
}

/** What the hooks see of a dataset. */
export interface DrawnDataset {
  readonly index: number;
  readonly meta: {
    readonly data: readonly {
      getProps(names: readonly string[]): Readonly<Record<string, number | undefined>>;
    }[];
  };
}

/** A chart for Chart.js, and its size. */
export interface FramedChart {
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly data: Settings;
  readonly options: Settings;
  readonly plugins: readonly DrawingHooks[];
}
