#!/usr/bin/env node
/** The command `lbqos`. The only place where the process ends. */
import { useCodeCache } from "./code-cache.ts";

useCodeCache();
const parts = [import("./report-error.ts"), import("./run-arguments.ts")] as const;
void Promise.all(parts).then(([{ reportError }, { runArguments }]) => {
  process.on("uncaughtException", (error) => process.exit(reportError(error)));
  runArguments(process.argv.slice(2))
    .catch(reportError)
    .then((status) => process.exit(status));
});
