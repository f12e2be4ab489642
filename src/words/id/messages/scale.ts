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
  tableCut: (path, rows) => `${path} berisi ${rows} baris, sampai analisis dihentikan`,
  tableNotWritten: (path) => `${path} tidak ditulis: analisis dihentikan sebelumnya`,
  columnsCut: (folder, written, captures) =>
    `${folder} berisi tabel dari ${written} capture pertama di antara ${captures} capture`,
  columnsWritten: (folder) => `kolom-kolomnya ada di ${folder}`,

  // Antrean
  notQueueUrl: (text) =>
    `--queue: "${text}" bukan redis://[PENGGUNA:SANDI@]HOST[:PORT][/BASIS_DATA], atau rediss:// untuk TLS`,
  bullMqMissing: () =>
    "antrean memerlukan paket bullmq dan ioredis, yang belum terpasang: npm install bullmq ioredis",
  queueNotReached: (queue, reason) => `antrean di ${queue} tidak dapat dipakai: ${reason}`,
  queuePassword: () =>
    "nama pengguna atau kata sandi salah, atau tidak ada: berikan di URL atau di LBQOS_QUEUE_PASSWORD",
  nobodyListens: () => "tidak ada yang mendengarkan di sana; jalankan redis-server, atau perbaiki alamatnya",
  hostNotFound: () => "host ini tidak ada",
  noAnswer: () => "tidak ada jawaban",
  tlsFailed: (reason) =>
    `TLS gagal (${reason}): rediss:// untuk server dengan TLS, redis:// untuk yang tanpa TLS, dan NODE_EXTRA_CA_CERTS menyebut sertifikat otoritas Anda sendiri`,
  queueLost: (queue, seconds) =>
    `antrean di ${queue} sudah ${seconds} s tidak terhubung: yang sudah selesai tersimpan, dan perintah yang sama melanjutkannya`,
  queueAway: (queue) => `antrean di ${queue} tidak menjawab; dicoba lagi sampai menjawab`,
  noWorkers: (queue) =>
    `tidak ada worker yang terhubung ke antrean di ${queue}: menunggu; di mesin yang memiliki capture: lbqos worker --queue redis://${queue} --root FOLDER`,
  captureOutsideRoot: (folder, root) =>
    `${folder} tidak terletak di bawah ${root}: berikan untuk --root folder tempat eksperimen berada, di sini dan untuk worker`,
  rootNotThere: (root) => `folder ${root} tidak ada`,
  captureNotHere: (path) => `${path} tidak ada di bawah --root-nya`,
  captureNotAllowed: (path) =>
    `${path} bukan capture di bawah --root-nya, dan selain itu tidak ada yang dibuka`,
  captureDiffers: (paths) => `salinan ${paths} miliknya berisi lain`,
  otherVersion: (own, wanted) =>
    own === wanted
      ? `build lbqos ${own}-nya berbeda: pasang yang sama di semua mesin`
      : `versinya lbqos ${own}, sedangkan tugas ini untuk ${wanted}: pasang yang sama di semua mesin`,
  jobDeclined: (files, why) => `diserahkan kepada worker lain: ${files}: ${why}`,
  notOurJob: (id) => `ditolak: tugas ${id} bukan tugas lbqos`,
  workerSays: (worker, why) => `menurut worker ${worker}: ${why}`,
  nobodyCan: (reasons) => `tidak ada worker yang dapat menganalisisnya (${reasons.join("; ")})`,
  workersDied: (times) => `${times} worker mati atau macet karenanya, dan tidak dicoba lagi`,
  gaveUp: (times, reason) => `dihentikan setelah ${times} percobaan: ${reason}`,
  resultTooLarge: (megabytes) =>
    `hasilnya terlalu besar untuk Redis (${megabytes} MB): berikan --store FOLDER yang dipakai bersama untuk worker dan compare`,
  resultNotInStore: (store) =>
    `hasilnya tidak ada di ${store}: berikan --store yang sama untuk worker dan compare`,
  storeNotWritten: (store, reason) => `--store ${store}: tidak dapat ditulisi: ${reason}`,
  workerReady: (queue, root) =>
    `menunggu tugas dari antrean di ${queue}; capture hanya dibuka di bawah ${root}`,
  workerStopping: () => "berakhir setelah capture yang sedang dianalisis; sekali lagi mengakhiri seketika",
  queueOptionAlone: (option) => `${option} hanya untuk --queue: berikan juga opsi itu`,
  notPart: (text) => `--part: "${text}" bukan K/N, bagian ke-K dari N, seperti 3/8`,
  partNeedsCache: () => "--part menyimpan hasilnya untuk perbandingan nanti: tidak dapat bersama --no-cache",
  partNeedsManifest: () => '--part memerlukan experiment.yaml: "lbqos init FOLDER" menulisnya',
  partDone: (runs, share, shares) =>
    `${runs} run dari bagian ${share} dari ${shares} dianalisis dan disimpan`,
};
