/** The best engine there is, or the one that was chosen. */
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { openCap } from "./cap.ts";
import { openDumpcap } from "./dumpcap.ts";
import { EngineUnsuited } from "./engine-problem.ts";
import { type EngineName, type EngineRequest, engineNames, type LiveCapture } from "./live-capture.ts";
import { openTcpdump } from "./tcpdump.ts";

const OPENERS: Readonly<Record<EngineName, (request: EngineRequest) => Promise<LiveCapture>>> = {
  dumpcap: openDumpcap,
  tcpdump: openTcpdump,
  cap: openCap,
};

/**
 * Starts a capture: by `choice`, or by the first of `engineNames` that is installed, allowed and fit for the request.
 * Resolves once it captures: frames that pass from then on are in the stream.
 * @throws Failure no such interface, no permission, interface down, wrong filter, program missing; says what to do
 */
export async function openEngine(request: EngineRequest, choice?: EngineName): Promise<LiveCapture> {
  if (request.interfaces.length === 0) throw new Failure(message("noInterfaceGiven"), 2);
  if (choice !== undefined) return OPENERS[choice](request);
  const unsuited: EngineUnsuited[] = [];
  for (const name of engineNames) {
    try {
      return await OPENERS[name](request);
    } catch (error) {
      if (!(error instanceof EngineUnsuited)) throw error;
      unsuited.push(error);
    }
  }
  // The best engine that is there at all says best what it wants.
  throw unsuited.find(({ isMissing }) => !isMissing) ?? unsuited[0] ?? new Failure(message("noEngine"));
}
