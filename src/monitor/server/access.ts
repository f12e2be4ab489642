/**
 * Who may ask the monitor: on loopback whoever asks by a loopback name (a page from elsewhere whose name was made to point
 * here, DNS rebinding, does not), elsewhere who knows the token. Pages from other origins may ask nothing.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Message, message } from "../../words/message.ts";

export interface AccessRules {
  /** Address or name that the server listens on. */
  readonly host: string;
  /** `null`: none is wanted. */
  readonly token: string | null;
  /** Name of the cookie that a browser keeps once it showed the token. */
  readonly cookieName: string;
}

export type Verdict =
  | { readonly kind: "allowed" }
  /** The token stood in the address: the browser gets a cookie in its place. */
  | { readonly kind: "signed-in"; readonly cookie: string }
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly why: Message };

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1|::ffff:127(\.\d{1,3}){3})$/i;

/** Whether an address or name means this machine itself, whoever else may reach it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * @param headers of the request
 * @param tokenInAddress the value of `?token=`, `null` without one
 */
export function judge(
  { host, token, cookieName }: AccessRules,
  headers: IncomingHttpHeaders,
  tokenInAddress: string | null,
): Verdict {
  const asked = headers.host ?? "";
  if (isLoopback(host) && !isLoopback(hostName(asked)) && hostName(asked) !== host.toLowerCase()) {
    return { kind: "refused", status: 403, why: message("hostElsewhere") };
  }
  if (isFromElsewhere(headers, asked)) {
    return { kind: "refused", status: 403, why: message("pageFromElsewhere") };
  }
  if (token === null) return { kind: "allowed" };
  if (tokenInAddress !== null && isSame(tokenInAddress, token)) {
    return { kind: "signed-in", cookie: cookieValue(token) };
  }
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined && isSame(bearer, token)) return { kind: "allowed" };
  const cookie = cookieNamed(cookieName, headers.cookie ?? "");
  if (cookie !== null && isSame(cookie, cookieValue(token))) return { kind: "allowed" };
  return { kind: "refused", status: 401, why: message("tokenWanted") };
}

/** Browsers name the origin of what asks (RFC 6454, Fetch Metadata); following a link from elsewhere is no harm. */
function isFromElsewhere(headers: IncomingHttpHeaders, asked: string): boolean {
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${asked.toLowerCase()}`) return true;
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return false;
  return headers["sec-fetch-mode"] !== "navigate" || headers["sec-fetch-dest"] !== "document";
}

/** The host of a Host header, without port and brackets, in lower case. */
function hostName(asked: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(asked);
  return (bracketed?.[1] ?? asked.replace(/:\d*$/, "")).toLowerCase();
}

/**
 * Cookies go to every port of a host, so the cookie is not the token itself. The same token gives the same cookie: a
 * browser stays signed in over a restart.
 */
function cookieValue(token: string): string {
  return createHmac("sha256", token).update("lbqos monitor").digest("base64url");
}

function cookieNamed(name: string, header: string): string | null {
  for (const part of header.split(";")) {
    const [key = "", value = ""] = part.trim().split("=", 2);
    if (key === name) return value;
  }
  return null;
}

/** Takes the same time whatever the texts share: digests of one length are compared. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
