/**
 * Tests that need a real program beside lbqos: `needs("tshark")("second opinion", () => { … })` is a `describe` that is
 * skipped where the program is missing, with the reason in its title. In CI (`CI=true`) a missing program is a failure.
 */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";

/** Debian keeps servers and network tools in folders that are not on every user's PATH. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];

/** Debian packages by the program that the tests want of them, from the list that `npm test` installs from. */
export function readSystemPackages(): ReadonlyMap<string, string> {
  const list = readFileSync(new URL("../scripts/system-packages.txt", import.meta.url), "utf8");
  const packages = new Map<string, string>();
  for (const line of list.split("\n")) {
    const [program, debianPackage] = line.split(/\s+/);
    if (program && debianPackage && !program.startsWith("#")) packages.set(program, debianPackage);
  }
  return packages;
}

/** Those of `programs` that can't be run from the folders of `path`, or as files with a whole path are not there. */
export function missingPrograms(programs: readonly string[], path: string): string[] {
  const folders = [...path.split(":").filter((folder) => folder !== ""), ...SYSTEM_FOLDERS];
  return programs.filter((program) =>
    program.startsWith("/")
      ? !existsSync(program)
      : !folders.some((folder) => isExecutable(join(folder, program))),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The title of a group of tests whose programs are `missing`.
 * @throws Error in CI, where every real part has to be tested
 */
export function skippedTitle(
  title: string,
  missing: readonly string[],
  packages: ReadonlyMap<string, string>,
  inCi: boolean,
): string {
  const install = `sudo apt-get install ${missing.map((program) => packages.get(program)).join(" ")}`;
  const reason = `${missing.join(", ")} missing: ${install}`;
  if (inCi) throw new Error(`In CI no real part may be skipped, and "${title}" can't run: ${reason}`);
  return `${title} [skipped, ${reason}]`;
}

/** `npm run test:quick`: only what needs neither a build nor another program. */
const isQuickRun = process.env["LBQOS_TESTS"] === "quick";

/** `describe` for tests of what `npm run build` made, skipped in a quick run. */
export function needsBuild(title: string, tests: () => void): void {
  if (isQuickRun) describe.skip(`${title} [skipped, npm run test:quick]`, tests);
  else describe(title, tests);
}

/** `describe`, but skipped where one of the programs is missing. Only programs of `scripts/system-packages.txt` will do. */
export function needs(...programs: string[]): (title: string, tests: () => void) => void {
  const packages = readSystemPackages();
  for (const program of programs) {
    if (!packages.has(program))
      throw new Error(`${program} is not in scripts/system-packages.txt: add it there`);
  }
  const missing = missingPrograms(programs, process.env["PATH"] ?? "");
  return (title, tests) => {
    if (isQuickRun) describe.skip(`${title} [skipped, npm run test:quick]`, tests);
    else if (missing.length === 0) describe(title, tests);
    else describe.skip(skippedTitle(title, missing, packages, process.env["CI"] === "true"), tests);
  };
}

/** What every lab of `lbqos lab` runs. */
export const LAB_PROGRAMS = ["nginx", "ip", "dumpcap", "gunicorn"] as const;

/** `describe` for tests that make network namespaces, skipped where they may not be made. */
export function needsRoot(title: string, tests: () => void): void {
  if (process.getuid?.() === 0) describe(title, tests);
  else describe.skip(`${title} [skipped, needs root for network namespaces]`, tests);
}
