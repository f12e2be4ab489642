/**
 * File patterns of the manifest. `*` stands for any characters within a folder's or file's name, `?` for one of them,
 * `**` as a whole name for any number of folders. Every other character stands for itself. Names that begin with a
 * dot are matched only by patterns that say the dot.
 *
 * Not picomatch: its regular expression for five stars (`*a*a*a*a*ab`) took 19 s on a name of 200 letters, and each further
 * star multiplies that. A manifest may come from anybody, so the time must be bounded.
 */

/** Whether a path relative to the manifest's folder (with `/`) fits the pattern. */
export function matchesPattern(pattern: string, path: string): boolean {
  return matchSegments(segmentsOf(pattern), segmentsOf(path));
}

/** Whether the pattern can name several files. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

function segmentsOf(path: string): string[] {
  return path
    .replaceAll("\\", "/")
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".");
}

/** Greedy with one point of return per level, so the time is bounded by pattern × path. */
function matchSegments(pattern: readonly string[], path: readonly string[]): boolean {
  return matchList(pattern, path, (wanted) => wanted === "**", matchName, isHidden);
}

function matchName(pattern: string, name: string): boolean {
  if (isHidden(name) && !isHidden(pattern)) return false;
  return matchList(
    [...pattern],
    [...name],
    (wanted) => wanted === "*",
    matchCharacter,
    () => false,
  );
}

function matchCharacter(wanted: string, character: string): boolean {
  return wanted === "?" || wanted === character;
}

function isHidden(name: string): boolean {
  return name.startsWith(".") && name !== "..";
}

/** Matches a list against a pattern in which some elements stand for any number of items, except barred ones. */
function matchList(
  pattern: readonly string[],
  items: readonly string[],
  isRun: (element: string) => boolean,
  matchesOne: (element: string, item: string) => boolean,
  isBarred: (item: string) => boolean,
): boolean {
  let at = 0;
  let runAt = -1;
  let runTook = 0;
  for (let position = 0; position < items.length; ) {
    const element = pattern[at];
    const item = items[position] ?? "";
    if (element !== undefined && isRun(element)) {
      runAt = at++;
      runTook = position;
    } else if (element !== undefined && matchesOne(element, item)) {
      at++;
      position++;
    } else if (runAt >= 0 && !isBarred(items[runTook] ?? "")) {
      at = runAt + 1;
      position = ++runTook;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isRun);
}
