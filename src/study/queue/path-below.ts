/** Paths below a root, which is another folder on each machine. */
import { isAbsolute, relative, resolve, sep } from "node:path";

/**
 * @returns the path relative to the root, with `/`; empty: the root itself; `null` where it lies outside. Links are not followed: give
 *   real paths where that matters
 */
export function pathBelow(root: string, path: string): string | null {
  const below = relative(resolve(root), resolve(path));
  const isOutside = below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
  return isOutside ? null : below.split(sep).join("/");
}
