/** lbqos in a terminal: colours, width, progress, Ctrl-C. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  CAPTURES,
  captureBytes,
  shell,
  shellInTerminal,
  startLbqos,
  workingFolder,
} from "./lbqos-command.ts";

const CAPTURE = join(CAPTURES, "direct-fa-1.pcapng.gz");
const ESCAPE = "\u001b";

describe.skipIf(!existsSync("/usr/bin/script"))("in a terminal [needs script of bsdutils]", () => {
  test("the report is coloured and as wide as the terminal", () => {
    const text = shellInTerminal(`lbqos analyze ${CAPTURE} --full --quiet`);
    expect(text).toContain(`${ESCAPE}[32mexcellent`);
    expect(text).toContain(`── Warnings ${"─".repeat(88)}`);
  });

  test.each([
    ["NO_COLOR=1", { NO_COLOR: "1" }],
    ["TERM=dumb", { TERM: "dumb" }],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }],
  ])("%s: no colour", (_name, env) => {
    expect(shellInTerminal(`lbqos analyze ${CAPTURE} --quiet`, { env })).not.toContain(ESCAPE);
  });

  test("other formats are never coloured", () => {
    expect(shellInTerminal(`lbqos analyze ${CAPTURE} --markdown --quiet`)).not.toContain(ESCAPE);
  });

  const slowly = `zcat ${CAPTURE} | { head -c 400000; sleep 0.6; cat; }`;

  test("a slow analysis shows how far it is, and takes the line away again", () => {
    const text = shellInTerminal(`${slowly} | lbqos analyze - --json`);
    const pieces = text.split(`\r${ESCAPE}[K`);
    const report = pieces.at(-1);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces[0]).toBe("");
    for (const shown of pieces.slice(1, -1)) expect(shown).toMatch(/^\d+\.\d MB$/);
    expect(report).toMatch(/^\{.*\}\r\n$/s);
  });

  test("but not when it is to be quiet, nor in a dumb terminal, nor in a pipe", () => {
    expect(shellInTerminal(`${slowly} | lbqos analyze - --json --quiet`)).toMatch(/^\{/);
    expect(shellInTerminal(`${slowly} | lbqos analyze - --json`, { env: { TERM: "dumb" } })).toMatch(/^\{/);
    expect(shell(`${slowly} | lbqos analyze - --json`).stderr).toBe("");
  });

  test("standard input as a capture is refused", () => {
    expect(shellInTerminal(`lbqos analyze - || echo "status $?"`)).toMatch(
      /^lbqos: standard input is a terminal: [^\n]*\r\nstatus 2\r\n$/,
    );
  });
});

test("in a pipe colours come by FORCE_COLOR only", () => {
  expect(shell(`lbqos analyze ${CAPTURE} --full`).stdout).not.toContain(ESCAPE);
  expect(shell(`lbqos analyze ${CAPTURE} --full`, { env: { FORCE_COLOR: "1" } }).stdout).toContain(
    `${ESCAPE}[32m`,
  );
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends an analysis with %d and whole lines", async (signal, status) => {
  const folder = workingFolder();
  const lines = join(folder, "out.jsonl");
  const lbqos = startLbqos(["analyze", "-", "--exchanges", "out.jsonl"], folder);
  let stderr = "";
  lbqos.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const capture = captureBytes("direct-fa-1.pcapng.gz");
  lbqos.stdin?.on("error", () => undefined);
  await new Promise((taken) => {
    lbqos.stdin?.write(capture.subarray(0, capture.length * 0.9), taken);
  });
  // Time to analyze what was read; exchanges wait for their links meanwhile.
  await pause(2_000);
  const ended = once(lbqos, "exit");
  lbqos.kill(signal);
  expect(await ended).toEqual([status, null]);
  expect(stderr).toBe("");
  const text = readFileSync(lines, "utf8");
  expect(text.split("\n").length).toBeGreaterThan(500);
  for (const line of text.trimEnd().split("\n")) JSON.parse(line);
  expect(text.endsWith("\n")).toBe(true);
});
