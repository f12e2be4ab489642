/** The project's own captures, whose truth is known: see fixtures/captures/README.md. */
import { fileURLToPath } from "node:url";

export const CAPTURES = new URL("../../fixtures/captures/", import.meta.url);

export function capturePath(name: string): string {
  return fileURLToPath(new URL(name, CAPTURES));
}

/** The balancer and the backends of the testbed, by the names of the truth files. */
export const BALANCER = "192.168.56.103";
export const BACKENDS = { fa: "192.168.56.109", fb: "192.168.56.113", fc: "192.168.56.110" } as const;
