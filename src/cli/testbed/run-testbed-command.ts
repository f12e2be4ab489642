/** `lbqos run`: makes the runs of an experiment on the user's own testbed. */

import { parseManifest } from "../../experiment/manifest/parse-manifest.ts";
import { Failure } from "../../failure.ts";
import { runTestbed, testbedText } from "../../lab/run-testbed.ts";
import { planTestbed } from "../../lab/testbed-plan.ts";
import { printableText } from "../../report/printable-text.ts";
import { readText, resolveExperiment } from "../../study/experiment-path.ts";
import { filesFor } from "../../study/list-files.ts";
import { message } from "../../words/message.ts";
import { wordsOf } from "../../words/words.ts";
import { abortOnSignal } from "../abort-on-signal.ts";
import { userLanguage } from "../language.ts";
import { startProgressLines } from "../progress-lines.ts";
import { quotedWord } from "../quoted-word.ts";
import { writeText } from "../write-text.ts";
import type { TestbedArguments } from "./testbed-arguments.ts";

/** @throws Failure, PipeClosed, Interrupted */
export async function runTestbedCommand({
  path,
  runs,
  order,
  dryRun,
  quiet,
}: TestbedArguments): Promise<number> {
  const at = await resolveExperiment(path);
  if (at.kind !== "manifest") {
    throw new Failure(message("notManifest", path));
  }
  const manifest = parseManifest(await readText(at.path), at.path);
  const patterns = manifest.methods.flatMap(({ captures }) => captures.flatMap(({ files }) => files));
  const plan = planTestbed(manifest, await filesFor(patterns, at.folder), runs, at.path, order);
  const there = plan.total - plan.missing.length;
  const words = wordsOf(userLanguage()).output.runsMade;
  if (dryRun) {
    const count = words.toMake(plan.missing.length, there);
    writeText(
      "stdout",
      `${printableLines(testbedText(plan, userLanguage()))}
${count}
`,
    );
    return 0;
  }
  const show = startProgressLines(quiet);
  const repeated = await abortOnSignal((signal) =>
    runTestbed({ plan, manifest, folder: at.folder, signal, onProgress: show.update }),
  ).finally(show.stop);
  const command = `lbqos compare ${quotedWord(path)}`;
  writeText(
    "stdout",
    `${words.ofTestbed(plan.total, plan.missing.length, there, repeated, command)}
`,
  );
  return 0;
}

function printableLines(text: string): string {
  return text.split("\n").map(printableText).join("\n");
}
