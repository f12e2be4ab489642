import { configDefaults, defineConfig } from "vitest/config";
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

const EVERY_TEST = ["test/**/*.test.ts"];
/** Tests that make load, measure times or memory, or own a testbed: beside another file they would measure that one. */
const ALONE = [
  "test/{diagnosis,known-truth,lab,live}/**/*.test.ts",
  "test/analysis/memory.test.ts",
  "test/capture/engines/**/*.test.ts",
  "test/cli/{foreground,large-file,live-network}.test.ts",
  "test/study/queue/queue.test.ts",
];

/** The others share the machine's cores first; then these have it for themselves, one after the other. */
const wholeRun = [
  {
    extends: true as const,
    test: {
      name: "together",
      include: EVERY_TEST,
      exclude: [...configDefaults.exclude, ...ALONE],
      maxWorkers: "100%",
      sequence: { groupOrder: 0 },
    },
  },
  {
    extends: true as const,
    test: { name: "alone", include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
  },
];

export default defineConfig({
  plugins: [enginePrograms()],
  define: { ASC_TARGET: "0" },
  test: {
    // Some tests run tshark, or lbqos itself, on whole captures, on machines of two slow cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    ...(isQuickRun
      ? { include: EVERY_TEST, exclude: LEFT_OUT_OF_QUICK, pool: "threads", isolate: false }
      : { pool: "forks", projects: wholeRun }),
    reporters: ["default", "./test/setup/closing-line.ts"],
  },
});
