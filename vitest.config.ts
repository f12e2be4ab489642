import { defineConfig } from "vitest/config";
import { enginePrograms } from "./scripts/compile-engine.mjs";

/**
 * `npm run test:quick` is for the time between two edits: whatever runs commands, waits for a clock or reads whole captures
 * is left to `npm test`, and files share their modules.
 */
const isQuickRun = process.env["LBQOS_TESTS"] === "quick";
const LEFT_OUT_OF_QUICK = [
  "test/{cli,docs,faults,known-truth,lab,live,monitor,setup,study}/**",
  "test/analysis/**",
  "test/engine/{counting,tracking}.test.ts",
  "test/engine/http/limits.test.ts",
  "test/engine/records/two-halves.test.ts",
  "test/engine/tcp/*.property.test.ts",
  "test/packet/any-bytes.test.ts",
  "test/experiment/simulation/**",
  "test/report/charts/**",
  "test/{fixtures,package}.test.ts",
];

export default defineConfig({
  plugins: [enginePrograms()],
  define: { ASC_TARGET: "0" },
  test: {
    include: ["test/**/*.test.ts"],
    // Some tests run tshark, or lbqos itself, on whole captures, on machines of two slow cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    ...(isQuickRun ? { pool: "threads", isolate: false, exclude: LEFT_OUT_OF_QUICK } : { pool: "forks" }),
    reporters: ["default", "./test/setup/closing-line.ts"],
  },
});
