import type { Backend } from "../../metrics/analysis-options.ts";
import type { CategoryProfile } from "../../metrics/category-profiles.ts";
import type { RtpPort } from "../../metrics/rtp-metrics.ts";
import type { FrameSelection } from "../../metrics/selection-metrics.ts";
import { type Language, type Text, textOf } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { MetricKey } from "../experiment-metrics.ts";
import type { AtLevels } from "../levels.ts";
import type { DesignKind } from "../statistics/design-limits.ts";
import type { Margin } from "../statistics/margin.ts";
import type { NamedTest } from "../statistics/named-test.ts";
import type { Algorithm } from "./algorithms.ts";

/** Captures of a method: file patterns, and what they have in common. */
export interface CaptureSet extends AtLevels {
  /** Patterns relative to the manifest's folder, see `matchesPattern`. */
  readonly files: readonly string[];
  /** The one backend that these captures are about (direct tests); `null`: all of them. */
  readonly backend: string | null;
  /** All the files together are this one run (a rotated set); `null`: every file is a run of its own. */
  readonly run: number | null;
  /** Key logs of TLS (RFC 9850), as patterns like those of the files: each run of the set is read with all of them. Absent: none. */
  readonly keys?: readonly string[];
}

/** A factor of the experiment besides the method. */
export interface ManifestFactor {
  readonly name: string;
  /** Of its levels: `1/s`; absent: none, or they have it themselves (`10kB`). */
  readonly unit?: string;
}

/** Rows of a results table that stand in for captures. */
export interface ResultsSource {
  /** The table, relative to the manifest's folder. */
  readonly file: string;
  /** The method's name in the table. */
  readonly method: string;
}

/** How the runs of `lbqos run` are recorded. */
export type Recorder =
  /** lbqos itself, on an interface of this machine; `filter` in libpcap's language, empty: everything. */
  | { readonly interface: string; readonly filter: string }
  /** A shell command that writes a capture to its standard output until it is interrupted. */
  | { readonly command: string };

/** How `lbqos run` makes a run: shell commands of the user's, before it and while it is recorded. `null`: not said. */
export interface Procedure {
  /** Makes the testbed ready: switches the balancer's method, say. */
  readonly prepare: string | null;
  readonly capture: Recorder | null;
  /** Sends the requests; the run is over when it ends. */
  readonly load: string | null;
}

/** The user's own testbed. */
export interface Testbed extends Procedure {
  /** Runs of each method; of each backend where a method records them one by one. */
  readonly runs: number;
  /** How long what is on its way is waited for after the load, in seconds. */
  readonly settleSeconds: number;
  /** How often a run is tried before it is given up. */
  readonly attempts: number;
}

/** One method of the experiment. */
export interface ManifestMethod {
  readonly name: string;
  readonly algorithm: Algorithm;
  /** Without the balancer: what the other methods are held against. At most one of the methods is. */
  readonly baseline: boolean;
  /** Source address of this method's pairs where it is not the balancer: the client of direct tests. */
  readonly source: string | null;
  readonly captures: readonly CaptureSet[];
  readonly results: ResultsSource | null;
  /** A table of requests per backend and run that stands in for captures, relative to the manifest's folder. */
  readonly requests: string | null;
  /** In place of what the testbed says for all methods, as far as it is said. */
  readonly testbed?: Procedure;
}

/** Requests that the load generator should send in each run. */
export interface Load {
  readonly requests: number | null;
  readonly requestsPerSecond: number | null;
}

/** Frames that a display filter shows, by the name that they have in the reports. */
export interface NamedSelection extends FrameSelection {
  readonly name: string;
}

/** Title of an experiment without one. */
export const defaultTitles: Text = textOf((language) => wordsOf(language).findings.untitled);

/** Second taps: captures that were recorded at the backends during each run. */
export interface BackendTaps {
  /** Whether all taps have one clock, or clocks that are kept alike. */
  readonly synchronousClocks: boolean;
  /**
   * By backend: its capture of a run, relative to the manifest's folder. `{capture}` stands for the run's own one without its
   * ending (of a rotated set, the first file's).
   */
  readonly files: Readonly<Record<string, string>>;
}

/** An experiment as its `experiment.yaml` says it: methods, and where the captures of their runs lie. */
export interface Manifest {
  readonly title: string;
  /** Language of the reports. */
  readonly language: Language;
  /** Address from which the backends are asked; `null`: the pairs are discovered in the captures. */
  readonly balancer: string | null;
  readonly backends: readonly Backend[];
  /** What is measured in place of pairs: frames of any protocol. Each stands in the reports where a backend would. */
  readonly selections?: readonly NamedSelection[];
  /** UDP ports with RTP, for selections. */
  readonly rtp?: readonly RtpPort[];
  /** What is varied besides the method, in the order of the reports; absent: what the captures have levels of. */
  readonly factors?: readonly ManifestFactor[];
  /** In the order of the reports. Empty: the methods of the results table, in its order. */
  readonly methods: readonly ManifestMethod[];
  /** Results tables whose methods, as far as they are not listed above, join the experiment. */
  readonly results: readonly string[];
  readonly load: Load;
  /** Bandwidth of the link in bit/s, for profiles that rate throughput as a share of it. */
  readonly bandwidthBitsPerSecond: number | null;
  /** Category profile: the name of a built-in one, or one's own. */
  readonly profile: string | CategoryProfile;
  readonly notes: string | null;
  /** The metric that decides between methods; absent: time to first byte. */
  readonly primary?: MetricKey;
  /** Whether the runs are blocks of one run per method; absent: the captures' times tell. */
  readonly design?: DesignKind;
  /** Differences below this don't matter; absent: 5 %, and 0.1 percentage points of metrics in percent. */
  readonly margin?: Margin;
  /** Tests by their names, of the metric that decides; absent: lbqos's own alone. */
  readonly statistics?: readonly NamedTest[];
  /** Absent: runs have one tap. */
  readonly taps?: BackendTaps;
  /**
   * The load generator's report of each run, relative to the manifest's folder: `{capture}` stands for the run's own capture without
   * its ending, `{file}` for the same with it, `{folder}` for the folder that it lies in. Absent: there are none.
   */
  readonly generator?: string;
  /** Absent: the captures are made by other means than `lbqos run`. */
  readonly testbed?: Testbed;
}
