import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import type { ResultsTable } from "../tables/results-table.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Refuses results tables that would be taken for captures of the same method: two studies in one, or one told twice.
 * @throws Failure that names table, line and method
 */
export function refuseMethodClashes(manifest: Manifest, tables: readonly ResultsTable[]): void {
  const listed = manifest.methods.map(({ name }) => name);
  const recorded = manifest.methods.filter(({ captures }) => captures.length > 0).map(({ name }) => name);
  const joining = tables.filter(({ fileName }) => manifest.results.includes(fileName));
  const rows = joining.flatMap((table) => table.rows);
  for (const { fileName, line, method } of rows) {
    if (recorded.includes(method)) {
      throw new Failure(message("methodInBoth", fileName, line, method));
    }
  }
  const names = [...new Set([...listed, ...rows.map(({ method }) => method)])];
  for (const { fileName, line, method } of rows) {
    const other = names.find((name) => name !== method && name.toLowerCase() === method.toLowerCase());
    if (other !== undefined) {
      throw new Failure(message("methodCapitals", fileName, line, method, other));
    }
  }
}
