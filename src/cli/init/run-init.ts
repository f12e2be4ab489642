/** `lbqos init`: writes the manifest that a folder's layout suggests. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { formatManifest } from "../../experiment/manifest/format-manifest.ts";
import type { Manifest } from "../../experiment/manifest/manifest.ts";
import { Failure } from "../../failure.ts";
import { printableText } from "../../report/printable-text.ts";
import { MANIFEST_NAME } from "../../study/experiment-path.ts";
import { inferExperiment } from "../../study/infer-experiment.ts";
import { message } from "../../words/message.ts";
import { wordsOf } from "../../words/words.ts";
import type { ExitStatus } from "../command.ts";
import { interruptible } from "../interrupted.ts";
import { userLanguage } from "../language.ts";
import { printLine } from "../print-line.ts";
import { startProgress } from "../progress.ts";
import { quotedWord } from "../quoted-word.ts";
import { writeFile } from "../write-file.ts";
import { writeText } from "../write-text.ts";
import type { InitRequest } from "./init-arguments.ts";

/** @throws Failure, PipeClosed, Interrupted */
export async function runInit({
  folder,
  language,
  force,
  analysis,
  quiet,
}: InitRequest): Promise<ExitStatus> {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined) throw new Failure(message("noSuchFolder", folder));
  if (!status.isDirectory()) {
    throw new Failure(message("initTakesFolder", folder));
  }
  const path = join(folder, MANIFEST_NAME);
  if (existsSync(path) && !force) {
    throw new Failure(message("manifestIsThere", path));
  }
  const progress = startProgress(quiet);
  const inferred = await interruptible((signal) =>
    inferExperiment(folder, { ...analysis, signal, language, onProgress: progress.update }),
  ).finally(progress.stop);
  writeFile(path, formatManifest(inferred.manifest));
  writeText("stdout", summary(path, inferred.manifest, inferred.captures));
  if (!quiet) {
    for (const line of inferred.unreadable) {
      printLine(message("warning", message("nothingLearned", line)));
    }
  }
  return 0;
}

function summary(path: string, { methods, backends, balancer }: Manifest, captures: number): string {
  const words = wordsOf(userLanguage()).output.init;
  const row = (name: string, value: string) => `  ${name.padEnd(10)}${value}`;
  const lines = [
    words.understood(path, captures),
    ...methods.map(({ name, baseline }) =>
      row(words.method, baseline ? `${name} (${words.withoutBalancer})` : name),
    ),
    row(words.balancer, balancer ?? words.noBalancer),
    ...backends.map(({ name, address, port }) =>
      row(words.backend, words.backendAt(name, port === undefined ? address : `${address}:${port}`)),
    ),
    words.next(`lbqos compare ${quotedWord(path)}`),
  ];
  return `${lines.map(printableText).join("\n")}\n`;
}
