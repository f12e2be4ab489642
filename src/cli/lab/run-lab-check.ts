/** `lbqos lab check`. */
import { checkLab, type LabCheck } from "../../lab/check-lab.ts";
import { say } from "../../words/say.ts";
import { wordsOf } from "../../words/words.ts";
import { userLanguage } from "../language.ts";
import { writeText } from "../write-text.ts";

/** @returns 0 where a lab can run, 1 where something that it needs is missing */
export async function runLabCheck(): Promise<number> {
  const checks = await checkLab();
  writeText("stdout", checkText(checks));
  return checks.some(({ required, state }) => required && state === "missing") ? 1 : 0;
}

/** What is there and what is not, then what to do. */
export function checkText(checks: readonly LabCheck[]): string {
  const language = userLanguage();
  const words = wordsOf(language).output.lab;
  const lines = checks.map(({ what, state, required, remedy }) => {
    const word = state === "missing" && !required ? words.optional : words.states[state];
    const advice = remedy !== null && "advice" in remedy ? `: ${say(remedy.advice, language)}` : "";
    return `  ${state === "there" ? "✓" : state === "missing" ? "✗" : "?"} ${say(what, language)}: ${word}${advice}`;
  });
  const packagesOf = (isRequired: boolean) => [
    ...new Set(
      checks.flatMap(({ remedy, required }) =>
        remedy !== null && "debianPackage" in remedy && required === isRequired ? [remedy.debianPackage] : [],
      ),
    ),
  ];
  const install = (packages: readonly string[], why: string) =>
    packages.length === 0
      ? []
      : [`${why}: sudo apt-get install --no-install-recommends ${packages.join(" ")}`];
  const isReady = !checks.some(({ required, state }) => required && state === "missing");
  return `${[
    ...lines,
    isReady ? words.canRun : words.cannotRun,
    ...install(packagesOf(true), words.install),
    ...install(packagesOf(false), words.installRest),
  ].join("\n")}\n`;
}
