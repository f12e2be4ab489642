import { defineConfig } from "vitest/config";

export default defineConfig({
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
