/** The thread that analyses a run while the session records it. */
import { parentPort } from "node:worker_threads";
import { serveAnalysis } from "./serve-analysis.ts";

if (parentPort !== null) serveAnalysis(parentPort);
