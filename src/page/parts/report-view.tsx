import { useLayoutEffect, useRef } from "preact/hooks";
import type { Document } from "../../report/document.ts";
import { contentsHtml, openingHtml, sectionHtml } from "../../report/html/document-parts.ts";
import { CONTENT_EVENT } from "../../report/html/page-script.ts";
import { savePicture } from "../files/picture-file.ts";
import { type Texts, useTexts } from "../texts.ts";

/** A document as the HTML report shows it, by the same renderer: every text in it is escaped there. */
export function ReportView({ shown }: { readonly shown: Document }) {
  const { words } = useTexts();
  const body = useRef<HTMLDivElement>(null);
  const html = [
    ...openingHtml(shown),
    contentsHtml(shown),
    ...shown.sections.map((section, index) => sectionHtml(shown, section, index)),
  ].join("\n");
  useLayoutEffect(() => {
    const { current } = body;
    if (current === null) return;
    current.dispatchEvent(new Event(CONTENT_EVENT, { bubbles: true }));
    for (const figure of current.querySelectorAll("figure")) addSaveButtons(figure, words);
  }, [html]);
  return (
    <div class="report" lang={shown.language}>
      <h1>{shown.title}</h1>
      <p class="summary">{shown.summary}</p>
      <div ref={body} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}

/** Beside the title of a picture, where the report names its files. */
function addSaveButtons(figure: Element, words: Texts["words"]): void {
  const title = figure.querySelector("figcaption > strong")?.textContent ?? "";
  const buttons = (["png", "svg"] as const).map((format) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = format.toUpperCase();
    button.title = words.picture(format.toUpperCase(), title);
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () => void savePicture(figure, format));
    return button;
  });
  const place = document.createElement("span");
  place.className = "files";
  place.append(...buttons);
  figure.querySelector("figcaption")?.append(" ", place);
}
