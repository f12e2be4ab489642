/** `version.ts` in a page: the bundler knows the version. */

/** Put in by the bundler. */
declare const LBQOS_VERSION: string;

export function version(): string {
  return LBQOS_VERSION;
}

({ version }) satisfies typeof import("../../version.ts");
