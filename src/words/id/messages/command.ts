/** Perintah: argumennya, yang ditulisnya, dan yang dikatakan sistem. */
import type { command as english } from "../../en/messages/command.ts";
import { didYouMean } from "../grammar.ts";

/** Yang dikatakan sistem operasi, menurut nama kesalahannya. */
const systemReasons: Readonly<Record<string, string>> = {
  EACCES: "akses ditolak",
  EPERM: "operasi tidak diizinkan",
  ENOENT: "tidak ada berkas atau folder ini",
  ENOTDIR: "bukan folder",
  EISDIR: "adalah folder",
  EEXIST: "sudah ada",
  ENOSPC: "disk penuh",
  EDQUOT: "kuota disk habis",
  EROFS: "sistem berkas hanya dapat dibaca",
  EMFILE: "terlalu banyak berkas yang terbuka",
  ENFILE: "terlalu banyak berkas yang terbuka",
  EFBIG: "berkas terlalu besar",
  EIO: "kesalahan masukan atau keluaran",
  EBUSY: "sedang dipakai",
  EPIPE: "pembacanya sudah menutup pipe",
};

export const command: typeof english = {
  warning: (text) => `peringatan: ${text}`,
  internalError: (reason) =>
    `kesalahan internal (${reason}): ini bug lbqos; laporkan beserta perintah yang dijalankan dan, bila bisa, capture-nya; LBQOS_DEBUG=1 menunjukkan tempatnya`,

  nothingLearned: (why) => `tidak ada yang dapat dipelajari dari sebuah capture: ${why}`,
  notAudited: (run) => `tidak diaudit, karena tidak dapat dibaca: ${run}`,
  nothingToCompare: (path, why) => `${path}: tidak ada yang dapat dibandingkan: ${why}`,
  namesNothing: () => "tidak menyebut capture maupun tabel",
  runLeftOut: (run) => `tidak disertakan, karena tidak dapat dibaca: ${run}`,
  noManifest: (path) =>
    `tidak ada experiment.yaml di ${path}: metode dan run diambil dari nama, balancer dan backend dari lalu lintas`,
  chartsInPageOnly: (why) => `grafik hanya ada di report.html: ${why}`,
  reportWritten: (path) => `laporannya ada di ${path}`,
  interrupted: (isKept) =>
    `dihentikan${isKept ? "; capture yang sudah dianalisis disimpan untuk kali berikutnya" : ""}`,

  seeHelp: (problem, help) => `${problem}; lihat ${help}`,
  notLanguage: (where, text, languages) =>
    `${where}: "${text}" bukan bahasa yang dikenal lbqos; yang ada ${languages}`,
  unknownCommand: (name, names) => `perintah "${name}" tidak dikenal: yang ada ${names}; lihat lbqos --help`,
  fileForCommand: (name) => `perintah "${name}" tidak dikenal: untuk mengukur capture: lbqos analyze ${name}`,
  unknownOption: (option, near) => `opsi '${option}' tidak dikenal${didYouMean(near)}`,
  unknownSubcommand: (name, near) => `perintah '${name}' tidak dikenal${didYouMean(near)}`,
  missingArgument: (name) => `argumen '${name}' wajib diberikan`,
  optionWithoutValue: (option) => `opsi '${option}' memerlukan nilai`,
  missingOption: (option) => `opsi '${option}' wajib diberikan`,
  notChoice: (option, value, choices) =>
    `nilai '${value}' tidak berlaku untuk opsi '${option}'. Pilihannya ${choices}`,
  argumentNotChoice: (name, value, choices) =>
    `nilai '${value}' tidak berlaku untuk argumen '${name}'. Pilihannya ${choices}`,
  optionsConflict: (option, other) => `opsi '${option}' tidak dapat digunakan bersama opsi '${other}'`,
  tooManyArguments: (name, expected, got) =>
    `terlalu banyak argumen${name === "" ? "" : ` untuk '${name}'`}: seharusnya ${expected}, diberikan ${got}`,
  outputNotWritten: (reason) => `keluaran standar tidak dapat ditulis: ${reason}`,
  standardOutput: () => "keluaran standar",
  exchangesNotWritten: (name, reason) => `pertukaran HTTP tidak dapat ditulis ke ${name}: ${reason}`,
  overCapture: (option, capture) => `${option} akan menimpa capture ${capture}`,
  annotateNeedsFile: () => "--annotate membaca capture dua kali: berikan file, bukan input standar",
  folderNotWritten: (path, reason) => `${path}: tidak dapat ditulisi: ${reason}`,
  fileNotWritten: (path, reason) => `${path}: tidak dapat ditulis: ${reason}`,
  profileNotRead: (path, reason) => `${path}: profil kategori tidak dapat dibaca: ${reason}`,
  notRate: (text) => `--bandwidth: "${text}" bukan laju seperti 100M atau 1Gbit/s`,
  folderNotMade: (path, reason) => `${path}: folder tidak dapat dibuat: ${reason}`,
  targetIsFolder: (path) => `${path}: adalah folder; berikan nama berkas di dalamnya`,
  writeOverReplayed: (path) => `--write akan menimpa capture yang diputar ulang, ${path}`,
  recordingIsThere: (path) => `${path}: sudah ada; --force menimpanya`,
  backendNameEmpty: (text) => `--backend "${text}": namanya kosong, berikan NAMA=ALAMAT atau alamatnya saja`,
  balancerPort: (text) =>
    `--balancer: "${text}" memuat port, padahal balancer menghubungi backend-nya dari port yang berganti-ganti: berikan alamatnya saja`,
  backendTwice: (option, name, first, second) =>
    `${option}: "${name}" disebut dua kali, untuk ${first} dan untuk ${second}`,
  sameServer: (option, name, at, other, otherAt) =>
    `${option}: "${name}" (${at}) dan "${other}" (${otherAt}) adalah server yang sama`,
  auditTablesOnly: () =>
    "--means dan --requests hanya untuk tabel hasil; manifes menyebutkan tabelnya sendiri",
  noSuchFolder: (folder) => `${folder}: tidak ada folder ini`,
  initTakesFolder: (path) => `${path}: adalah berkas; init memerlukan folder tempat capture berada`,
  manifestIsThere: (path) => `${path} sudah ada; --force menulis yang baru di atasnya`,
  notChartFormat: (text, formats) => `--charts: "${text}" bukan salah satu dari ${formats}, none`,
  notDpi: (text, min, max) => `--dpi: "${text}" bukan angka dari ${min} sampai ${max}`,
  oneSourceOnly: (source, other) =>
    `--filter: hanya pasangan dari satu sumber sekaligus, sedangkan ini dari ${source} dan ${other}`,
  noTcpPacket: (files) => `tidak ada paket TCP di dalam ${files}: tidak ada yang dapat dianalisis`,
  keysNotRead: (path, reason) => `kunci di dalam ${path} tidak dapat dibaca: ${reason}`,
  keysNotReadAdvice: () =>
    "Beri lbqos izin membaca berkas itu (chmod, atau pengguna yang menjalankannya): sebelum itu tidak ada yang didekripsi.",
  noKeys: (path) =>
    `tidak ada rahasia TLS di dalam ${path}: berikan berkas yang ditulis program ke tempat yang disebut SSLKEYLOGFILE`,
  nothingReadable: (files) =>
    `tidak ada request di dalam ${files} yang dapat dibaca: semuanya di dalam TLS (--keys FILE mendekripsinya): tidak ada yang dapat dianalisis`,
  noHttpSpoken: (files) =>
    `tidak ada koneksi di dalam ${files} yang memakai HTTP: tidak ada yang dapat dianalisis`,
  pipeCapture: () =>
    "masukan standar adalah terminal: alirkan capture dengan pipe, misalnya zcat FILE | lbqos analyze -",
  inputOnce: () => "masukan standar (-) hanya dapat dibaca satu kali",
  outputTwice: (format) =>
    `--exchanges - dan --${format} sama-sama memerlukan keluaran standar: berikan berkas untuk --exchanges`,
  exchangesName: (path) =>
    `--exchanges: "${path}" harus berakhiran .csv, .jsonl, .ndjson, .har, atau .parquet, atau - untuk keluaran standar`,
  notServer: (option, text) =>
    `${option}: "${text}" bukan alamat, ALAMAT:PORT, atau [IPV6]:PORT, dan bukan nama sebuah --backend`,
  notRequestTime: (option, text) =>
    `${option}: "${text}" bukan jam seperti 16:05:15 dan bukan detik sejak frame pertama capture`,
  notStatus: (text) => `--status: "${text}" bukan status seperti 503, 5xx, 500-599, atau none`,
  notExchangeState: (text, states) => `--state: "${text}" bukan salah satu dari ${states}`,
  notMilliseconds: (option, text) => `${option}: "${text}" bukan waktu dalam ms seperti 250 atau 0.5`,
  pageNeedsToken: (host, variable) =>
    `--http ${host}: orang lain dapat melihatnya di sana: berikan token (--token, atau ${variable}), atau gunakan 127.0.0.1`,
  notManifest: (path) =>
    `${path}: bukan manifes; "lbqos init FOLDER" menulis experiment.yaml sebagai titik awal`,
  stayNeedsHttp: () => "--stay mempertahankan halaman: berikan juga --http",
  tokenNeedsHttp: () => "--token untuk halaman web: berikan juga --http",
  notListenPlace: (text) => `--http: "${text}" bukan alamat dan port seperti 127.0.0.1:8080`,
  noTcpFrom: (where) => `tidak ada paket TCP dari ${where}: tidak ada yang dapat dianalisis`,
  notTime: (option, text) => `${option}: "${text}" bukan lama waktu seperti 60s, 5m, atau 1h30m`,
  notSize: (option, text) => `${option}: "${text}" bukan ukuran seperti 100M atau 64MiB`,
  notWholeNumber: (option, text, min, max) =>
    `${option}: "${text}" bukan bilangan bulat dari ${min} sampai ${max}`,
  notJobs: (text, max) => `--jobs: "${text}" bukan jumlah capture dari 1 sampai ${max}`,
  speedIsForReplay: () => "--speed hanya untuk --replay",
  whereFrom: () =>
    "dari mana? --interface eth0 merekam (lbqos interfaces menampilkan daftarnya), --replay FILE memutar ulang capture",
  interfaceTwice: (name) => `--interface: "${name}" disebut dua kali`,
  bufferOutOfRange: (text, max) => `--buffer: "${text}" tidak di antara 1 MiB dan ${max} MiB`,
  notSpeedFactor: (text) => `--speed: "${text}" bukan kelipatan seperti 10 atau 0.5, dan bukan max`,
  sayWhichRun: () => "--experiment: sebutkan run yang direkam: --method NAMA --run NOMOR",
  levelNeedsExperiment: () => "--level: level dari run sebuah eksperimen: berikan juga --experiment",
  notLevel: (text) => `--level: "${text}" bukan faktor dengan levelnya, seperti load=300`,
  oneBackendOfTest: () => "--backend: bersama --experiment, opsi ini menyebut satu backend dari run direct",
  rotationNeedsWrite: () => "--rotate-size dan --rotate-time untuk rekaman: berikan juga --write",
  writeNeedsFile: () => "--write: keluaran standar dipakai laporan; berikan berkas untuk rekamannya",
  writeCompression: (path) => `--write: "${path}": rekaman ditulis apa adanya atau terkompresi sebagai .gz`,
  everyTooShort: (text) => `--every: "${text}" kurang dari satu detik, padahal angka dibuat sekali per detik`,
  systemReason: (code, reason) => systemReasons[code] ?? `${reason} (${code})`,
};
