/** Byte, berkas, format, dan program perekam. */
import type { capture as english, FileKindName } from "../../en/messages/capture.ts";

const fileKinds: Readonly<Record<FileKindName, string>> = {
  zip: "arsip ZIP",
  "7z": "arsip 7z",
  rar: "arsip RAR",
  tar: "arsip tar",
  bzip2: "data bzip2",
  xz: "data xz",
  lzip: "data lzip",
  lz4: "data lz4",
  compress: "data compress",
  gzip: "data gzip",
  zstd: "data zstd",
  snoop: "capture snoop",
  btsnoop: "capture Bluetooth (btsnoop)",
  netmon2: "capture Microsoft Network Monitor 2",
  netmon1: "capture Microsoft Network Monitor 1",
  netxray: "capture NetXray",
  sniffer: "capture Sniffer",
  iptrace: "capture iptrace dari AIX",
  nettl: "capture nettl dari HP-UX",
  program: "program",
  pdf: "dokumen PDF",
  png: "gambar PNG",
  jpeg: "gambar JPEG",
  "git-lfs": "pointer Git LFS",
  html: "halaman HTML",
  json: "dokumen JSON",
  "hex-dump": "hex dump",
  text: "berkas teks",
  unknown: "data yang jenisnya tidak dikenal",
};

