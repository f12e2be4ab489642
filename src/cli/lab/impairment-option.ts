/** `--loss-to`, `--limit-from`, `--delay-to` …: what is wrong with the network on purpose. */
import { parseBandwidth } from "../../experiment/manifest/bandwidth.ts";
import { Failure } from "../../failure.ts";
import type { CableDirection, Impairment } from "../../lab/impairments.ts";
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
}

const LONGEST_DELAY_MS = 60_000;
const LOSS_STEPS_PER_PERCENT = 100;

/** @throws Failure (status 2) */
export function parseImpairments(texts: ImpairmentTexts): Impairment[] {
  const ofDirection = (
    direction: CableDirection,
    loss: readonly string[] = [],
    limit: readonly string[] = [],
    delay: readonly string[] = [],
  ): Impairment[] => {
    const losses = perBackend(`--loss-${direction}`, loss, lossPercent);
    const limits = perBackend(`--limit-${direction}`, limit, bitsPerSecond);
    const delays = perBackend(`--delay-${direction}`, delay, delayMs);
    return BACKENDS.map(({ name }) => ({
      backend: name,
      direction,
      lossPercent: losses.get(name) ?? 0,
      bitsPerSecond: limits.get(name) ?? null,
      delayMs: delays.get(name) ?? 0,
    })).filter((one) => one.lossPercent > 0 || one.bitsPerSecond !== null || one.delayMs > 0);
  };
  return [
    ...ofDirection("to", texts.lossTo, texts.limitTo, texts.delayTo),
    ...ofDirection("from", texts.lossFrom, texts.limitFrom, texts.delayFrom),
  ];
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

function lossPercent(text: string): number | null {
  const percent = plainNumber(text.replace(/\s*%$/, ""));
  if (percent === null || percent > 100) return null;
  return Math.round(percent * LOSS_STEPS_PER_PERCENT) / LOSS_STEPS_PER_PERCENT;
}

function delayMs(text: string): number | null {
  const delay = plainNumber(text.replace(/\s*ms$/, ""));
  return delay === null || delay > LONGEST_DELAY_MS ? null : delay;
}

function bitsPerSecond(text: string): number | null {
  return parseBandwidth(text) ?? parseBandwidth(`${text}bit/s`);
}

function plainNumber(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
