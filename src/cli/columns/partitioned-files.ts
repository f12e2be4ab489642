/** One table in several Parquet files, one for each value of a column, in folders as Hive, Spark and DuckDB know them. */
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import type { ColumnTable } from "../../report/columns/column-table.ts";
import { type Message, message } from "../../words/message.ts";
import { ParquetFile } from "./parquet-file.ts";

/** Files that are open at the same time at most: more values than this are no partition. */
const MAX_FILES = 500;
/** Rows of all files that wait to be written: memory stays bounded however many files there are. */
const MAX_WAITING_ROWS = 40_000;
/** What stands for a value that was not seen (Apache Hive). */
const NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

/** Where rows of a table go. */
export interface RowTarget<Row> {
  /** @throws Failure where a file can't be written */
  add(row: Row): void;
  /** @throws as `add` */
  finish(): void;
  /**
   * After an analysis that broke off: saves the rows up to there if it can. Harmless after `finish`.
   * @returns what the user should know of what was saved; `null`: nothing
   */
  abandon(): Message | null;
}

/** Where rows go that are worth nothing unless they are all there. */
export interface TableTarget<Row> extends RowTarget<Row> {
  /** Takes back what was written, whole or not. */
  discard(): void;
}

/** `backend=Flask%20A`: the folder of a value. Characters that mean something in paths are percent-encoded, as Hive does. */
export function partitionFolder(column: string, value: string | null): string {
  const coded = value === null ? NO_VALUE : encodeURIComponent(value).replaceAll("%20", " ");
  // A folder that is only dots would be another one.
  return `${column}=${coded.replace(/^\.+$/, (dots) => dots.replaceAll(".", "%2E"))}`;
}

/** Files by backend: the name of the pair, which is the column `pair` too. */
export class FilesByBackend<Row extends { readonly pair: string | null }> implements TableTarget<Row> {
  readonly #folder: string;
  readonly #name: string;
  readonly #table: ColumnTable<Row>;
  readonly #files = new Map<string | null, ParquetFile<Row>>();
  #unwritten = 0;

  /** @param name of each file, in its folder */
  constructor(folder: string, name: string, table: ColumnTable<Row>) {
    this.#folder = folder;
    this.#name = name;
    this.#table = table;
  }

  add(row: Row): void {
    const file = this.#fileOf(row.pair);
    const before = file.unwritten;
    file.add(row);
    this.#unwritten += file.unwritten - before;
    if (this.#unwritten > MAX_WAITING_ROWS) this.#writeLargest();
  }

  finish(): void {
    if (this.#files.size === 0) this.#fileOf(null);
    for (const file of this.#files.values()) file.finish();
  }

  abandon(): Message | null {
    const files = [...this.#files.values()];
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    if (rows === 0) return message("tableNotWritten", this.#folder);
    const said = files.map((file) => file.abandon()).filter((one) => one !== null);
    // What a file lacks is worse than what all of them lack.
    const worst = said.find(({ key }) => key !== "tableCut") ?? said[0];
    return worst?.key === "tableCut" ? message("tableCut", this.#folder, rows) : (worst ?? null);
  }

  discard(): void {
    for (const file of this.#files.values()) file.discard();
  }

  #fileOf(backend: string | null): ParquetFile<Row> {
    const known = this.#files.get(backend);
    if (known !== undefined) return known;
    if (this.#files.size >= MAX_FILES) throw new Failure(message("tooManyPartitions", MAX_FILES));
    const path = join(this.#folder, partitionFolder("backend", backend), this.#name);
    const file = new ParquetFile(path, this.#table);
    this.#files.set(backend, file);
    return file;
  }

  #writeLargest(): void {
    const [largest] = [...this.#files.values()].sort((a, b) => b.unwritten - a.unwritten);
    if (largest === undefined) return;
    this.#unwritten -= largest.unwritten;
    largest.writeGroup();
  }
}
