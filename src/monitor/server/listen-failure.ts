/** Why the monitor can't listen, in one line. */
import { errorCode } from "../../capture/system-error.ts";
import { Failure } from "../../failure.ts";
import { endpointText } from "../../report/run/labelled-pair.ts";

/** Ports below need root, or CAP_NET_BIND_SERVICE. */
const FIRST_FREE_PORT = 1024;

export function listenFailure(error: unknown, host: string, port: number): Failure {
  const code = errorCode(error);
  const place = endpointText(host, port);
  switch (code) {
    case "EADDRINUSE":
      return new Failure(`The web page's port ${place} is in use: stop who uses it, or choose another port.`);
    case "EACCES":
      return new Failure(
        `No permission to listen on ${place}: ports below ${FIRST_FREE_PORT} need root; choose a higher one.`,
      );
    case "EADDRNOTAVAIL":
      return new Failure(
        `The web page can't listen on ${place}: no interface of this machine has that address; 127.0.0.1 is always there.`,
      );
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Failure(
        `The web page can't listen on ${place}: no address is known for ${host}; give an address such as 127.0.0.1.`,
      );
    default:
      return new Failure(`The web page can't listen on ${place}: ${code}; choose another address or port.`);
  }
}
