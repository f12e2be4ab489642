/** The relative links of a Markdown text, and the anchors that its headings make. */

export interface MarkdownLink {
  /** Relative to the text's own folder. */
  readonly path: string;
  /** Without #; empty where the link is to a whole file. */
  readonly anchor: string;
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^```.*?^```$/gms, "").replaceAll(/`[^`\n]*`/g, "");
}

/** Links and pictures that lead into the repository; those to the web are left out. */
export function linksOf(markdown: string): MarkdownLink[] {
  const targets = withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g);
  return Array.from(targets, ([, link, picture]) => link ?? picture ?? "")
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", anchor = ""] = target.split("#");
      return { path, anchor };
    });
}

/** As GitHub makes them of headings: lower case, no punctuation, hyphens for spaces. */
export function anchorsOf(markdown: string): string[] {
  const headings = markdown.replaceAll(/^```.*?^```$/gms, "").matchAll(/^#{1,6} (.*)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
