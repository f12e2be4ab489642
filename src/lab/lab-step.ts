/** The lab room's noun: a plan, that is, steps as plain data. Nothing happens until `runSteps` takes them. */
import type { Message } from "../words/message.ts";

/** The action of a step. */
export type Action =
  /** Runs a program to its end. */
  | {
      readonly kind: "command";
      readonly argv: readonly string[];
      /** Where its standard output goes; absent: nowhere. */
      readonly output?: string;
      /** Seconds after which it is ended; absent: `COMMAND_SECONDS`. */
      readonly seconds?: number;
      /** Whether it comes before what else runs on the machine, see `preferProcess`. */
      readonly isPreferred?: boolean;
    }
  /** Starts a program that goes on running. */
  | {
      readonly kind: "start";
      /** Its name within the lab: `nginx`, `flask-fa`. */
      readonly process: string;
      readonly argv: readonly string[];
      /** Where its two outputs go. */
      readonly log: string;
      readonly environment?: Readonly<Record<string, string>>;
      /** Whether it comes before what else runs on the machine, see `preferProcess`. */
      readonly isPreferred?: boolean;
      /** Sign that it is ready: a TCP port that it listens on, or words in its log. */
      readonly ready: { readonly port: number } | { readonly words: string };
    }
  /** Ends a program that was started, and waits until it has ended. */
  | { readonly kind: "end"; readonly process: string; readonly signal: NodeJS.Signals }
  /** Only sends a signal to a program that was started. */
  | { readonly kind: "signal"; readonly process: string; readonly signal: NodeJS.Signals }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "write"; readonly path: string; readonly content: string }
  | { readonly kind: "remove"; readonly path: string }
  | { readonly kind: "copy"; readonly from: string; readonly to: string }
  | { readonly kind: "wait"; readonly seconds: number };

/** Undoes a step. Harmless if the step was never done, done in part, or undone already. */
export type Undo =
  /** Ends what was started under this name: with the signal, and after a while by force. */
  | { readonly kind: "end"; readonly process: string; readonly signal: NodeJS.Signals }
  /** Ends whatever runs in the network namespace, and removes it with everything in it. */
  | { readonly kind: "namespace"; readonly namespace: string }
  /** Removes a file, or a folder with what is in it. */
  | { readonly kind: "remove"; readonly path: string };

/** One step of a plan. */
export interface LabStep {
  /** Its purpose, as a phrase: `the balancer's host`. */
  readonly purpose: Message;
  readonly action: Action;
  /** `null` where there is nothing to take back that an earlier step's undo does not take with it. */
  readonly undo: Undo | null;
}
