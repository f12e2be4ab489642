/** `--at 0.5:fa:stop`: what happens to a backend when. */
import { Failure } from "../../failure.ts";
import type { BackendChange, LabEvent } from "../../lab/lab-event.ts";
import { BACKENDS } from "../../lab/lab-hosts.ts";
import { message } from "../../words/message.ts";

const WORDS = ["stop", "start", "freeze", "thaw", "normal"] as const;
const LATEST_SECONDS = 86_400;
const LONGEST_ANSWER_SECONDS = 60;

/** In the order of their times. @throws Failure (status 2) */
export function parseEvents(texts: readonly string[]): LabEvent[] {
  return texts.map(parseEvent).sort((a, b) => a.atSeconds - b.atSeconds);
}

function parseEvent(text: string): LabEvent {
  const [time = "", name = "", what = "", ...rest] = text.split(":");
  const atSeconds = seconds(time, LATEST_SECONDS);
  const backend = BACKENDS.find((one) => one.name === name)?.name;
  const change = parseChange(what);
  if (atSeconds === null || backend === undefined || change === null || rest.length > 0) {
    throw new Failure(message("notEvent", text), 2);
  }
  return { atSeconds, backend, change };
}

function parseChange(text: string): BackendChange | null {
  const word = WORDS.find((one) => one === text);
  if (word !== undefined) return { kind: word };
  const [kind, value = ""] = text.split("=");
  if (kind === "slow") {
    const slow = seconds(value, LONGEST_ANSWER_SECONDS);
    return slow === null ? null : { kind, seconds: slow };
  }
  if (kind === "fail" && /^[45]\d\d$/.test(value)) return { kind, status: Number(value) };
  return null;
}

function seconds(text: string, most: number): number | null {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) <= most ? Number(text) : null;
}
