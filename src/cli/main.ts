#!/usr/bin/env node
/** The command `lbqos`. The only place where the process ends. */
import { reportError } from "./report-error.ts";
import { runArguments } from "./run-arguments.ts";

process.on("uncaughtException", (error) => process.exit(reportError(error)));
runArguments(process.argv.slice(2))
  .catch(reportError)
  .then((status) => process.exit(status));
