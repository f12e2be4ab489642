/** Names of files in reports: without the folders that lead to them. */

/** What stands behind the last slash or backslash. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1) || path;
}
