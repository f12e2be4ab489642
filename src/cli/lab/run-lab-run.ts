/** `lbqos lab run`: the study, its manifest, its report. */

import { join } from "node:path";
import { runStudy, studySeconds, studySteps } from "../../lab/run-study.ts";
import { planText, shellCommand, undoPlanText } from "../../lab/shell-text.ts";
import { parsePrintWidth } from "../../report/charts/print-size.ts";
import { chartFormats } from "../../report/charts/render-chart.ts";
import { say } from "../../words/say.ts";
import { wordsOf } from "../../words/words.ts";
import { abortOnSignal } from "../abort-on-signal.ts";
import { parseAnalysisPlan } from "../analysis-option.ts";
import { userLanguage } from "../language.ts";
import { startProgressLines } from "../progress-lines.ts";
import { writeText } from "../write-text.ts";
import type { LabRequest } from "./lab-request.ts";

type LabRunArguments = Extract<LabRequest, { kind: "run" }>;

const DOTS_PER_INCH = 300;

export async function runLabRun(request: LabRunArguments): Promise<number> {
  if (request.dryRun) {
    writeText("stdout", dryRunText(request) + estimate(request));
    return 0;
  }
  const show = startProgressLines(request.quiet);
  const { place, options, out } = request;
  const result = await abortOnSignal((signal) =>
    runStudy({ place, options, out, language: userLanguage(), signal, onProgress: show.update }),
  ).finally(show.stop);
  const words = wordsOf(userLanguage()).output.runsMade;
  const { runs, made, repeated, manifest } = result;
  writeText(
    "stdout",
    `${words.ofLab(runs, out, made, repeated, manifest)}
`,
  );
  if (!request.report) return 0;
  const { runCompare } = await import("../compare/run-compare.ts");
  return runCompare({
    path: out,
    out: join(out, "report"),
    format: "terminal",
    parquet: null,
    language: null,
    keys: null,
    rating: {},
    charts: {
      formats: chartFormats,
      widthCm: parsePrintWidth("ieee-column"),
      dpi: DOTS_PER_INCH,
      withTitle: true,
    },
    analysis: parseAnalysisPlan({ cache: true }),
    queue: null,
    failIf: { conditions: [], junit: null },
    part: null,
    quiet: request.quiet,
  });
}

/** How long a grid will take; of one rate, which was never told, nothing. */
function estimate({ options }: LabRunArguments): string {
  const seconds = options.rates === undefined ? null : studySeconds(options);
  const { dryRun: words } = wordsOf(userLanguage()).output;
  return seconds === null ? "" : `\n## ${words.takes(Math.ceil(seconds / 60))}\n`;
}

/** Every command of the study in its order. */
export function dryRunText({
  place,
  options,
  out,
}: Pick<LabRunArguments, "place" | "options" | "out">): string {
  const { lab, runs } = studySteps(place, options, out);
  const language = userLanguage();
  const { dryRun: words } = wordsOf(language).output;
  const parts = runs.map(({ run, plan }) => {
    const during = plan.during
      .toSorted((a, b) => a.atSeconds - b.atSeconds)
      .map(({ atSeconds, step }) =>
        atSeconds === 0
          ? planText([step], language)
          : `sleep ${atSeconds} # ${words.afterStart}\n${planText([step], language)}`,
      );
    return [
      `\n## ${say(run.title, language)}\n`,
      planText(plan.before, language),
      `# ${words.recorded(plan.recorder.host.title, run.capture)}\n${shellCommand(plan.recorder.command)} &\nsleep ${plan.leadSeconds}\n`,
      ...during,
      planText(plan.closing, language),
      `# ${words.settles}\nsleep ${plan.settleSeconds}\n# ${words.recorderEnds}\nkill -INT PID-OF-dumpcap\n`,
      planText(plan.after, language),
      planText(plan.restore, language),
      `# ${words.runIsWhole}\n${shellCommand(["mv", plan.folder, join(out, run.folder)])}\n`,
    ].join("");
  });
  return `${planText(lab, language)}${parts.join("")}\n## ${words.end}\n${undoPlanText(lab, language)}`;
}
