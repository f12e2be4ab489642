/** `--keys`, a log of the secrets of TLS sessions. */
import { closeSync, openSync, readFile, readSync } from "node:fs";
import { promisify } from "node:util";
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { KeyLog } from "../tls/key-log.ts";
import { message } from "../words/message.ts";
import { helpWords } from "./help-text.ts";
import { systemReason } from "./system-reason.ts";

const readFileAsync = promisify(readFile);

/** What commander makes of the option. */
export interface KeysOptionText {
  readonly keys?: string;
}

/** @param conflicts options that send work elsewhere, where keys must not go */
export function addKeysOption(subcommand: Subcommand, ...conflicts: string[]): void {
  subcommand.addOption(new Option("--keys <file>", helpWords().shared.keys).conflicts(conflicts));
}

/**
 * Reads the log, if there is one to read.
 * @throws Failure where it can't be read, or has no secrets
 */
export async function readKeys(path: string | null): Promise<Pick<AnalysisOptions, "keys">> {
  if (path === null) return {};
  const keys = await readFileAsync(path, "latin1").catch((error: unknown) => {
    throw notRead(path, error);
  });
  const log = new KeyLog();
  log.add(`${keys}\n`);
  if (log.size === 0) throw new Failure(message("noKeys", path));
  return { keys };
}

/**
 * Looks whether a log that grows meanwhile can be read: it may be empty, or not there yet.
 * @throws Failure where it can't
 */
export function checkKeys(path: string | null): void {
  if (path === null) return;
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, new Uint8Array(1));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw notRead(path, error);
  }
}

function notRead(path: string, error: unknown): Failure {
  return new Failure(message("keysNotRead", path, systemReason(error)));
}
