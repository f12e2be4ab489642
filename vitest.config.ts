import { defineConfig } from "vitest/config";
import { enginePrograms } from "./scripts/compile-engine.mjs";

export default defineConfig({
  plugins: [enginePrograms()],
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
