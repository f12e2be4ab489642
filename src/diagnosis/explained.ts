/** Findings that another one explains: a backend that stands still is not also slow. */
import { type Finding, MARGIN_SECONDS } from "./finding.ts";
import { isAbout } from "./subject.ts";

/** Of its time, this share must lie in that of the cause. */
const SHARE = 0.5;

/** Those that none of the causes explains. */
export function unexplained<Kind extends Finding>(
  findings: readonly Kind[],
  causes: readonly Finding[],
): readonly Kind[] {
  return findings.filter((one) => !causes.some((cause) => explains(cause, one)));
}

function explains(cause: Finding, one: Finding): boolean {
  if (!isAbout(cause, one)) return false;
  const begin = one.beginSeconds ?? 0;
  const end = one.endSeconds ?? Number.MAX_VALUE;
  const from = Math.max(begin, (cause.beginSeconds ?? 0) - MARGIN_SECONDS);
  const to = Math.min(end, (cause.endSeconds ?? Number.MAX_VALUE) + MARGIN_SECONDS);
  return to > from && to - from >= SHARE * (end - begin);
}
