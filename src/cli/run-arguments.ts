/** From arguments to an exit status. What a command needs is loaded when it is its turn, so that lbqos starts at once. */
import { prepareThread } from "../analysis/threads/prepared-thread.ts";
import { version } from "../version.ts";
import { writeText } from "./write-text.ts";

/**
 * @returns the exit status: one of `ExitStatus`, or that of the command that `lab exec` ran
 * @throws Failure and whatever else goes wrong; `reportError` knows what to say
 */
export async function runArguments(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === "--version" || first === "-V") {
    writeText("stdout", `${version()}\n`);
    return 0;
  }
  if (first === "analyze" && !args.some((arg) => arg.startsWith("--threads"))) prepareThread(args.slice(1));
  const { parseArguments } = await import("./parse-arguments.ts");
  const command = await parseArguments(args);
  switch (command.kind) {
    case "print":
      writeText("stdout", command.text);
      return 0;
    case "usage":
      writeText("stderr", command.text);
      return 2;
    case "analyze": {
      const { runAnalyze } = await import("./analyze/run-analyze.ts");
      return runAnalyze(command.request);
    }
    case "open": {
      const { runOpen } = await import("./open/run-open.ts");
      return runOpen(command.request);
    }
    case "exchanges": {
      const { runExchanges } = await import("./exchanges/run-exchanges.ts");
      return runExchanges(command.request);
    }
    case "path": {
      const { runPath } = await import("./path/run-path.ts");
      return runPath(command.request);
    }
    case "compare": {
      const { runCompare } = await import("./compare/run-compare.ts");
      return runCompare(command.request);
    }
    case "init": {
      const { runInit } = await import("./init/run-init.ts");
      return runInit(command.request);
    }
    case "audit": {
      const { runAudit } = await import("./audit/run-audit.ts");
      return runAudit(command.request);
    }
    case "live": {
      const { runLive } = await import("./live/run-live.ts");
      return runLive(command.request);
    }
    case "interfaces": {
      const { runInterfaces } = await import("./interfaces/run-interfaces.ts");
      return runInterfaces(command.request);
    }
    case "grafana": {
      const { runGrafana } = await import("./grafana/run-grafana.ts");
      return runGrafana(command.request);
    }
    case "testbed": {
      const { runTestbedCommand } = await import("./testbed/run-testbed-command.ts");
      return runTestbedCommand(command.request);
    }
    case "worker": {
      const { runWorker } = await import("./worker/run-worker.ts");
      return runWorker(command.request);
    }
    case "lab": {
      const { runLab } = await import("./lab/run-lab.ts");
      return runLab(command.request);
    }
  }
}
