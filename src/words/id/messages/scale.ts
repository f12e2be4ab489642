/** Kolom untuk program lain, dan pekerjaan di beberapa mesin. */
import type { scale as english } from "../../en/messages/scale.ts";

export const scale: typeof english = {
  notParquetName: (option, path) => `${option}: "${path}" harus berakhiran .parquet`,
  nothingToPartition: () =>
    "--partition-by: tidak ada yang ditulis ke berkas Parquet; berikan nama yang berakhiran .parquet untuk --exchanges, --connections, atau --seconds",
  partitionsNowhere: () =>
    "--partition-by memerlukan --parquet FOLDER: tidak ada yang ditulis ke berkas Parquet",
  partsAreThere: (folder) =>
    `${folder}: sudah berisi berkas, dan berkas dari perintah lain tidak boleh terbaca bersama yang baru: hapus folder itu, atau berikan folder lain`,
  tooManyPartitions: (limit) =>
    `--partition-by: ada lebih dari ${limit} backend; sebutkan yang penting dengan --backend, atau hilangkan opsi ini`,
  columnsWritten: (folder) => `kolom-kolomnya ada di ${folder}`,
};
