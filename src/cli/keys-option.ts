/** `--keys`, a log of the secrets of TLS sessions. */
import { readFile } from "node:fs";
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
  let keys: string;
  try {
    keys = await readFileAsync(path, "latin1");
  } catch (error) {
    throw new Failure(message("keysNotRead", path, systemReason(error)));
  }
  const log = new KeyLog();
  log.add(`${keys}\n`);
  if (log.size === 0) throw new Failure(message("noKeys", path));
  return { keys };
}
