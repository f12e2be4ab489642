/** Which tables go where. What writes them is loaded where one is asked for. */

/** The tables that there are, by the options that ask for them. */
export const COLUMN_TABLES = ["exchanges", "connections", "seconds"] as const;
export type ColumnTableName = (typeof COLUMN_TABLES)[number];

/** Where a table goes. */
export interface ColumnsTarget {
  /** A file; of a partitioned table, a folder. */
  readonly path: string;
  /** The name of the files in the folder of each backend; `null`: one file, not partitioned. */
  readonly partName: string | null;
}

export type ColumnsRequest = Readonly<Partial<Record<ColumnTableName, ColumnsTarget>>>;
