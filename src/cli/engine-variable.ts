/** The environment variable `LBQOS_ENGINE`: what runs the engine. `plain` is for debuggers: see src/engine/README.md. */
import type { FileAnalysisOptions } from "../analysis/analyze.ts";
import { Failure } from "../failure.ts";

/** @throws Failure (status 2) where the variable names no engine */
export async function engineOfEnvironment(): Promise<Pick<FileAnalysisOptions, "engine">> {
  const name = process.env["LBQOS_ENGINE"] ?? "compiled";
  if (name === "compiled") return {};
  if (name !== "plain") throw new Failure(`LBQOS_ENGINE is '${name}'; it can be 'compiled' or 'plain'`, 2);
  const { plainEngine } = await import("../analysis/plain.ts");
  return { engine: plainEngine };
}
