/** An audit of results: its report, and what it finds. */
import type { audit as english } from "../en/audit.ts";

export const audit: typeof english = {
  title: (name) => `Audit: ${name}`,
  summary: (findings, impossible, rows) =>
    findings === 0
      ? "Tidak ditemukan nilai yang mustahil."
      : `${findings} temuan pada ${rows} baris: ${impossible} mustahil, ${findings - impossible} meragukan.`,
  severities: { impossible: "mustahil", doubtful: "meragukan" },
  mean: "rata-rata",
  line: (line) => `baris ${line}`,
  headings: {
    "frame-size": "Throughput dan delay yang tidak mungkin berasal dari satu run",
    "no-common-frame-size": "Metode yang throughput dan delay-nya tidak menunjukkan ukuran frame yang sama",
    "shifted-column": "Kolom yang bergeser satu sama lain",
    "jitter-too-small": "Jitter yang terlalu kecil menurut definisinya",
    "jitter-negative": "Jitter negatif",
    "mean-not-from-rows": "Rata-rata yang tidak sesuai dengan baris-barisnya",
    "mean-without-rows": "Rata-rata tanpa baris",
    "requests-do-not-add-up": "Jumlah request yang tidak cocok",
    "more-requests-than-sent": "Request lebih banyak daripada yang dikirim",
    "fewer-requests-than-sent": "Request lebih sedikit daripada yang dikirim",
    "equal-rows": "Baris dengan nilai yang sama persis",
    "repeated-row": "Run yang muncul dua kali",
    "loss-no-fraction": "Packet loss yang tidak mungkin dihasilkan oleh jumlah paket yang bulat",
    "loss-maybe-count": "Packet loss yang mungkin berupa jumlah paket",
    "out-of-range": "Nilai di luar batas",
    "same-capture-twice": "Capture yang muncul dua kali",
  },
  frameSize: ({ where, throughput, delay, bits, typicalBits, difference, isOwn, isUnitSlip }) =>
    `${where}: throughput × delay = ${throughput} Mbps × ${delay} ms = ${bits} bit, padahal satu frame request berukuran ${typicalBits} bit pada ${isOwn ? "sebagian besar baris metode itu" : "sebagian besar baris melalui jalur yang sama"} (${difference} %)${isUnitSlip ? ", selisih 1000 kali, berarti satuannya keliru" : ""}: kedua nilai tidak mungkin berasal dari satu run`,
  noCommonFrameSize: (method) =>
    `${method}: throughput × delay tidak menunjukkan ukuran frame yang sama pada lebih dari separuh baris, sehingga baris yang salah tidak dapat dibedakan dari yang benar`,
  shift: ({ where, firstRun, lastRun, isBelow, fitting, rows, fittingAsPrinted, bits }) =>
    `${where}, run ${firstRun} sampai ${lastRun}: setiap throughput cocok dengan delay satu baris di ${isBelow ? "bawahnya" : "atasnya"}, yang ${isBelow ? "terakhir dengan delay yang pertama" : "pertama dengan delay yang terakhir"}: dengan begitu ${fitting} dari ${rows} hasil kali berada dalam rentang 2 % dari ${bits} bit, sedangkan seperti yang tercetak hanya ${fittingAsPrinted}; kedua kolom bergeser satu sama lain, tetapi rata-ratanya tidak berubah karenanya`,
  smallJitter: ({ where, jitter, equalPercent, resolution, floor }) =>
    `${where}: jitter ${jitter} ms sebagai rata-rata selisih mutlak berarti sedikitnya ${equalPercent} % selang berurutan sama hingga ${resolution} µs, padahal pembulatan stempel waktu saja sudah menghasilkan ${floor} ms; nilai ini cocok dengan bentuk bertanda (d_N − d₂)/n tanpa nilai mutlak, yang hampir tidak mengukur apa pun`,
  negativeJitter: (where, jitter) =>
    `${where}: rata-rata selisih mutlak tidak mungkin negatif (${jitter} ms); ini bentuk bertanda (d_N − d₂)/n tanpa nilai mutlak, yang hampir tidak mengukur apa pun`,
  meanNotFromRows: (where, metric, printed, rows, mean) =>
    `${where}: ${metric} tercetak ${printed}, padahal rata-rata ${rows} barisnya ${mean}`,
  meanWithoutRows: (where) =>
    `${where}: rata-rata tercetak, tetapi tabel run tidak memiliki baris untuk metode dan backend ini`,
  outOfRange: (where, metric, isPercent, printed) =>
    `${where}: ${metric} harus ${isPercent ? "antara 0 dan 100 %" : "0 atau lebih"}, bukan ${printed}`,
  lossNoFraction: (where, percent, packets, lost) =>
    `${where}: packet loss ${percent} % dari ${packets} paket berarti ${lost} paket; jumlah paket yang hilang selalu bilangan bulat`,
  lossMaybeCount: (rows) =>
    `packet loss berupa bilangan bulat di semua ${rows} baris dan satuannya tidak disebutkan: nilainya jumlah paket, atau persentase yang dibulatkan; jangan dinilai sebelum jelas yang mana`,
  requestsDoNotAddUp: (counts, sum, printed) =>
    `request semua backend berjumlah ${counts.join(" + ")} = ${sum}, tetapi total yang tercetak ${printed}`,
  moreRequestsThanSent: (received, sent) =>
    `backend menerima ${received} request dari ${sent} yang dikirim; load balancer yang mencoba ulang dapat menyebabkannya, jika tidak, lalu lintas lain ikut terhitung`,
  fewerRequestsThanSent: (received, sent) =>
    `backend menerima ${received} request dari ${sent} yang dikirim: ${sent - received} gagal sebelum sampai ke backend, atau tidak terekam`,
  rowAtLine: (row, line) => `${row} (baris ${line})`,
  repeatedRow: (rows, count) =>
    `${rows}: satu run memiliki ${count} baris; beri nomor pada setiap run, atau hapus baris yang berlebih`,
  equalRows: (rows) =>
    `${rows}: semua nilai sama di setiap digit, yang tidak pernah terjadi pada dua run; salah satunya disalin`,
  sameCapture: (runs) => `${runs} adalah capture yang sama, yang tidak pernah terjadi pada dua run`,
};
