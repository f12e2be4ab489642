/** Why an engine can't record and what to do, in one line. Taken from its last output, which differs by program and version. */
import { Failure } from "../../failure.ts";
import type { Ending } from "./child-capture.ts";
import { interfaceNames } from "./interface-names.ts";
import type { EngineRequest } from "./live-capture.ts";

/** A `Failure` that another engine may not have: the program is missing, not allowed, or not made for the request. */
export class EngineUnsuited extends Failure {
  /** Whether it is not installed at all. */
  readonly isMissing: boolean;

  constructor(message: string, { isMissing = false } = {}) {
    super(message);
    this.isMissing = isMissing;
  }
}

/** The program `name` is not there; `install` is the command that changes this. */
export function missingEngine(name: string, install: string): EngineUnsuited {
  return new EngineUnsuited(`${name} is not installed; install it: ${install}`, { isMissing: true });
}

/** The engine whose ending is to be explained. */
export interface EndedEngine {
  /** Its name: `dumpcap`. */
  readonly name: string;
  readonly request: Pick<EngineRequest, "interfaces" | "filter" | "launcher">;
  /** How to get the permission to capture, as the end of a sentence. */
  readonly permission: string;
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
      const missing = found[1] ?? interfaces.find((name) => !names.includes(name)) ?? interfaces[0];
      const existing = names.length === 0 ? "" : `; there are ${names.join(", ")}`;
      return new Failure(`${missing}: no such interface${existing}`);
    },
  },
  {
    pattern: /permission|not permitted|Permission denied/i,
    failure: (engine) =>
      new EngineUnsuited(
        `${engine.request.interfaces.join(", ")}: no permission to capture; ${engine.permission}`,
      ),
  },
  {
    pattern: /(?:[Dd]evice "?([^\s"]+)"? is not up|(\S+): That device is not up|\bdevice is not up)/,
    failure: (engine, found) => {
      const name = found[1] ?? found[2] ?? engine.request.interfaces[0];
      return new Failure(`${name}: the interface is down; bring it up: sudo ip link set ${name} up`);
    },
  },
  {
    // The last one is how cap 0.2.1 takes it: it aborts its process.
    pattern:
      /adapter "([^"]+)".*no longer|interface (?:disappeared|went down)|went out of scope|cb_packets.*Assertion/i,
    failure: (engine, found) => {
      const name = found[1] ?? engine.request.interfaces[0];
      return new Failure(`${name}: the interface is gone, so the capture ended; what came before is kept`);
    },
  },
  {
    pattern:
      /^That string isn't a valid capture filter \((.*)\)\.?$|^(?:\S+: )?(.*\b(?:filter expression|expression rejects|unknown (?:host|port|network|protocol|ether)|illegal|is not supported|no VLAN support).*)$/m,
    failure: (engine, found) =>
      new Failure(`capture filter "${engine.request.filter}": ${found[1] ?? found[2]}; see man pcap-filter`),
  },
];

/** Why `engine` ended although nobody stopped it. */
export function explainEnding(engine: EndedEngine, ending: Ending): Failure {
  const { name } = engine;
  if (ending.spawnError !== null)
    return new EngineUnsuited(`${name} could not be started (${ending.spawnError})`);
  const words = ending.lines.join("\n");
  for (const { pattern, failure } of PROBLEMS) {
    const found = pattern.exec(words);
    if (found !== null) return failure(engine, found);
  }
  const last = lastWords(name, ending.lines);
  if (ending.signal !== null)
    return new Failure(`${name} was ended by ${ending.signal}; what came before is kept`);
  return new Failure(`${name} ended by itself (status ${ending.status})${last === "" ? "" : `: ${last}`}`);
}

/** The last line that is no statistics, without the program's name. */
function lastWords(name: string, lines: readonly string[]): string {
  const line = lines.findLast((text) => !/packets? |^Capturing on |^File: |listening on /i.test(text)) ?? "";
  return line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
}
