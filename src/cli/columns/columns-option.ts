/** `--connections`, `--seconds`, `--partition-by`, and Parquet for `--exchanges`. */

import { readdirSync } from "node:fs";
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import type { HelpTexts } from "../../words/help-texts.ts";
import { message } from "../../words/message.ts";
import { helpWords } from "../help-text.ts";
import { COLUMN_TABLES, type ColumnsRequest } from "./columns-request.ts";

/** What commander makes of the options. */
export interface ColumnsOptionTexts {
  readonly exchanges?: string;
  readonly connections?: string;
  readonly seconds?: string;
  readonly partitionBy?: "backend";
}

/** Gives the subcommand the options of tables but for `--exchanges`, which has other formats too. */
export function addColumnOptions(subcommand: Subcommand): void {
  const words = columnsHelp();
  subcommand.option("--connections <file>", words.connections).option("--seconds <file>", words.seconds);
  addPartitionOption(subcommand);
}

export function addPartitionOption(subcommand: Subcommand): void {
  subcommand.addOption(new Option("--partition-by <column>", columnsHelp().partitionBy).choices(["backend"]));
}

/** The texts of these options' help in the user's language. */
export function columnsHelp(): HelpTexts["columns"] {
  return helpWords().columns;
}

/** Whether a file is one of columns, by its name. */
export function isParquetName(path: string): boolean {
  return /\.parquet$/i.test(path);
}

/**
 * The tables that go into Parquet files.
 * @throws Failure (status 2)
 */
export function parseColumns(options: ColumnsOptionTexts): ColumnsRequest {
  const partName = options.partitionBy === undefined ? null : "part-0.parquet";
  const tables = COLUMN_TABLES.flatMap((table) => {
    const path = options[table];
    if (path === undefined) return [];
    if (isParquetName(path)) return [[table, { path, partName }] as const];
    if (table !== "exchanges") throw new Failure(message("notParquetName", `--${table}`, path), 2);
    return [];
  });
  if (partName !== null && tables.length === 0) throw new Failure(message("nothingToPartition"), 2);
  return Object.fromEntries(tables);
}

/**
 * A folder of parts must hold those of one command: what lies there from another would be read with them.
 * @throws Failure
 */
export function refuseOldParts(folder: string): void {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // It is not there, or can't be read: writing says what is wrong.
  }
  if (names.length > 0) throw new Failure(message("partsAreThere", folder));
}
