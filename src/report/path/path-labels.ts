/** Names of taps, paths and directions in reports. */
import type { MeasuredPath, PathDirectionMetrics, PathTap, TapsMetrics } from "../../path/path-metrics.ts";
import type { Words } from "../../words/words.ts";
import { fileName } from "../file-name.ts";

/** A direction of a path with the name of its row. */
export interface LabelledDirection {
  readonly label: string;
  readonly metrics: PathDirectionMetrics;
}

/** The first file's name without its folder and ending. */
export function tapName({ files: [file = ""] }: PathTap): string {
  return fileName(file).replace(/(\.(pcapng|pcap|cap|gz|zst))+$/i, "") || file;
}

export function pathLabel({ taps: [first, second] }: MeasuredPath, words: Words["path"]): string {
  return words.direction(tapName(first), tapName(second));
}

/** Both directions of each path. */
export function labelDirections({ paths }: TapsMetrics, words: Words["path"]): readonly LabelledDirection[] {
  return paths.flatMap(({ taps, forward, backward }) => {
    const [first, second] = [tapName(taps[0]), tapName(taps[1])];
    return [
      { label: words.direction(first, second), metrics: forward },
      { label: words.direction(second, first), metrics: backward },
    ];
  });
}
