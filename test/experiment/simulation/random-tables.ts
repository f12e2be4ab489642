/** Random results tables for the comparison with R: ties, constants, missing values, and scales from 10⁻¹² to 10¹². */
import { normalNumbers, uniformNumbers } from "./simulated-experiment.ts";

const COLUMNS = [
  "throughput_mbps",
  "packet_loss_percent",
  "delay_ms",
  "time_to_first_byte_mean_ms",
  "rtt_p50_ms",
];
const SEED = 2026;

/** So many tables as CSV; those with even numbers (from 1) are blocks. */
export function randomTables(count: number): string[] {
  const uniform = uniformNumbers(SEED);
  const normal = normalNumbers(uniform);
  const upTo = (max: number) => Math.floor(uniform() * max);
  return Array.from({ length: count }, () => {
    const methods = 2 + upTo(3);
    const backends = 1 + upTo(3);
    const runs = 5 + upTo(16);
    const kinds = COLUMNS.map(() => ({
      scale: 10 ** (upTo(25) - 12),
      ties: uniform() < 0.4,
      constant: uniform() < 0.08,
    }));
    const lines = [`method,backend,run,requests,${COLUMNS.join(",")}`];
    for (let method = 0; method < methods; method++) {
      for (let backend = 0; backend < backends; backend++) {
        for (let run = 1; run <= runs; run++) {
          if (uniform() < 0.03) continue;
          const values = kinds.map(({ scale, ties, constant }, column) => {
            if (uniform() < 0.04) return "";
            const one = constant ? 3 : 5 * Math.exp(0.4 * normal() + 0.2 * method);
            // A share in percent has no scale.
            const value = column === 1 ? Math.min(90, one) : one * scale;
            return ties ? Number(value.toPrecision(1)) : value;
          });
          lines.push(`m${method},B${backend},${run},${1 + upTo(999)},${values.join(",")}`);
        }
      }
    }
    return lines.join("\n");
  });
}
