/** DuckDB, which reads Parquet without knowing lbqos. */
import { DuckDBInstance, type JS } from "@duckdb/node-api";

export type SqlRow = Readonly<Record<string, JS>>;

/** Asks questions about the files of a folder, to which their paths are relative. */
export async function openDuckDb(folder: string): Promise<(sql: string) => Promise<readonly SqlRow[]>> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`SET file_search_path = '${folder}'; SET TimeZone = 'UTC'`);
  return async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
}
