#!/usr/bin/env node
/** The command `lbqos`. The only place where the process ends. */
import { reportError } from "./report-error.ts";
import { runArguments } from "./run-arguments.ts";
import { keepYoungGenerationSmall } from "./young-generation.ts";

process.on("uncaughtException", (error) => process.exit(reportError(error)));
// Nothing is left that could go on, and nobody said that it was done: that is no success.
process.on("beforeExit", () => process.exit(reportError(new Error("ended before its work was done"))));
// Before the command's modules are loaded: what has grown stays large.
if (process.argv[2] === "live") keepYoungGenerationSmall();
runArguments(process.argv.slice(2))
  .catch(reportError)
  .then((status) => process.exit(status));
