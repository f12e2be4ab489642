import type { Plugin } from "vitest/config";

/** See `compile-engine.mjs`. */
export function enginePrograms(options?: {
  readonly asFiles?: boolean;
  readonly packed?: boolean;
  readonly debug?: boolean;
}): Plugin;
