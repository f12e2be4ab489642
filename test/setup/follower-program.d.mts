import type { Plugin } from "vitest/config";

/** See `follower-program.mjs`. */
export function compileFollower(): Promise<Uint8Array>;
export function followerProgram(): Plugin;
