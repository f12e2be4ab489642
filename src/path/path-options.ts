/** What a path is measured from, and how. */

export interface PathOptions {
  /** Both taps have one clock, or clocks that are kept alike (PTP): times are taken as they are. */
  readonly synchronousClocks?: boolean;
  /** Called from time to time with the bytes read and, where known, those that there are. */
  readonly onProgress?: (bytesRead: number, bytesTotal: number | null) => void;
}

/** A recording of one tap: a file, bytes, or several files of one run. Standard input can't be read twice. */
export type TapSource = string | Uint8Array | readonly (string | Uint8Array)[];
