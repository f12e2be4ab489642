/** Columns for other programs, and work on several machines. */
export const scale = {
  notParquetName: (option: string, path: string) => `${option}: "${path}" must end in .parquet`,
  nothingToPartition: () =>
    "--partition-by: nothing goes into Parquet files; give --exchanges, --connections or --seconds a name that ends in .parquet",
  partitionsNowhere: () => "--partition-by needs --parquet FOLDER: nothing goes into Parquet files",
  partsAreThere: (folder: string) =>
    `${folder}: holds files already, and those of another command must not be read with the new ones: delete it, or give another folder`,
  tooManyPartitions: (limit: number) =>
    `--partition-by: there are more than ${limit} backends; name those that matter with --backend, or leave the option out`,
  columnsWritten: (folder: string) => `the columns are in ${folder}`,
};
