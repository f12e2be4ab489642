/** What `lbqos path` was asked for. */
import type { Language } from "../../words/language.ts";
import type { ChartRequest } from "../chart-option.ts";
import type { RatingRequest } from "../rating-option.ts";

export interface PathRequest {
  /** Paths of files, one per tap: two or more. */
  readonly taps: readonly string[];
  readonly synchronousClocks: boolean;
  /** Whether each exchange's time is parted. */
  readonly hostTimes: boolean;
  readonly rating: RatingRequest;
  readonly output: "terminal" | "json" | "csv" | "markdown";
  /** Folder for the whole report; `null`: none is written. */
  readonly out: string | null;
  readonly charts: ChartRequest;
  readonly language: Language;
  readonly quiet: boolean;
}
