/** Options that write tables as Parquet. */
export const helpColumns = {
  connections: "write every connection with HTTP to a .parquet file",
  seconds: "write every second of every server to a .parquet file",
  parquet: "write exchanges, connections and seconds into this folder, by method and run",
  partitionBy: "Parquet files in folders by this column",
  example: "every exchange and every second, for DuckDB, pandas or Spark",
};
