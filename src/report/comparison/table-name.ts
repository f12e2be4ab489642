import { slug } from "../../experiment/manifest/method-names.ts";

/**
 * The file name of a table that is one of several: `runs-round-robin-flask-a`. Names in other scripts keep their letters;
 * two names that look alike as file names get their place appended.
 * @param names of all the tables of the kind
 */
export function tableName(kind: string, names: readonly string[], index: number): string {
  const slugs = names.map((name) => slug(name) || "unnamed");
  const own = slugs[index] ?? "unnamed";
  const isTwin = slugs.filter((one) => one === own).length > 1;
  return `${kind}-${own}${isTwin ? `-${index + 1}` : ""}`;
}
