/** Waits for what a program says on standard error, and goes on reading, so that it can go on writing. */
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** The first group of `pattern` in the first line that matches. @throws Error with all that was said, where none did */
export function waitForLine({ stderr }: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stderr === null) throw new Error("standard error is not a pipe");
    const log: string[] = [];
    createInterface({ input: stderr })
      .on("line", (line) => {
        log.push(line);
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      })
      .on("close", () => reject(new Error(`ended without a line like ${pattern}:\n${log.join("\n")}`)));
  });
}
