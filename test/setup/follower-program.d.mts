import type { Plugin } from "vitest/config";

/** See `follower-program.mjs`. */
export function compileFollower(more?: readonly string[]): Promise<Uint8Array>;
export function followerProgram(): Plugin;
