/** Warnings about means over backends: where some of the backends are missing, they compare backends and not methods. */
import { type Warning, warningOf } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { experimentMetrics, type MetricKey } from "../experiment-metrics.ts";
import { isOneByOne } from "./method-runs.ts";
import type { MethodFacts, Observation, Observations } from "./observations.ts";

/** Methods whose runs lack a backend's values that other runs, or other methods, have. */
export function poolingWarnings({ methods, backends, list }: Observations): Warning[] {
  const keys = experimentMetrics
    .filter(({ key, isSummed, better }) => isSummed !== true && better !== null && key !== "requests")
    .map(({ key }) => key);
  return methods
    .filter((method) => !isOneByOne(method))
    .flatMap((method) =>
      backends.flatMap((backend) => {
        const lacking = runsWithout(method, backend, keys, list);
        return lacking.length === 0
          ? []
          : [
              warningOf(
                "pooled-without-backend",
                message("pooledWithout", method.name, backend, lacking),
                message("pooledWithoutAdvice"),
              ),
            ];
      }),
    );
}

function runsWithout(
  method: MethodFacts,
  backend: string,
  keys: readonly MetricKey[],
  list: readonly Observation[],
): number[] {
  const own = list.filter((one) => one.method === method.name && one.hasTraffic);
  const has = (one: Observation, key: MetricKey) => typeof one.values[key] === "number";
  // A backend that a method never sends anything has a warning of its own.
  if (!own.some((one) => one.backend === backend)) return [];
  const runs = [...new Set(own.map(({ run }) => run))];
  return runs.filter((run) => {
    const others = own.filter((one) => one.run === run && one.backend !== backend);
    const here = own.find((one) => one.run === run && one.backend === backend);
    return keys.some(
      (key) =>
        others.some((one) => has(one, key)) &&
        (here === undefined || !has(here, key)) &&
        list.some((one) => one.backend === backend && has(one, key)),
    );
  });
}
