/** `lbqos lab`: does what its arguments ask for. */
import type { LabRequest } from "./lab-request.ts";

/** @throws Failure, PipeClosed, Interrupted */
export async function runLab(request: LabRequest): Promise<number> {
  switch (request.kind) {
    case "check": {
      const { runLabCheck } = await import("./run-lab-check.ts");
      return runLabCheck();
    }
    case "up": {
      const { runLabUp } = await import("./run-lab-up.ts");
      return runLabUp(request);
    }
    case "run": {
      const { runLabRun } = await import("./run-lab-run.ts");
      return runLabRun(request);
    }
    case "status": {
      const { runLabStatus } = await import("./run-lab-status.ts");
      return runLabStatus(request);
    }
    case "exec": {
      const { runLabExec } = await import("./run-lab-exec.ts");
      return runLabExec(request);
    }
    case "down": {
      const { runLabDown } = await import("./run-lab-down.ts");
      return runLabDown(request);
    }
  }
}
