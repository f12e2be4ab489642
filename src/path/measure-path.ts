/** Two taps of one path, from their captures to its metrics. */
import { describedPath } from "./match-captures.ts";
import type { PathMetrics } from "./path-metrics.ts";
import type { PathOptions, TapSource } from "./path-options.ts";

/**
 * Measures the path between two taps: delay, loss, variation and order of each packet that passed both.
 * @param first the tap nearer to those who open connections, such as the balancer
 * @param second the tap farther from them, such as a backend
 * @throws Failure where a capture can't be read, or where they are not two taps of one path: nothing in common, or the same recording
 */
export async function measurePath(
  first: TapSource,
  second: TapSource,
  options: PathOptions = {},
): Promise<PathMetrics> {
  return (await describedPath(first, second, options)).path;
}
