/** The text with a full stop, unless it ends a sentence already: texts of warnings come with and without. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