export const capture: typeof english = {
  noCaptureChosen: () =>
    "tidak satu pun berkas ini capture; pilih berkas berakhiran .pcap, .pcapng, atau .cap, juga dengan .gz atau .zst",
  captureNotServed: (name) => `${name} tidak dapat dimuat; apakah lbqos open masih berjalan?`,
  noCaptureGiven: () => "tidak ada capture yang diberikan; sebutkan sedikitnya satu berkas",
  standardInputTwice: () => "-: masukan standar disebut dua kali; sebutkan sekali saja",
  standardInputIsTerminal: (example) =>
    `-: masukan standar adalah terminal; alirkan capture ke dalamnya dengan pipe, misalnya ${example}`,
  captureIsFolder: (path) =>
    `${path}: adalah folder; sebutkan capture di dalamnya, misalnya ${path}/*.pcapng`,
  notOpened: (path, reason) => `${path}: ${reason}`,
  noSuchFile: () => "tidak ada berkas ini; periksa nama dan foldernya",
  mayNotRead: () => "tidak ada izin untuk membacanya; ubah modenya (chmod +r) atau minta kepada pemiliknya",
  tooManyOpen: () => "terlalu banyak berkas yang terbuka; naikkan batasnya (ulimit -n)",
  cannotOpen: (code) => `tidak dapat dibuka (${code}); periksa nama dan disknya`,
  captureIsEmpty: (name, inside) =>
    `${name}: kosong${inside} (0 byte): tidak ada yang terekam, atau penyalinannya gagal`,
  notHere: () => "",
  insideData: (compression) => ` di dalam data ${compression}`,
  compressedTwice: (name) => `${name}: terkompresi dua kali; buka kompresinya satu kali dan berikan hasilnya`,
  zstdWindow: (name, mebibytes) =>
    `${name}: data zstd-nya memerlukan memori ${mebibytes} MiB; buka kompresinya dengan: zstd -d --long=31`,
  copyAgain: (name, what) => `${name}: ${what}; salin berkas itu sekali lagi`,
  notCapture: (name, inside, magic, looksLike, advice) =>
    `${name}: bukan capture: byte 0${inside} (${magic}) mengawali ${looksLike}; ${advice}`,

  fileKind: (kind) => fileKinds[kind],
  archaicPcap: (major) => `berkas pcap versi kuno ${major}`,
  damagedPcapng: () => "berkas pcapng yang penanda urutan byte-nya (byte 8) rusak",
  unknownPcapng: (version) => `berkas pcapng versi ${version} yang tidak dikenal`,
  giveCapture: () => "berikan berkas yang ditulis tcpdump -w, dumpcap, atau Wireshark",
  convertCapture: () => "ubah formatnya dengan: editcap -F pcapng IN OUT.pcapng",
  convertHexDump: () => "ubah formatnya dengan: text2pcap IN OUT.pcapng",
  unpackCapture: (program) => `ekstrak, lalu berikan capture di dalamnya (${program})`,
  fetchFromLfs: () => "ambil capture-nya sendiri dengan: git lfs pull",
  copyInBinary: () => "salin sekali lagi, dalam mode biner",
  serverSentPage: () => "server mengirim halaman web, bukan berkasnya; unduh capture-nya sendiri",

  byteUnreadable: (byte, code) => `byte ${byte} tidak dapat dibaca (${code})`,
  streamFailed: (byte, code) => `alirannya gagal setelah byte ${byte} (${code})`,
  dataEndsEarly: (compression, byte) => `data ${compression} berakhir sebelum waktunya, setelah byte ${byte}`,
  gzipDamaged: (byte, reason) => `data gzip rusak sebelum byte ${byte} (${reason})`,
  zstdDamaged: (byte) => `data zstd rusak sebelum byte ${byte}`,
  recordTooLong: (bytes) => `record sepanjang ${bytes} byte`,
  headerWithoutMagic: () => "header berkas tanpa magic number pcap",
  sectionWithoutOrder: () => "header section tanpa penanda urutan byte",
  sectionTooShort: () => "header section yang terlalu pendek",
  sectionVersion: (version) => `section pcapng versi ${version}`,
  blockTooLong: (bytes) => `blok sepanjang ${bytes} byte`,
  blockLengthsDiffer: (first, second) => `blok yang kedua panjangnya berbeda, ${first} dan ${second}`,
  packetBlockTooShort: () => "blok paket yang terlalu pendek untuk header-nya",
  interfaceTooShort: () => "deskripsi interface yang terlalu pendek",
  statisticsTooShort: () => "statistik interface yang terlalu pendek",
  packetTooLong: (bytes, block) => `paket sepanjang ${bytes} byte di dalam blok ${block} byte`,
  undescribedInterface: (number) => `paket dari interface ${number}, yang tidak dijelaskan di dalam berkas`,
  packetBeforeInterface: () => "paket sebelum deskripsi interface yang pertama",
  atByte: (byte, isUncompressed) =>
    `byte ${byte}${isUncompressed ? " dari data setelah kompresinya dibuka" : ""}`,

  damagedAt: (name, what, place) =>
    `${name}: ${what} pada ${place}: mulai dari sana tidak ada yang dapat dibaca`,
  endedEarly: (name, what) => `${name}: ${what}`,
  cutTail: (name, place) => `${name}: terpotong: record yang mulai pada ${place} tidak lengkap`,
  restMatters: () =>
    "Semua sebelum itu dianalisis; bila sisanya penting, salin berkas itu sekali lagi atau rekam ulang.",
  recorderKilled: () =>
    "Semua sebelum itu dianalisis; perekamnya dihentikan paksa atau penyalinannya tidak selesai.",
  untimedFrames: (name, frames) => `${name}: ${frames} frame direkam tanpa waktu (simple packet block)`,
  untimedFramesAdvice: () =>
    "Frame itu dihitung dengan waktu frame sebelumnya; rekam dengan enhanced packet block.",
  lostFileAdvice: () =>
    "Berkas yang lain dianalisis; berkas ini diubah atau dihapus selagi analisis berjalan.",
  farTimes: (frames) =>
    `${frames} frame berjarak lebih dari 104 hari dari frame pertama: waktunya tidak tepat`,
  farTimesAdvice: () =>
    "Jam disetel selama perekaman, atau ada record yang rusak; buang dengan editcap -A dan -B.",
  noDate: () => "Jam frame berada di luar tahun 0 sampai 9999: awal capture tidak memiliki tanggal.",
  noDateAdvice: () =>
    "Jam perekam salah, atau ada record yang rusak; selang waktu antarframe tetap seperti yang terekam.",

  noInterfaceGiven: () => "tidak ada interface untuk direkam; lbqos interfaces menampilkan daftarnya",
  noEngine: () => "tidak ada program perekam",
  engineMissing: (engine, install) => `${engine} tidak terpasang; pasang dengan: ${install}`,
  engineNotStarted: (engine, code) => `${engine} tidak dapat dijalankan (${code})`,
  engineKilled: (engine, signal) => `${engine} dihentikan oleh ${signal}`,
  engineEnded: (engine, status, words) =>
    `${engine} berakhir sendiri (status ${status})${words === "" ? "" : `: ${words}`}`,
  oneInterfaceOnly: (engine) =>
    `${engine} merekam satu interface; untuk beberapa interface gunakan dumpcap (sudo apt-get install wireshark-common), atau any untuk semuanya`,
  noSuchInterface: (name, existing) =>
    `${name}: tidak ada interface ini${existing === "" ? "" : `; yang ada ${existing}`}`,
  interfaceDown: (name) => `${name}: interface tidak aktif; aktifkan: sudo ip link set ${name} up`,
  interfaceGone: (name) => `${name}: interface sudah tidak ada, sehingga perekaman berakhir`,
  mayNotCapture: (interfaces, remedy) => `${interfaces}: tidak ada izin untuk merekam; ${remedy}`,
  allowProgram: (path) =>
    `izinkan dengan: sudo setcap cap_net_raw,cap_net_admin=eip ${path}, atau jalankan lbqos dengan sudo`,
  groupOnly: (interfaces) =>
    `${interfaces}: dumpcap hanya untuk grup wireshark; bergabunglah dengan: sudo usermod -aG wireshark $USER, lalu login ulang, atau jalankan lbqos dengan sudo`,
  useSudoOrDumpcap: () =>
    "jalankan lbqos dengan sudo, atau pasang dumpcap: sudo apt-get install wireshark-common",
  noCaptureProgram: () =>
    "tidak ada program perekam yang terpasang; pasang salah satu: sudo apt-get install wireshark-common",
  dumpcapForGroup: () =>
    "dumpcap hanya untuk grup wireshark; bergabunglah: sudo usermod -aG wireshark $USER, atau gunakan sudo",
  useSudo: () => "tidak ada izin untuk merekam; gunakan sudo",
  allowCapture: (program) =>
    `tidak ada izin untuk merekam; izinkan: sudo setcap cap_net_raw,cap_net_admin=eip ${program}, atau gunakan sudo`,
  isDown: (name) => `interface tidak aktif; aktifkan: sudo ip link set ${name} up`,
  captureFilterWrong: (filter, words) => `filter capture "${filter}": ${words}; lihat man pcap-filter`,
  noAddressToCapture: (address) => `${address}: bukan alamat IP yang dapat direkam`,
  captureCommandEmpty: () => "perintah perekamnya kosong",
  commandMissing: (program) => `${program}: tidak ada program ini; apakah ada di PATH?`,
  commandEnded: (program, status, words) =>
    `${program} berakhir dengan status ${status}${words === "" ? "" : `: ${words}`}`,
  commandKilled: (program, signal, words) =>
    `${program} dihentikan oleh ${signal}${words === "" ? "" : `: ${words}`}`,
};
