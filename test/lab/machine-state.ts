/** What of a lab can be seen on this machine from outside. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LAB_VARIABLE, LABS_FOLDER, NAMESPACES_FOLDER } from "../../src/lab/lab-place.ts";

/** Everything that a lab of this name has left, or is using: empty when there is nothing. */
export function tracesOf(lab: string): string[] {
  const prefix = `lbqos-${lab}-`;
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  return [
    ...namespaces()
      .filter((name) => name.startsWith(prefix))
      .map((name) => `namespace ${name}`),
    ...mounts.filter((line) => line.includes(prefix)).map((line) => `mount ${line}`),
    ...markedProcesses(lab),
    ...files(lab),
  ];
}

function namespaces(): string[] {
  return existsSync(NAMESPACES_FOLDER) ? readdirSync(NAMESPACES_FOLDER) : [];
}

/** Processes that carry the lab's mark or its name on their command line (nginx overwrites its environment). */
function markedProcesses(lab: string): string[] {
  const mark = `${LAB_VARIABLE}=${join(LABS_FOLDER, lab)}`;
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      const command = readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ");
      const isOurs = environment.includes(mark) || command.includes(`${LABS_FOLDER}/${lab}/`);
      return isOurs ? [`process ${pid} ${command}`] : [];
    } catch {
      return [];
    }
  });
}

function files(lab: string): string[] {
  if (!existsSync(LABS_FOLDER)) return [];
  return readdirSync(LABS_FOLDER)
    .filter((name) => name === lab || name.startsWith(`.${lab}.`))
    .map((name) => `file ${join(LABS_FOLDER, name)}`);
}

/** Interfaces of the machine itself, without those that others may make and remove meanwhile. */
export function ownInterfaces(): string[] {
  const lines = execFileSync("ip", ["-o", "link"], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => line.split(": ")[1] ?? line).sort();
}
