import { getSystemErrorMap } from "node:util";
import { type Message, message } from "../words/message.ts";

/** What the operating system says, without Node's wrapping: `no space left on device`. */
export function systemReason(error: unknown): Message {
  if (error instanceof Error && "errno" in error && typeof error.errno === "number") {
    const [code, reason] = getSystemErrorMap().get(error.errno) ?? [];
    if (code !== undefined && reason !== undefined) return message("systemReason", code, reason);
  }
  return message("verbatim", error instanceof Error ? error.message : String(error));
}
