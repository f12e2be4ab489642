/** How a lab's balancer is to share requests, whichever program it is. */
import type { LabProtocols } from "./lab-protocols.ts";

export const balancerNames = ["nginx", "haproxy"] as const;
export type BalancerName = (typeof balancerNames)[number];

/** Methods by which the lab's balancer can share requests. */
export const balancingMethods = [
  "round-robin",
  "least-connection",
  "ip-hash",
  "random-two",
  "consistent-hash",
] as const;
export type BalancingMethod = (typeof balancingMethods)[number];

/** How the balancer is set up. */
export interface BalancingPlan {
  /** Absent: nginx. */
  readonly balancer?: BalancerName;
  readonly method: BalancingMethod;
  /** Whether connections to the backends are kept for further requests. */
  readonly keepAlive: boolean;
  /** Worker processes, 1 or more: each shares out requests by itself, and keeps connections of its own. */
  readonly workers: number;
  /** Backends with their weights, positive whole numbers; 1 is not written down. */
  readonly backends: readonly { readonly address: string; readonly weight: number }[];
  readonly protocols: LabProtocols;
}
