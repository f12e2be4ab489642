/**
 * One table as a Parquet file. Rows are collected and written out group by group while the analysis waits, so memory stays
 * bounded. A file is whole or it is not there: without its end nobody could read it.
 */
import { closeSync, mkdirSync, openSync, statSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { Failure } from "../../failure.ts";
import type { ColumnTable, ColumnType, ParquetColumn } from "../../report/columns/column-table.ts";
import { version } from "../../version.ts";
import { type Message, message } from "../../words/message.ts";
import { systemReason } from "../system-reason.ts";
import { writeFully } from "../write-text.ts";

/** Rows of a group: what is in memory before it is written. */
const GROUP_ROWS = 20_000;
/** Bytes of a text's least and greatest value in a group's statistics. */
const STATISTICS_BYTES = 16;

type Value = string | number | bigint | null;
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const TYPES: { readonly [Type in ColumnType]: Omit<SchemaElement, "name" | "repetition_type"> } = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  int32: { type: "INT32" },
  int64: { type: "INT64" },
  double: { type: "DOUBLE" },
  timestamp: {
    type: "INT64",
    converted_type: "TIMESTAMP_MICROS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
  },
};

export class ParquetFile<Row> {
  readonly #path: string;
  readonly #table: ColumnTable<Row>;
  readonly #converters: readonly ((row: Row) => Value)[];
  #values: Value[][];
  #rows = 0;
  #written = 0;
  #open: { readonly descriptor: number; readonly bytes: ByteWriter; readonly writer: ParquetWriter } | null =
    null;
  #closed = false;

  /** The file is opened when the first group is written or the analysis has ended well. */
  constructor(path: string, table: ColumnTable<Row>) {
    this.#path = path;
    this.#table = table;
    this.#converters = table.map(converterOf);
    this.#values = table.map(() => []);
  }

  /** Rows that were not written yet. */
  get unwritten(): number {
    return this.#rows;
  }

  /** Rows of the file. */
  get rows(): number {
    return this.#written + this.#rows;
  }

  /** @throws Failure where the file can't be written */
  add(row: Row): void {
    if (this.#closed) return;
    for (const [index, convert] of this.#converters.entries()) this.#values[index]?.push(convert(row));
    this.#rows++;
    if (this.#rows >= GROUP_ROWS) this.writeGroup();
  }

  /**
   * Writes the rows that were collected.
   * @throws as `add`
   */
  writeGroup(): void {
    this.#orFail(() => {
      const { bytes, writer, descriptor } = this.#opened();
      const columnData = this.#table.map(({ name, type }, index) => ({
        name,
        data: this.#values[index] ?? [],
        // Numbers that seldom repeat need no dictionary, and readers use the least and greatest of few columns.
        ...(type === "double" ? { encoding: "PLAIN" as const } : {}),
        statistics: type !== "text",
      }));
      writer.write({ columnData, rowGroupSize: GROUP_ROWS });
      drain(bytes, descriptor);
    });
    this.#values = this.#table.map(() => []);
    this.#written += this.#rows;
    this.#rows = 0;
  }

  /**
   * Writes what is left; a run without rows gives a file with columns and no rows.
   * @throws as `add`
   */
  finish(): void {
    if (this.#closed) return;
    if (this.#rows > 0) this.writeGroup();
    this.#orFail(() => {
      const { bytes, writer, descriptor } = this.#opened();
      writer.finish();
      drain(bytes, descriptor);
      closeSync(descriptor);
    });
    this.#closed = true;
  }

  /**
   * After an analysis that broke off: saves the rows up to there if it can, none make no file. Harmless after `finish`.
   * @returns a line that says which; `null` after `finish` or a failure, which were said
   */
  abandon(): Message | null {
    if (this.#closed) return null;
    if (this.rows === 0) return message("tableNotWritten", this.#path);
    try {
      this.finish();
      return message("tableCut", this.#path, this.rows);
    } catch (error) {
      if (error instanceof Failure) return error.words;
      throw error;
    }
  }

  /** Takes back what was written, whole or not. */
  discard(): void {
    if (this.#open === null) return;
    if (!this.#closed) closeSync(this.#open.descriptor);
    this.#closed = true;
    // What else has this name is not ours to remove: a device.
    if (statSync(this.#path).isFile()) unlinkSync(this.#path);
  }

  #opened() {
    if (this.#open !== null) return this.#open;
    mkdirSync(dirname(this.#path), { recursive: true });
    const descriptor = openSync(this.#path, "w");
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({
      writer: bytes,
      schema: schemaOf(this.#table),
      createdBy: `lbqos ${version()}`,
      statisticsTruncateLength: STATISTICS_BYTES,
    });
    this.#open = { descriptor, bytes, writer };
    return this.#open;
  }

  #orFail(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.discard();
      this.#closed = true;
      throw new Failure(message("fileNotWritten", this.#path, systemReason(error)));
    }
  }
}

/** Hands what was encoded to the file. The writer's `offset` goes on counting; its buffer begins anew. */
function drain(bytes: ByteWriter, descriptor: number): void {
  writeFully(descriptor, bytes.getBytes());
  bytes.index = 0;
}

function schemaOf<Row>(table: ColumnTable<Row>): SchemaElement[] {
  const columns = table.map(
    ({ name, type, isOptional }): SchemaElement => ({
      name,
      repetition_type: isOptional ? "OPTIONAL" : "REQUIRED",
      ...TYPES[type],
    }),
  );
  return [{ name: "schema", num_children: columns.length }, ...columns];
}

/** From a row to what the writer takes. */
function converterOf<Row>({ type, of }: ParquetColumn<Row>): (row: Row) => Value {
  switch (type) {
    case "int64":
      return (row) => {
        const value = of(row);
        return typeof value === "number" ? BigInt(value) : null;
      };
    case "timestamp": {
      const convert = microsecondsConverter();
      return (row) => {
        const value = of(row);
        return typeof value === "string" ? convert(value) : null;
      };
    }
    default:
      return of;
  }
}

/** From ISO 8601, UTC, with nine decimals, to microseconds since 1970; the last second is remembered, for most rows share it. */
function microsecondsConverter(): (time: string) => bigint {
  const secondLength = "yyyy-mm-ddThh:mm:ss".length;
  let known = "";
  let microseconds = 0n;
  return (time) => {
    const second = time.slice(0, secondLength);
    if (second !== known) {
      known = second;
      microseconds = BigInt(Date.parse(`${second}Z`)) * 1000n;
    }
    return microseconds + BigInt(time.slice(secondLength + 1, secondLength + 7));
  };
}
