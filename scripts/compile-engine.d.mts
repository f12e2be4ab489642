import type { Plugin } from "vitest/config";

/** See `wasm-programs.mjs`. */
export function compileProgram(room: string): Promise<Uint8Array>;
export function enginePrograms(options?: { readonly asFiles?: boolean }): Plugin;
