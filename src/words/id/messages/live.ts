/** Run yang sedang berjalan: perekaman, pemutaran ulang, dan analisis yang tertinggal. */
import type { live as english } from "../../en/messages/live.ts";
import { withComma } from "../grammar.ts";

export const live: typeof english = {
  damageFromEngine: (engine, what, byte) =>
    `${engine}: ${what} pada byte ${byte} dari keluarannya: mulai dari sana tidak ada yang dapat dibaca; rekam ulang`,
  noCaptureFromEngine: (engine, what) =>
    `${engine}: tidak menghasilkan capture: keluarannya diawali ${what}; program itu harus menulis pcap atau pcapng`,
  noSpeed: (speed) =>
    `--speed ${withComma(String(speed))}: bukan kecepatan; berikan angka di atas 0, atau max`,
  recordingNotOpened: (path, reason) => `${path}: ${reason}`,
  recordingEnded: (path, reason, frames) =>
    `${path}: perekaman berakhir: ${reason}; ${frames} frame sebelumnya tetap disimpan`,
  framesBeforeKept: (failure, frames) => `${failure}; ${frames} frame sebelumnya tetap disimpan`,
  recordedAlready: (path, pid, host, lock) =>
    host === null
      ? `${path}: proses ${pid} sedang merekam ke berkas ini; rekam dengan nama lain, atau hentikan dahulu proses itu`
      : `${path}: proses ${pid} di ${host} sedang merekam ke berkas ini; rekam dengan nama lain, atau hapus ${lock} bila proses itu sudah berakhir`,
  existsAlready: () => "sudah ada dan tidak ditimpa; rekam dengan nama lain, atau hapus dahulu",
  noFolderToRecord: () => "foldernya tidak ada; buat dahulu (mkdir -p), atau rekam di tempat lain",
  recordIntoFolder: () => "adalah folder; berikan nama berkas di dalamnya",
  mayNotRecord: () =>
    "tidak ada izin untuk menulis di sana; rekam di tempat lain, atau ubah pemilik atau mode foldernya",
  diskFull: () => "disk penuh; kosongkan sebagian, atau rekam di tempat lain",
  quotaUsed: () => "kuota disk habis; kosongkan sebagian, atau rekam di tempat lain",
  cannotRecord: (code) => `tidak dapat ditulis (${code}); periksa nama dan disknya`,
  fileTooLarge: () =>
    "berkas tidak dapat lebih besar lagi di sini; biarkan perekaman memulai berkas baru (rotasi)",
  cannotRecordMore: (code) => `tidak dapat ditulis lagi (${code}); periksa disknya`,
  analysisFailed: (reason) =>
    `analisis gagal (${reason}), tetapi perekaman berhasil; analisis rekamannya dengan: lbqos analyze FILE`,

  analysisSkipped: (frames) =>
    `Analisis tertinggal dan melewati ${frames} frame: semuanya terekam, tetapi tidak termasuk dalam angka ini.`,
  analysisSkippedAdvice: () =>
    "Analisis rekamannya (lbqos analyze) untuk angka yang lengkap; filter capture mengurangi pekerjaannya.",
  analysisEnded: (reason) =>
    `Analisis berakhir sebelum perekaman (${reason}): angka ini hanya sampai saat itu.`,
  analysisEndedAdvice: () =>
    "Analisis rekamannya (lbqos analyze) untuk angka yang lengkap, dan laporkan ini sebagai bug lbqos.",
  processTimestamps: () =>
    "Stempel waktu frame dibuat ketika proses ini melihatnya, bukan oleh kernel: waktu tunggu proses ini ikut masuk ke setiap selang, sehingga jitter dan waktu yang singkat menjadi terlalu panjang.",
  processTimestampsAdvice: () =>
    "Rekam dengan dumpcap atau tcpdump bila waktu di bawah satu milidetik penting.",

  stoppedBefore: () => "dihentikan sebelum perekaman dimulai",
  noTcpSeen: (where) => `tidak ada paket TCP di ${where} sampai perekaman dihentikan`,
  endedAtOnce: (files) =>
    `langsung berakhir, tanpa laporan${files === "" ? "" : `; terekam sampai saat ini: ${files}`}`,
  viewFailed: (reason) =>
    `tampilan run gagal (${reason}), perekaman berlanjut; ini bug lbqos, mohon laporkan`,
  replays: (program, interfaces) => `memutar ulang ${program}${on(interfaces)}`,
  capturesWith: (program, interfaces) => `merekam dengan ${program}${on(interfaces)}`,
  pageIsAt: (url) => `halamannya ada di ${url}`,
  reportNotRead: () =>
    "tidak ada yang membaca seluruh laporan: keluaran standar ditutup, atau tidak menuju ke mana pun",
  pageStays: (url) => `halaman tetap ada di ${url}; Ctrl-C mengakhirinya`,
  recordingIsIn: (files) => `rekamannya ada di ${files}`,
  toAnalyzeAgain: (command) => `untuk menganalisisnya lagi: ${command}`,
  otherFormat: (format) => `formatnya ${format}, apa pun namanya: lbqos dan Wireshark berpedoman pada isinya`,
};

function on(interfaces: readonly string[]): string {
  return interfaces.length === 0 ? "" : ` di ${interfaces.join(", ")}`;
}
