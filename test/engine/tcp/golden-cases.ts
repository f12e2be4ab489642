/** Markdown files as tests: under each `##` a conversation in a block `segments`, and blocks of what is said of it. */

export interface GoldenCase {
  readonly title: string;
  /** Line of the heading. */
  readonly line: number;
  /** Text of each fenced block by the name after its fence. */
  readonly blocks: ReadonlyMap<string, string>;
}

/** @throws Error where a section lacks its conversation, or says nothing of it */
export function casesIn(markdown: string): GoldenCase[] {
  const cases: GoldenCase[] = [];
  let line = 1;
  for (const section of markdown.split(/^(?=## )/m)) {
    if (section.startsWith("## ")) {
      const title = section.slice(3, section.indexOf("\n"));
      const blocks = new Map(
        Array.from(section.matchAll(/^```([^\n]+)\n((?:(?!```).*\n)*)```$/gm), ([, name = "", text = ""]) => [
          name,
          text.replace(/\n$/, ""),
        ]),
      );
      if (!blocks.has("segments") || blocks.size < 2)
        throw new Error(`no segments, or nothing of them: ${title}`);
      cases.push({ title, line, blocks });
    }
    line += section.split("\n").length - 1;
  }
  return cases;
}
