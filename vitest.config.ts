import { defineConfig } from "vitest/config";
import { followerProgram } from "./test/setup/follower-program.mjs";

export default defineConfig({
  plugins: [followerProgram()],
  define: { ASC_TARGET: "0" },
  test: {
    include: ["test/**/*.test.ts"],
    // Some tests run tshark, or lbqos itself, on whole captures, on machines of two slow cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: "forks",
    reporters: ["default", "./test/setup/closing-line.ts"],
  },
});
