/** `--http` and `--token`, which say where the live page is served. */

import { isIP } from "node:net";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import type { PageRequest } from "./live-request.ts";

/** The variable that keeps a token out of the list of processes, where every user of the machine reads command lines. */
export const TOKEN_VARIABLE = "LBQOS_TOKEN";

const LOOPBACK = "127.0.0.1";
const HIGHEST_PORT = 65535;

/**
 * @param http `8080`, `:8080`, `127.0.0.1:8080`, `localhost:8080`, `[::1]:8080`; without a host, loopback
 * @throws Failure (status 2)
 */
export function parsePage(
  http: string | undefined,
  token: string | undefined,
  environment: NodeJS.ProcessEnv,
): PageRequest | null {
  if (http === undefined) {
    if (token !== undefined) throw new Failure(message("tokenNeedsHttp"), 2);
    return null;
  }
  const match = /^(?:(?:\[([^\]]*)\]|([^:]*)):)?(\d{1,5})$/.exec(http.trim());
  const [, bracketed, plain, digits = ""] = match ?? [];
  const port = Number(digits);
  if (match === null || port > HIGHEST_PORT || (bracketed !== undefined && isIP(bracketed) !== 6)) {
    throw new Failure(message("notListenPlace", http), 2);
  }
  const fromEnvironment = environment[TOKEN_VARIABLE];
  return {
    host: bracketed ?? (plain === undefined || plain === "" ? LOOPBACK : plain),
    port,
    token: token ?? (fromEnvironment === undefined || fromEnvironment === "" ? null : fromEnvironment),
  };
}
