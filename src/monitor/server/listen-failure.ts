/** Why the monitor can't listen, in one line. */
import { errorCode } from "../../capture/system-error.ts";
import { Failure } from "../../failure.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import { message } from "../../words/message.ts";

/** Ports below need root, or CAP_NET_BIND_SERVICE. */
const FIRST_FREE_PORT = 1024;

export function listenFailure(error: unknown, host: string, port: number): Failure {
  const code = errorCode(error);
  const place = endpointText(host, port);
  switch (code) {
    case "EADDRINUSE":
      return new Failure(message("portInUse", place));
    case "EACCES":
      return new Failure(message("mayNotListen", place, FIRST_FREE_PORT));
    case "EADDRNOTAVAIL":
      return new Failure(message("addressNotHere", place));
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Failure(message("hostUnknown", place, host));
    default:
      return new Failure(message("cannotListen", place, code));
  }
}
