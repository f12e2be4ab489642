/**
 * Paths by which balancers and orchestrators ask whether a server is well, by what their documentation uses: Kubernetes (`/healthz`,
 * `/livez`, `/readyz`), Spring Boot (`/actuator/health`), Prometheus (`/-/healthy`, `/-/ready`), and plain names.
 */

/** Their `pathHash`. */
const HASHES: i32[] = [
  // /health
  1_923_151_932,
  // /healthz
  -1_184_442_830,
  // /healthcheck
  -239_564_396,
  // /health/live
  -508_627_205,
  // /health/ready
  -792_051_792,
  // /livez
  1_303_547_970,
  // /readyz
  736_112_997,
  // /ping
  40_498_518,
  // /-/healthy
  -1_731_908_237,
  // /-/ready
  897_963_929,
  // /actuator/health
  887_672_324,
];

/** @param hash `pathHash` of a request */
export function isHealthCheck(hash: i32): boolean {
  for (let index: i32 = 0; index < HASHES.length; index++) if (HASHES[index] === hash) return true;
  return false;
}
