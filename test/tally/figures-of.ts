import { FigureReader } from "../../src/metrics/figure-reader.ts";
import { Figures } from "../../src/tally/figures.ts";

/** What is put down, to be read. */
export function figuresOf(put: (figures: Figures) => void): FigureReader {
  const figures = new Figures();
  put(figures);
  return new FigureReader(figures.values.slice(0, figures.length));
}
