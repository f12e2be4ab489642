/** Starting to listen, and why that fails, in one line. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { errorCode } from "../../capture/system-error.ts";
import { Failure } from "../../failure.ts";
import { endpointText } from "../../metrics/endpoints.ts";
import { message } from "../../words/message.ts";

/** Ports below need root, or CAP_NET_BIND_SERVICE. */
const FIRST_FREE_PORT = 1024;

/**
 * Listens on a TCP port; from then on errors of the server itself are lost connections, no end of it.
 * @param port 0: any that is free
 * @returns where it listens
 * @throws Failure where the address can't be had
 */
export function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => reject(listenFailure(error, host, port));
    server.once("error", refuse);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", refuse);
      // Out of file descriptors while accepting: that connection is lost, the others go on.
      server.on("error", () => {});
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("a port was asked for"));
      else resolve(address);
    });
  });
}

/** The failure for an error of a server that can't listen. */
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
