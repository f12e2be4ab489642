/** The conversations of this folder's Markdown files; a failing one names its file and line. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseConversation } from "./conversation.ts";
import { eventsOf } from "./event-log.ts";

interface Case {
  readonly title: string;
  readonly line: number;
  readonly conversation: string;
  readonly events: string;
}

const FOLDER = new URL("./", import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && name !== "README.md");

function casesIn(markdown: string): Case[] {
  const cases: Case[] = [];
  let line = 1;
  for (const section of markdown.split(/^(?=## )/m)) {
    if (section.startsWith("## ")) {
      cases.push({
        title: section.slice(3, section.indexOf("\n")),
        line,
        conversation: block(section, "conversation"),
        events: block(section, "events"),
      });
    }
    line += section.split("\n").length - 1;
  }
  return cases;
}

function block(section: string, language: string): string {
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(section)?.[1];
  if (found === undefined) throw new Error(`no block "${language}" in: ${section.split("\n", 1)[0]}`);
  return found.replace(/\n$/, "");
}

test("conversations are found", () => {
  expect(FILES.length).toBeGreaterThan(10);
});

describe.each(FILES)("%s", (file) => {
  const cases = casesIn(readFileSync(new URL(file, FOLDER), "utf8"));
  test.each(cases)(`${file}:$line $title`, ({ conversation, events }) => {
    expect(eventsOf(parseConversation(conversation)).join("\n")).toBe(events);
  });
});
