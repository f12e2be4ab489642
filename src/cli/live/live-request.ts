/** What `lbqos live` was asked for, checked as far as arguments can be without looking at the machine. */
import type { EngineName } from "../../capture/engines/live-capture.ts";
import type { AtLevels } from "../../experiment/levels.ts";
import type { Language } from "../../words/language.ts";
import type { RunFormat } from "../format-option.ts";
import type { PairRequest } from "../pair-option.ts";
import type { RatingRequest } from "../rating-option.ts";

/** Frames of this machine's interfaces. */
export interface InterfacesSource {
  readonly kind: "interfaces";
  /** At least one; `any` is all of them. */
  readonly names: readonly string[];
  /** `null`: the best that there is. */
  readonly engine: EngineName | null;
  /** In libpcap's language; `null`: what the pairs need. */
  readonly filter: string | null;
  readonly snapLengthBytes: number | null;
  readonly bufferMebibytes: number | null;
  readonly promiscuous: boolean;
}

/** Frames of a saved capture, in its own time. */
export interface ReplayRequest {
  readonly kind: "replay";
  readonly path: string;
  /** Times faster than recorded; `null`: as fast as can be. */
  readonly speed: number | null;
}

/** Frames from a command of the user's own, which captures elsewhere. */
export interface CommandRequest {
  readonly kind: "command";
  /** The program and its arguments. */
  readonly words: readonly string[];
}

/** A second tap of the same run, such as a backend's. */
export interface PeerCommandRequest {
  /** The program that captures there, and its arguments. */
  readonly words: readonly string[];
  readonly synchronousClocks: boolean;
}

export type SourceRequest = InterfacesSource | ReplayRequest | CommandRequest;

/** A run of an experiment, which says the pairs and where the recording lies. */
export interface ExperimentRunRequest extends AtLevels {
  /** The manifest, or the folder that it lies in. */
  readonly path: string;
  readonly method: string;
  readonly run: number;
  /** The one backend of a direct test; `null`: not said. */
  readonly backend: string | null;
}

export interface RecordingTarget {
  readonly path: string;
  /** Begin a new file after so many bytes, or seconds; `null`: never. */
  readonly rotateBytes: number | null;
  readonly rotateSeconds: number | null;
}

export interface PageRequest {
  readonly host: string;
  /** 0: the kernel chooses. */
  readonly port: number;
  readonly token: string | null;
}

export interface LiveArguments {
  readonly source: SourceRequest;
  /** A second tap; `null`: none. */
  readonly peer: PeerCommandRequest | null;
  readonly experiment: ExperimentRunRequest | null;
  /** Empty where an experiment says them. */
  readonly pairs: PairRequest;
  /** A log of TLS secrets that grows meanwhile. */
  readonly keysFile: string | null;
  readonly rating: RatingRequest;
  /** Names for reports and metrics where no experiment gives them. */
  readonly method: string | null;
  readonly run: number | null;
  /** `null`: not recorded, or where the experiment wants it. */
  readonly recording: RecordingTarget | null;
  /** Whether a file that is there already is replaced. */
  readonly force: boolean;
  readonly durationSeconds: number | null;
  readonly requests: number | null;
  readonly page: PageRequest | null;
  /** Whether the page is served on after the capture's end, until a signal. */
  readonly stay: boolean;
  readonly format: RunFormat;
  /** `null`: the experiment's, else English. */
  readonly language: Language | null;
  /** Between two refreshes of the view; `null`: 1 in a terminal, 10 for plain lines. */
  readonly everySeconds: number | null;
  readonly quiet: boolean;
}
