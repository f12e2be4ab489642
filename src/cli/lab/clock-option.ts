/** The options of `lab run` that bend the clocks of the backends' taps. */
import type { BackendClock } from "../../lab/bent-clock.ts";
import { BACKENDS } from "../../lab/lab-hosts.ts";
import { perBackend } from "./impairment-option.ts";

/** A day. */
const LARGEST_OFFSET_MS = 86_400_000;
/** What `lbqos path` looks for at most. */
const LARGEST_DRIFT_PPM = 1000;

/** The backends whose clock is wrong. @throws Failure (status 2) */
export function parseClocks(offsets: readonly string[], drifts: readonly string[]): BackendClock[] {
  const offsetOf = perBackend("--clock-offset", offsets, (text) =>
    signedNumber(text.replace(/\s*ms$/, ""), LARGEST_OFFSET_MS),
  );
  const driftOf = perBackend("--clock-drift", drifts, (text) =>
    signedNumber(text.replace(/\s*ppm$/, ""), LARGEST_DRIFT_PPM),
  );
  return BACKENDS.map(({ name }) => ({
    backend: name,
    offsetMs: offsetOf.get(name) ?? 0,
    driftPpm: driftOf.get(name) ?? 0,
  })).filter(({ offsetMs, driftPpm }) => offsetMs !== 0 || driftPpm !== 0);
}

function signedNumber(text: string, largest: number): number | null {
  const value = /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  return value === null || Math.abs(value) > largest ? null : value;
}
