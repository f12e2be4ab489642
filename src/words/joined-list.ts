/** `a`, `a and b`, `a, b and c`. @param and the language's word before the last */
export function joinedList(items: readonly string[], and: string): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${and} ${last}`;
}
