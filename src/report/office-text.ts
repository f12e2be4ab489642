import { printableText } from "./printable-text.ts";

/** Characters that XML 1.0 does not allow (section 2.2), beside those that `printableText` shows. */
const NOT_XML = /[\ufffe\uffff]/g;

/** A text that may stand in a file for Word or Excel. */
export function officeText(text: string): string {
  return printableText(text).replace(NOT_XML, "\ufffd");
}
