import { getSystemErrorMap } from "node:util";

/** What the operating system says, without Node's wrapping: `no space left on device`. */
export function systemReason(error: unknown): string {
  if (error instanceof Error && "errno" in error && typeof error.errno === "number") {
    const [, reason] = getSystemErrorMap().get(error.errno) ?? [];
    if (reason !== undefined) return reason;
  }
  return error instanceof Error ? error.message : String(error);
}
