/** Health checks among the requests that were measured: they are quick, and nobody waits for them. */
import { sumOf } from "../metrics/run-totals.ts";
import { HEALTH_CHECKS } from "./display-filter.ts";
import type { HealthChecksFinding } from "./finding.ts";
import { placeOf, type Subject } from "./subject.ts";

const FEWEST = 3;
/** Of all requests: fewer change no figure, more are what the test is about. */
const LEAST_SHARE = 0.01;
const MOST_SHARE = 0.5;

export function findHealthChecks(subjects: readonly Subject[]): readonly HealthChecksFinding[] {
  return subjects.flatMap((subject) => {
    const { steps } = subject.timeline;
    const requests = sumOf(steps, ({ healthChecks }) => healthChecks);
    const asked = sumOf(steps, (step) => step.requests);
    if (requests < FEWEST || requests < LEAST_SHARE * asked || requests > MOST_SHARE * asked) return [];
    const place = placeOf(subject, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return [
      {
        kind: "healthChecks",
        ...place,
        displayFilter: `${place.displayFilter} && ${HEALTH_CHECKS}`,
        requests,
        failedRequests: 0,
        addedSeconds: null,
        certainty: "likely",
        asked,
      },
    ];
  });
}
