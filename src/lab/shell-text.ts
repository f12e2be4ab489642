/** Plans as text that a shell understands, for people to read and to copy. */
import type { Language } from "../words/language.ts";
import { say } from "../words/say.ts";
import type { Action, LabStep, Undo } from "./lab-step.ts";
import { PREFERRED_NICENESS } from "./prefer-process.ts";

/** Words as a shell reads them back. */
export function shellCommand(argv: readonly string[]): string {
  return argv.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** An action as a command. */
export function actionText(action: Action): string {
  switch (action.kind) {
    case "command": {
      const command = preferredCommand(action);
      return action.output === undefined ? command : `${command} > ${shellWord(action.output)}`;
    }
    case "start": {
      const environment = Object.entries(action.environment ?? {}).map(
        ([name, value]) => `${name}=${shellWord(value)} `,
      );
      return `${environment.join("")}${preferredCommand(action)} >> ${shellWord(action.log)} 2>&1 &`;
    }
    case "end":
    case "signal":
      return `kill -${action.signal.slice(3)} PID-OF-${action.process}`;
    case "folder":
      return shellCommand(["mkdir", "-p", action.path]);
    case "write":
      return action.content === "" ? `: > ${shellWord(action.path)}` : `cat > ${shellWord(action.path)}`;
    case "remove":
      return shellCommand(["rm", "-rf", action.path]);
    case "copy":
      return shellCommand(["cp", action.from, action.to]);
    case "wait":
      return `sleep ${action.seconds}`;
  }
}

function preferredCommand(action: Extract<Action, { kind: "command" | "start" }>): string {
  const prefix = action.isPreferred === true ? ["nice", "-n", `${PREFERRED_NICENESS}`] : [];
  return shellCommand([...prefix, ...action.argv]);
}

/** An undo as commands. */
export function undoText(undo: Undo): string {
  switch (undo.kind) {
    case "end":
      return `kill -${undo.signal.slice(3)} PID-OF-${undo.process}`;
    case "namespace":
      return `ip netns pids ${undo.namespace} | xargs -r kill; ip netns del ${undo.namespace}`;
    case "remove":
      return shellCommand(["rm", "-rf", undo.path]);
  }
}

/** The whole plan: every step's purpose as a comment and its command, then what takes it back, in that order. */
export function planText(steps: readonly LabStep[], language: Language): string {
  const done = steps.map(({ purpose, action }) => {
    const content =
      action.kind === "write" && action.content !== ""
        ? ` <<'END'\n${action.content.replace(/\n?$/, "\n")}END`
        : "";
    return `# ${say(purpose, language)}\n${actionText(action)}${content}\n`;
  });
  return done.join("");
}

/** The undoing of the steps, in its order. */
export function undoPlanText(steps: readonly LabStep[], language: Language): string {
  return [...steps]
    .reverse()
    .flatMap(({ purpose, undo }) =>
      undo === null ? [] : [`# ${say(purpose, language)}\n${undoText(undo)}\n`],
    )
    .join("");
}
