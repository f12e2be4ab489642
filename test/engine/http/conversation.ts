/** Conversations as they are written in the Markdown files of this folder (see its README.md). */
import type { Side } from "../tcp/side.ts";
import type { CloseReason } from "./worded-tracker.ts";

export type Step =
  | {
      readonly kind: "data";
      readonly side: Side;
      readonly frame: number;
      readonly bytes: Buffer;
      /** Its sender has taken all bytes of the other side, and some since it last sent. */
      readonly reply: number;
    }
  | { readonly kind: "gap"; readonly side: Side; readonly frame: number; readonly length: number }
  | { readonly kind: "close"; readonly side: Side; readonly frame: number; readonly reason: CloseReason };

export interface Conversation {
  readonly fromStart: boolean;
  readonly steps: readonly Step[];
}

const ESCAPES: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t", "\\": "\\" };

/** @throws Error for a line that is no part of the notation */
export function parseConversation(text: string): Conversation {
  const steps: Step[] = [];
  let fromStart = true;
  let frame = 1;
  let pending = "";
  let pendingSide: Side = 0;
  let reply = 0;
  const endSegment = () => {
    if (pending !== "") {
      const bytes = Buffer.from(pending, "latin1");
      steps.push({ kind: "data", side: pendingSide, frame: frame++, bytes, reply });
      reply = 0;
    }
    pending = "";
  };
  for (const line of text.split("\n")) {
    const side: Side = line.startsWith("<") ? 1 : 0;
    const mark = /^[<>] \[(.*)\]$/.exec(line)?.[1] ?? "";
    const filler = /^(\d+) bytes$/.exec(mark)?.[1];
    const gap = /^gap (\d+)$/.exec(mark)?.[1];
    const setFrame = /^\[frame (\d+)\]$/.exec(line)?.[1];
    const isBytes = /^[<>]( |$)/.test(line) && (mark === "" || filler !== undefined);
    if (!isBytes || side !== pendingSide) endSegment();
    if (line === "[no SYN]") fromStart = false;
    else if (line === "[reply]") reply = 1;
    else if (setFrame !== undefined) frame = Number(setFrame);
    else if (isBytes) {
      pendingSide = side;
      pending += filler === undefined ? unescaped(line.slice(2)) : "x".repeat(Number(filler));
    } else if (gap !== undefined) steps.push({ kind: "gap", side, frame: frame++, length: Number(gap) });
    else if (mark === "fin" || mark === "reset" || mark === "replaced" || mark === "end") {
      steps.push({ kind: "close", side, frame: frame++, reason: mark });
    } else if (line !== "") throw new Error(`not understood: ${line}`);
  }
  endSegment();
  return { fromStart, steps };
}

function unescaped(line: string): string {
  const isWhole = !/(?<!\\)(\\\\)*\\$/.test(line);
  const text = (isWhole ? line : line.slice(0, -1)).replace(
    /\\(?:x([0-9A-Fa-f]{2})|(.))/g,
    (whole, hex: string | undefined, letter: string | undefined) =>
      hex === undefined ? (ESCAPES[letter ?? ""] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return isWhole ? `${text}\r\n` : text;
}
