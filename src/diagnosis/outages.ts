/** Times in which a backend was out, from its states: when the balancer turned away from it, and when it served again. */
import type { BackendState } from "../metrics/backend-state.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Finding, Outage } from "./finding.ts";

/** What is an outage: the others hurt some requests, but not most. */
function isOfOutage(finding: Finding): boolean {
  const { kind } = finding;
  return kind === "frozen" || kind === "takenOut" || (kind === "failing" && !finding.isThin);
}

/** @param run with its told states */
export function outagesOf({ pairs }: RunMetrics, findings: readonly Finding[]): readonly Outage[] {
  return pairs.flatMap(({ name, states = [] }, pairIndex) => {
    const own = findings.filter((one) => one.pairIndex === pairIndex && isOfOutage(one));
    return outOfService(states)
      .filter(({ fromSeconds, toSeconds }) => own.some((one) => overlaps(one, fromSeconds, toSeconds)))
      .map(({ fromSeconds, toSeconds, isOver, leftSeconds }) => ({
        pair: name,
        pairIndex,
        beginSeconds: fromSeconds,
        failoverSeconds: leftSeconds === null ? null : leftSeconds - fromSeconds,
        recoverySeconds: isOver ? toSeconds - fromSeconds : null,
      }));
  });
}

/** A time in which a backend failed, or was asked nothing since it had. */
interface OutOfService {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Whether it served again. */
  readonly isOver: boolean;
  /** When the balancer first left it alone. */
  readonly leftSeconds: number | null;
}

function outOfService(states: readonly BackendState[]): readonly OutOfService[] {
  const spans: OutOfService[] = [];
  let isOut = false;
  for (const { state, fromSeconds, toSeconds } of states) {
    const last = spans.at(-1);
    if (isOut && last !== undefined) {
      isOut = state === "failing" || state === "silent";
      const leftSeconds = last.leftSeconds ?? (state === "silent" ? fromSeconds : null);
      spans[spans.length - 1] = isOut ? { ...last, toSeconds, leftSeconds } : { ...last, isOver: true };
    } else if (state === "failing") {
      isOut = true;
      spans.push({ fromSeconds, toSeconds, isOver: false, leftSeconds: null });
    }
  }
  return spans;
}

function overlaps({ beginSeconds, endSeconds }: Finding, fromSeconds: number, toSeconds: number): boolean {
  return (beginSeconds ?? 0) <= toSeconds && (endSeconds ?? Number.POSITIVE_INFINITY) >= fromSeconds;
}
