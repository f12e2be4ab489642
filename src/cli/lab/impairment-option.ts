/** `--loss-to`, `--limit-from`, `--delay-to` …: what is wrong with the network on purpose. */
import { parseBandwidth } from "../../experiment/manifest/bandwidth.ts";
import { Failure } from "../../failure.ts";
import { type CableDirection, type Impairment, isImpaired, NO_FAULTS } from "../../lab/impairments.ts";
import { BACKENDS, type BackendName, findHost } from "../../lab/lab-hosts.ts";
import { message } from "../../words/message.ts";

/** The options' texts as commander collects them: `2`, `fa=5`, `10M`, `fc=1.5`. */
export interface ImpairmentTexts {
  readonly lossTo?: readonly string[];
  readonly lossFrom?: readonly string[];
  readonly limitTo?: readonly string[];
  readonly limitFrom?: readonly string[];
  readonly delayTo?: readonly string[];
  readonly delayFrom?: readonly string[];
  readonly jitterTo?: readonly string[];
  readonly jitterFrom?: readonly string[];
  readonly reorderTo?: readonly string[];
  readonly reorderFrom?: readonly string[];
  readonly burstsTo?: readonly string[];
  readonly burstsFrom?: readonly string[];
  readonly duplicatesTo?: readonly string[];
  readonly duplicatesFrom?: readonly string[];
}

const LONGEST_DELAY_MS = 60_000;
const STEPS_PER_PERCENT = 100;
/** With more, bursts would have to be longer than three packets. */
const MAX_BURST_PERCENT = 50;

/** @throws Failure (status 2) */
export function parseImpairments(texts: ImpairmentTexts): Impairment[] {
  const { lossTo, limitTo, delayTo, jitterTo, reorderTo, burstsTo, duplicatesTo } = texts;
  const { lossFrom, limitFrom, delayFrom, jitterFrom, reorderFrom, burstsFrom, duplicatesFrom } = texts;
  return [
    ...ofDirection("to", [lossTo, limitTo, delayTo, jitterTo, reorderTo, burstsTo, duplicatesTo]),
    ...ofDirection("from", [
      lossFrom,
      limitFrom,
      delayFrom,
      jitterFrom,
      reorderFrom,
      burstsFrom,
      duplicatesFrom,
    ]),
  ];
}

/** The options of a direction, in the order of their texts: name, field, reader of the value. */
const FAULTS = [
  ["loss", "lossPercent", percentUpTo(100)],
  ["limit", "bitsPerSecond", bitsPerSecond],
  ["delay", "delayMs", milliseconds],
  ["jitter", "jitterMs", milliseconds],
  ["reorder", "reorderMs", milliseconds],
  ["bursts", "burstPercent", percentUpTo(MAX_BURST_PERCENT)],
  ["duplicates", "duplicatePercent", percentUpTo(100)],
] as const;

function ofDirection(
  direction: CableDirection,
  texts: readonly (readonly string[] | undefined)[],
): Impairment[] {
  const values = FAULTS.map(
    ([name, field, parse], index) =>
      [field, perBackend(`--${name}-${direction}`, texts[index] ?? [], parse)] as const,
  );
  return BACKENDS.map(({ name }) => {
    const given = values.flatMap(([field, ofBackend]) => {
      const value = ofBackend.get(name);
      return value === undefined ? [] : [[field, value] as const];
    });
    return { backend: name, direction, ...NO_FAULTS, ...Object.fromEntries(given) };
  }).filter(isImpaired);
}

/** `VALUE` for all backends, `BACKEND=VALUE` for one; the later one counts. */
export function perBackend(
  option: string,
  texts: readonly string[],
  parse: (text: string) => number | null,
): ReadonlyMap<BackendName, number> {
  const values = new Map<BackendName, number>();
  for (const text of texts) {
    const at = text.indexOf("=");
    const value = parse(text.slice(at + 1));
    if (value === null) {
      throw new Failure(message("notImpairment", option, text), 2);
    }
    const names = at < 0 ? BACKENDS.map(({ name }) => name) : [backendOf(option, text.slice(0, at))];
    for (const name of names) values.set(name, value);
  }
  return values;
}

function backendOf(option: string, text: string): BackendName {
  try {
    const { name } = findHost(BACKENDS, text);
    const found = BACKENDS.find((one) => one.name === name);
    if (found !== undefined) return found.name;
  } catch {
    // Said below, with the option.
  }
  throw new Failure(message("notBackend", option, text, BACKENDS.map(({ name }) => name).join(", ")), 2);
}

function percentUpTo(largest: number): (text: string) => number | null {
  return (text) => {
    const percent = plainNumber(text.replace(/\s*%$/, ""));
    if (percent === null || percent > largest) return null;
    return Math.round(percent * STEPS_PER_PERCENT) / STEPS_PER_PERCENT;
  };
}

function milliseconds(text: string): number | null {
  const delay = plainNumber(text.replace(/\s*ms$/, ""));
  return delay === null || delay > LONGEST_DELAY_MS ? null : delay;
}

function bitsPerSecond(text: string): number | null {
  return parseBandwidth(text) ?? parseBandwidth(`${text}bit/s`);
}

function plainNumber(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
