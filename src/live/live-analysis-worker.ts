/** The thread that analyzes a run while the session records it. */
import { parentPort } from "node:worker_threads";
import { serveAnalysis } from "./serve-analysis.ts";

serveAnalysis(parentPort);
