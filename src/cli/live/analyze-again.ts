/** The command that analyses a recording again, for users to copy. */
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import { quotedWord } from "../quoted-word.ts";
import type { RatingRequest } from "../rating-option.ts";

/** Files that are named one by one; more of them as a pattern. */
const MAX_NAMED_FILES = 4;
/** Digits of a rotated file's number: the last ones before its ending. */
const NUMBER = /\d{5,}(?=(?:\.[^./]*)?(?:\.gz)?$)/;

/**
 * `lbqos analyze run.pcapng --balancer … --backend …`.
 * @param files of the recording, in their order
 * @param rating as the user gave it
 */
export function analyzeAgain(
  files: readonly string[],
  { balancer, backends = [] }: Pick<AnalysisOptions, "balancer" | "backends">,
  rating: RatingRequest,
): string {
  const { profile, bandwidthBitsPerSecond } = rating;
  const words = [
    "lbqos analyze",
    ...fileWords(files),
    ...(balancer === undefined ? [] : ["--balancer", balancer]),
    ...backends.flatMap(({ name, address, port }) => {
      const endpoint = endpointText(address, port ?? null);
      return ["--backend", quotedWord(name === endpoint ? endpoint : `${name}=${endpoint}`)];
    }),
    ...(profile === undefined ? [] : ["--profile", quotedWord(profile)]),
    ...(bandwidthBitsPerSecond === undefined ? [] : ["--bandwidth", `${bandwidthBitsPerSecond}`]),
  ];
  return words.join(" ");
}

function fileWords(files: readonly string[]): readonly string[] {
  const patterns = new Set(files.map((file) => file.replace(NUMBER, (digits) => "?".repeat(digits.length))));
  if (files.length <= MAX_NAMED_FILES || patterns.size > 1) return files.map(fileWord);
  // Quoted up to the question marks, which are the shell's.
  return [...patterns].map((pattern) =>
    pattern
      .split(/(\?{5,})/)
      .map((part, index) => (index % 2 === 1 || part === "" ? part : fileWord(part)))
      .join(""),
  );
}

/** A name that begins with a dash is no option. */
function fileWord(path: string): string {
  return quotedWord(path.startsWith("-") ? `./${path}` : path);
}
