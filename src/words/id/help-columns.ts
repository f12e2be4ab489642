/** Opsi yang menulis tabel sebagai Parquet. */
import type { helpColumns as english } from "../en/help-columns.ts";

export const helpColumns: typeof english = {
  connections: "tulis setiap koneksi yang membawa HTTP ke berkas .parquet",
  seconds: "tulis setiap detik dari setiap server ke berkas .parquet",
  parquet: "tulis pertukaran, koneksi, dan detik ke folder ini, menurut metode dan run",
  partitionBy: "berkas Parquet dalam folder menurut kolom ini",
  example: "setiap pertukaran dan setiap detik, untuk DuckDB, pandas, atau Spark",
};
