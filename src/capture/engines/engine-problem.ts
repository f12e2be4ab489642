/** Why an engine can't record and what to do, in one line. Taken from its last output, which differs by program and version. */
import { Failure } from "../../failure.ts";
import { type Message, message } from "../../words/message.ts";
import type { Ending } from "./child-capture.ts";
import { interfaceNames } from "./interface-names.ts";
import type { EngineRequest } from "./live-capture.ts";

/** A `Failure` that another engine may not have: the program is missing, not allowed, or not made for the request. */
export class EngineUnsuited extends Failure {
  /** Whether it is not installed at all. */
  readonly isMissing: boolean;

  constructor(words: Message, { isMissing = false } = {}) {
    super(words);
    this.isMissing = isMissing;
  }
}

/** The program `name` is not there; `install` is the command that changes this. */
export function missingEngine(name: string, install: string): EngineUnsuited {
  return new EngineUnsuited(message("engineMissing", name, install), { isMissing: true });
}

/** The engine whose ending is to be explained. */
export interface EndedEngine {
  /** Its name: `dumpcap`. */
  readonly name: string;
  readonly request: Pick<EngineRequest, "interfaces" | "filter" | "launcher">;
  /** How to get the permission to capture, as the end of a sentence. */
  readonly permission: Message;
}

interface Problem {
  readonly pattern: RegExp;
  failure(engine: EndedEngine, found: RegExpExecArray): Failure;
}

/** Words of libpcap 1.9 … 1.10, dumpcap 2.6 … 4.6 and tcpdump 4.9 … 4.99; the first that is found counts. */
const PROBLEMS: readonly Problem[] = [
  {
    pattern: /no device named "([^"]+)"|No such device/i,
    failure: (engine, found) => {
      const { interfaces, launcher } = engine.request;
      const names = launcher === undefined ? interfaceNames() : [];
      const missing = found[1] ?? interfaces.find((name) => !names.includes(name)) ?? interfaces[0] ?? "";
      return new Failure(message("noSuchInterface", missing, names.join(", ")));
    },
  },
  {
    pattern: /permission|not permitted|Permission denied/i,
    failure: (engine) =>
      new EngineUnsuited(message("mayNotCapture", engine.request.interfaces.join(", "), engine.permission)),
  },
  {
    pattern: /(?:[Dd]evice "?([^\s"]+)"? is not up|(\S+): That device is not up|\bdevice is not up)/,
    failure: (engine, found) => {
      const name = found[1] ?? found[2] ?? engine.request.interfaces[0] ?? "";
      return new Failure(message("interfaceDown", name));
    },
  },
  {
    // The last one is how cap 0.2.1 takes it: it aborts its process.
    pattern:
      /adapter "([^"]+)".*no longer|interface (?:disappeared|went down)|went out of scope|cb_packets.*Assertion/i,
    failure: (engine, found) => {
      const name = found[1] ?? engine.request.interfaces[0] ?? "";
      return new Failure(message("interfaceGone", name));
    },
  },
  {
    pattern:
      /^That string isn't a valid capture filter \((.*)\)\.?$|^(?:\S+: )?(.*\b(?:filter expression|expression rejects|unknown (?:host|port|network|protocol|ether)|illegal|is not supported|no VLAN support).*)$/m,
    failure: (engine, found) =>
      new Failure(message("captureFilterWrong", engine.request.filter ?? "", found[1] ?? found[2] ?? "")),
  },
];

/** Why `engine` ended although nobody stopped it. */
export function explainEnding(engine: EndedEngine, ending: Ending): Failure {
  const { name } = engine;
  if (ending.spawnError !== null)
    return new EngineUnsuited(message("engineNotStarted", name, ending.spawnError));
  const words = ending.lines.join("\n");
  for (const { pattern, failure } of PROBLEMS) {
    const found = pattern.exec(words);
    if (found !== null) return failure(engine, found);
  }
  const last = lastWords(name, ending.lines);
  if (ending.signal !== null) return new Failure(message("engineKilled", name, ending.signal));
  return new Failure(message("engineEnded", name, ending.status, last));
}

/** The last line that is no statistics, without the program's name. */
function lastWords(name: string, lines: readonly string[]): string {
  const line = lines.findLast((text) => !/packets? |^Capturing on |^File: |listening on /i.test(text)) ?? "";
  return line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
}
