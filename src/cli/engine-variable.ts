/** The environment variable `LBQOS_ENGINE`: what runs the engine. `plain` is for debuggers: see src/engine/README.md. */
import type { FileAnalysisOptions } from "../analysis/analyze.ts";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** @throws Failure (status 2) where the variable names no engine */
export async function engineOfEnvironment(): Promise<Pick<FileAnalysisOptions, "engine">> {
  const name = process.env["LBQOS_ENGINE"] ?? "compiled";
  if (name === "compiled") return {};
  if (name !== "plain") throw new Failure(message("notEngine", name), 2);
  const { plainEngine } = await import("../analysis/plain.ts");
  return { engine: plainEngine };
}
