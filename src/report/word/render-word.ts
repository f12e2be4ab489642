/**
 * A document as a Word file (Office Open XML, ECMA-376): headings, tables and pictures are Word's own, numbered by fields, so that
 * they can be edited, listed and pasted into a thesis.
 */
import {
  AlignmentType,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  Paragraph,
  SimpleField,
  TextRun,
  Document as WordDocument,
  type Table as WordTable,
} from "docx";
import { wordsOf } from "../../words/words.ts";
import { factText, footnoteMark, footnoteText, tableReasons } from "../cell-text.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { Block, Document, Figure, Table } from "../document.ts";
import { withFixedTimes } from "../fixed-archive.ts";
import { officeText } from "../office-text.ts";
import { sentence, warningText } from "../sentence.ts";
import { NOTE_STYLE, wordStyles } from "./word-styles.ts";
import { wordTable } from "./word-table.ts";

/** A drawn chart: PNG, and its size on paper. */
export interface Picture {
  readonly png: Uint8Array;
  readonly widthCm: number;
  readonly heightCm: number;
}

/** Draws a chart; `null` where it can't be drawn, and is left out. */
export type DrawPicture = (chart: ChartSpec) => Promise<Picture | null>;

/** A4 with margins of an inch, in twentieths of a point. */
const PAGE = { width: 11906, height: 16838 } as const;
const MARGIN = 1440;
const TEXT_WIDTH = PAGE.width - 2 * MARGIN;
/** docx sizes pictures in pixels, of which an inch has 96. */
const PIXELS_PER_CM = 96 / 2.54;
const BULLETS = "bullets";

type Part = Paragraph | WordTable;

/** @returns the bytes of a .docx file */
export async function renderWord(document: Document, draw: DrawPicture): Promise<Uint8Array> {
  const writer = new PartWriter(document, draw);
  const parts: Part[] = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(officeText(document.title))] }),
    textParagraph(document.summary),
  ];
  for (const block of document.opening ?? []) parts.push(...(await writer.blockParts(block)));
  for (const { heading, blocks } of document.sections) {
    parts.push(headingParagraph(heading, HeadingLevel.HEADING_1));
    for (const block of blocks) parts.push(...(await writer.blockParts(block)));
  }
  const word = new WordDocument({
    title: officeText(document.title),
    creator: "lbqos",
    lastModifiedBy: "lbqos",
    styles: wordStyles(document.language),
    numbering: { config: [{ reference: BULLETS, levels: [BULLET] }] },
    sections: [
      {
        properties: {
          page: {
            size: PAGE,
            margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN },
          },
        },
        children: parts,
      },
    ],
  });
  return withFixedTimes(await Packer.toBuffer(word));
}

const BULLET = {
  level: 0,
  format: LevelFormat.BULLET,
  text: "•",
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360, hanging: 260 } } },
} as const;

/** Blocks as Word's parts; tables and figures are counted as they come. */
class PartWriter {
  readonly #document: Document;
  readonly #draw: DrawPicture;
  #tables = 0;
  #figures = 0;

  constructor(document: Document, draw: DrawPicture) {
    this.#document = document;
    this.#draw = draw;
  }

  async blockParts(block: Block): Promise<readonly Part[]> {
    switch (block.kind) {
      case "paragraph":
        return [textParagraph(block.text)];
      case "list":
        return block.items.map((item) => bulletParagraph(item));
      case "table":
        return this.#tableParts(block);
      case "figure":
        return this.#figureParts(block);
      case "facts":
        return [
          headingParagraph(block.title, HeadingLevel.HEADING_2),
          ...block.facts.map((fact) => bulletParagraph(`${fact.label}: ${factText(this.#document, fact)}`)),
        ];
      case "warnings":
        return block.groups.map((group) => bulletParagraph(warningText(group), `${group.code}: `));
    }
  }

  #tableParts(table: Table): readonly Part[] {
    this.#tables += 1;
    const notes = tableReasons(table).map((reason, index) => {
      const text = `${footnoteMark(index)} ${footnoteText(this.#document, reason)}`;
      return new Paragraph({ style: NOTE_STYLE, children: [new TextRun(officeText(text))] });
    });
    const caption = this.#caption(
      wordsOf(this.#document.language).report.word.table,
      this.#tables,
      table.title,
    );
    return [
      new Paragraph({ style: "Caption", keepNext: true, children: caption }),
      wordTable(this.#document, table, TEXT_WIDTH),
      // Two tables without a paragraph between them would become one.
      ...(notes.length > 0 ? notes : [new Paragraph({ style: NOTE_STYLE })]),
    ];
  }

  async #figureParts({ chart }: Figure): Promise<readonly Part[]> {
    const picture = await this.#draw(chart);
    if (picture === null) return [];
    this.#figures += 1;
    const note = chart.note === null ? "" : ` ${chart.note}`;
    const title = officeText(chart.title);
    const image = new ImageRun({
      type: "png",
      data: picture.png,
      transformation: {
        width: picture.widthCm * PIXELS_PER_CM,
        height: picture.heightCm * PIXELS_PER_CM,
      },
      altText: { name: chart.id, title, description: officeText(`${chart.title}.${note}`) },
    });
    const words = wordsOf(this.#document.language).report.word;
    const caption = this.#caption(words.figure, this.#figures, `${sentence(chart.title)}${note}`);
    return [
      new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [image] }),
      new Paragraph({ style: "Caption", alignment: AlignmentType.CENTER, children: caption }),
    ];
  }

  /** `Table 3. Title`, with a number that Word counts itself once it updates its fields. */
  #caption(label: string, number: number, title: string) {
    return [
      new TextRun({ text: `${label} `, bold: true }),
      new SimpleField(`SEQ ${label} \\* ARABIC`, String(number)),
      new TextRun(officeText(`. ${title}`)),
    ];
  }
}

function textParagraph(text: string): Paragraph {
  return new Paragraph({ children: [new TextRun(officeText(text))] });
}

function headingParagraph(
  text: string,
  heading: (typeof HeadingLevel)[keyof typeof HeadingLevel],
): Paragraph {
  return new Paragraph({ heading, children: [new TextRun(officeText(text))] });
}

/** @param name in bold before the text */
function bulletParagraph(text: string, name = ""): Paragraph {
  const named = name === "" ? [] : [new TextRun({ text: officeText(name), bold: true })];
  return new Paragraph({
    numbering: { reference: BULLETS, level: 0 },
    children: [...named, new TextRun(officeText(text))],
  });
}
