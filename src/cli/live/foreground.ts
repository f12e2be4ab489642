/** Whether this process may draw on its terminal: in the background (Ctrl-Z and bg, or &) the terminal is the shell's. */
import { readFileSync } from "node:fs";

/** Fields of /proc/PID/stat behind the program's name, proc(5): state, parent, process group, session, terminal, … */
const PROCESS_GROUP = 2;
const TERMINAL_GROUP = 5;

/** `true` also where the system doesn't tell. */
export function isInForeground(): boolean {
  try {
    return isForegroundStat(readFileSync("/proc/self/stat", "latin1"));
  } catch {
    return true;
  }
}

/** @param stat the line in /proc/PID/stat; the program's name in it may hold anything, also spaces and parentheses */
export function isForegroundStat(stat: string): boolean {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const terminalGroup = Number(fields[TERMINAL_GROUP]);
  // −1: the terminal is not the one that controls this process, so no shell shares it.
  return !(terminalGroup > 0) || terminalGroup === Number(fields[PROCESS_GROUP]);
}
