/** Rows as columns of Parquet: what each column is called, of which type it is, and where its value comes from. */

/**
 * Types that pandas, Spark and DuckDB read without being told. `timestamp` is UTC to the microsecond: Spark refuses
 * nanoseconds.
 */
export type ColumnType = "text" | "int32" | "int64" | "double" | "timestamp";

/** `null`: not seen. An `int64` is a whole number, a `timestamp` is ISO 8601 with a fraction of a second, UTC. */
export type ColumnValue = string | number | null;

export interface ParquetColumn<Row> {
  /** With its unit, as everywhere in lbqos. */
  readonly name: string;
  readonly type: ColumnType;
  /** Whether it can be `null`. */
  readonly isOptional: boolean;
  readonly of: (row: Row) => ColumnValue;
}

/** The columns of one kind of row, in their order. */
export type ColumnTable<Row> = readonly ParquetColumn<Row>[];

/** A column that is never `null`. */
export function always<Row>(type: ColumnType, name: keyof Row & string): ParquetColumn<Row> {
  return { ...whereSeen<Row>(type, name), isOptional: false };
}

/** A column that is `null` where its value was not seen. */
export function whereSeen<Row>(type: ColumnType, name: keyof Row & string): ParquetColumn<Row> {
  return { name, type, isOptional: true, of: (row) => (row[name] ?? null) as ColumnValue };
}
