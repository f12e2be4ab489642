/** What the arguments ask for, as one closed union: everything that lbqos can be told to do. */
import type { AnalyzeRequest } from "./analyze/analyze-request.ts";
import type { AuditRequest } from "./audit/audit-arguments.ts";
import type { CompareRequest } from "./compare/compare-request.ts";
import type { ExchangesRequest } from "./exchanges/exchanges-request.ts";
import type { GrafanaRequest } from "./grafana/grafana-arguments.ts";
import type { InitRequest } from "./init/init-arguments.ts";
import type { InterfacesRequest } from "./interfaces/interfaces-arguments.ts";
import type { LabRequest } from "./lab/lab-request.ts";
import type { LiveArguments } from "./live/live-request.ts";
import type { OpenRequest } from "./open/open-arguments.ts";
import type { PathRequest } from "./path/path-request.ts";
import type { TestbedArguments } from "./testbed/testbed-arguments.ts";
import type { WorkerRequest } from "./worker/worker-arguments.ts";

export type Command =
  /** Help or version, asked for. */
  | { readonly kind: "print"; readonly text: string }
  /** Help, because nothing was asked for. */
  | { readonly kind: "usage"; readonly text: string }
  | { readonly kind: "analyze"; readonly request: AnalyzeRequest }
  | { readonly kind: "open"; readonly request: OpenRequest }
  | { readonly kind: "exchanges"; readonly request: ExchangesRequest }
  | { readonly kind: "path"; readonly request: PathRequest }
  | { readonly kind: "compare"; readonly request: CompareRequest }
  | { readonly kind: "init"; readonly request: InitRequest }
  | { readonly kind: "audit"; readonly request: AuditRequest }
  | { readonly kind: "live"; readonly request: LiveArguments }
  | { readonly kind: "interfaces"; readonly request: InterfacesRequest }
  | { readonly kind: "grafana"; readonly request: GrafanaRequest }
  | { readonly kind: "testbed"; readonly request: TestbedArguments }
  | { readonly kind: "worker"; readonly request: WorkerRequest }
  | { readonly kind: "lab"; readonly request: LabRequest };

/** 0 done, 1 the work can't be done, 2 used wrongly, 3 a condition of `--fail-if` holds, 128 + signal when interrupted. */
export type ExitStatus = 0 | 1 | 2 | 3 | 130 | 143;
