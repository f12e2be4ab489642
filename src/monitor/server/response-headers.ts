/** The headers of every answer: nothing is cached, framed, sniffed, sent onward, or runs but what is named. */
import { createHash } from "node:crypto";

/** Nothing may be loaded or run, framed or sent. */
export const STRICTEST_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": STRICTEST_POLICY,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** A policy for a page with one style and one script in it, allowed by their hashes (CSP level 3). */
export function pagePolicy(style: string, script: string, more: readonly string[] = []): string {
  return [STRICTEST_POLICY, `style-src '${hashOf(style)}'`, `script-src '${hashOf(script)}'`, ...more].join(
    "; ",
  );
}

function hashOf(content: string): string {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}
