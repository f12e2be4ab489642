/** A program's name and version, as it prints them. */
import { execFile } from "node:child_process";
import { basename } from "node:path";

/** `dumpcap 4.0.17`, from the first line of `--version`; the bare name where that says nothing. */
export function programVersion(path: string): Promise<string> {
  const name = basename(path);
  return new Promise((resolve) => {
    execFile(path, ["--version"], { timeout: 5000 }, (_error, stdout, stderr) => {
      const version = /\d+\.\d+[\w.-]*/.exec(`${stdout}\n${stderr}`.trimStart().split("\n")[0] ?? "")?.[0];
      resolve(version === undefined ? name : `${name} ${version}`);
    });
  });
}
