/** Deliberate faults of a backend during a run. */
import { message } from "../words/message.ts";
import { behaviourPath } from "./flask-app.ts";
import { BACKENDS, type BackendName, type HostSettings } from "./lab-hosts.ts";
import type { LabPlace } from "./lab-place.ts";
import type { Action, LabStep } from "./lab-step.ts";
import { backendProcess, backendStep } from "./plan-lab.ts";

export type BackendChange =
  /** Ended at once: its connections are reset, new ones refused. */
  | { readonly kind: "stop" }
  /** Started again. */
  | { readonly kind: "start" }
  /** Takes connections, and answers none. */
  | { readonly kind: "freeze" }
  /** Goes on after `freeze`. */
  | { readonly kind: "thaw" }
  /** Seconds by which every answer is delayed. */
  | { readonly kind: "slow"; readonly seconds: number }
  /** Every answer is a failure with this status, 400 … 599. */
  | { readonly kind: "fail"; readonly status: number }
  /** Neither slow nor failing any more. */
  | { readonly kind: "normal" };

export interface LabEvent {
  /** Seconds after the load was started. */
  readonly atSeconds: number;
  readonly backend: BackendName;
  readonly change: BackendChange;
}

/** An event in words: `0.5 s: fa stop`. */
export function eventText({ atSeconds, backend, change }: LabEvent): string {
  const value =
    change.kind === "slow" ? `=${change.seconds}` : change.kind === "fail" ? `=${change.status}` : "";
  return `${atSeconds} s: ${backend} ${change.kind}${value}`;
}

/** The action that causes it. */
export function eventStep(place: LabPlace, event: LabEvent, hosts: HostSettings): LabStep {
  const host = BACKENDS.find(({ name }) => name === event.backend) ?? BACKENDS[0];
  const purpose = message("atEvent", eventText(event));
  if (event.change.kind === "start") return { ...backendStep(place, host, hosts), purpose };
  return { purpose, action: changeAction(place, event), undo: null };
}

function changeAction({ folder }: LabPlace, { backend, change }: LabEvent): Action {
  const process = `flask-${backend}`;
  const path = behaviourPath(folder, backend);
  switch (change.kind) {
    case "stop":
    case "start":
      return { kind: "end", process, signal: "SIGKILL" };
    case "freeze":
      return { kind: "signal", process, signal: "SIGSTOP" };
    case "thaw":
      return { kind: "signal", process, signal: "SIGCONT" };
    case "slow":
      return { kind: "write", path, content: `slow ${change.seconds}\n` };
    case "fail":
      return { kind: "write", path, content: `fail ${change.status}\n` };
    case "normal":
      return { kind: "remove", path };
  }
}

/** Restores all backends that events touched. */
export function restoringSteps(place: LabPlace, events: readonly LabEvent[], hosts: HostSettings): LabStep[] {
  return BACKENDS.filter(({ name }) => events.some(({ backend }) => backend === name)).flatMap(
    (host): LabStep[] => [
      {
        purpose: message("behavesAgain", host.title),
        action: { kind: "remove", path: behaviourPath(place.folder, host.name) },
        undo: null,
      },
      {
        purpose: message("beginsAnew", host.title),
        action: { kind: "end", process: backendProcess(host), signal: "SIGKILL" },
        undo: null,
      },
      backendStep(place, host, hosts),
    ],
  );
}
