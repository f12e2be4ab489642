/** Manifes, tabel, dan run sebuah eksperimen. */
import type { experiment as english, ValueKind } from "../../en/messages/experiment.ts";

const valueKinds: Readonly<Record<ValueKind, string>> = {
  string: "teks",
  number: "angka",
  int: "bilangan bulat",
  boolean: "true atau false",
  array: "daftar",
  object: "kumpulan field",
  nothing: "kosong",
};

export const experiment: typeof english = {
  doubtOfRun: (run, doubt, others) =>
    `${run}: ${doubt}${others === 0 ? "" : ` (dan serupa di ${others} run lain)`}`,
  noFileNameForRun: (manifest, run, method, stem) =>
    `${manifest}: tidak ada nama berkas yang akan menjadi run ${run} dari ${method}; sebutkan di sana: captures: [{ files: ${stem}-${run}.pcapng, run: ${run} }]`,
  runIsThere: (manifest, run, method, files) =>
    `${manifest}: run ${run} dari ${method} sudah ada, dalam ${files.length} berkas: ${files.join(", ")}; pindahkan dahulu`,
  noSuchMethod: (manifest, name, hint) => `${manifest}: tidak ada metode "${name}"; ${hint}`,
  thereIs: (names) => (names === "" ? "tidak ada satu pun" : `yang ada ${names}`),
  didYouMean: (name) => `maksudnya "${name}"?`,
  methodWithoutCaptures: (manifest, name, stem) =>
    `${manifest}: metode ${name} tidak punya capture; sebutkan tempatnya: captures: ${stem}-*.pcapng`,
  sayWhichLevels: (manifest, name, there, example) =>
    `${manifest}: ${name} punya capture pada ${there}: sebutkan yang mana, misalnya ${example}`,
  leaveLevelsOut: (manifest, name) =>
    `${manifest}: capture ${name} tidak memiliki level: jangan berikan --level`,
  sayWhichBackend: (manifest, name, example) =>
    `${manifest}: ${name} merekam backend-nya satu per satu: sebutkan yang mana, misalnya --backend "${example}"`,
  leaveBackendOut: (manifest, name) =>
    `${manifest}: ${name} merekam semua backend sekaligus: jangan berikan --backend`,
  noCapturesOfBackend: (manifest, name, backend, there) =>
    `${manifest}: ${name} tidak punya capture dari "${backend}"; yang ada ${there}`,
  noCaptureHere: () =>
    "tidak ada capture di sini (.pcap, .pcapng, atau .cap, juga .gz atau .zst); rekam dahulu",
  tooBigFor: (file, what) =>
    `${file}: terlalu besar untuk ${what} (lebih dari 1 MiB); apakah ini berkas yang lain?`,
  fileIsEmpty: (file, advice) => `${file}: kosong; ${advice}`,
  isNot: (file, what) => `${file}: bukan ${what}`,
  fieldProblem: (file, line, field, problem, more) =>
    `${file}:${line}: ${field === "" ? "" : `${field} `}${problem}${more === 0 ? "" : ` (dan ${more} lagi)`}`,
  notYaml: (file, line, reason) => `${file}:${line}: bukan YAML yang sah: ${reason}`,
  yamlUnreadable: (file, reason) => `${file}: tidak dapat dibaca sebagai YAML: ${reason}`,
  methodInBoth: (file, line, method) =>
    `${file}:${line}: metode ${method} juga punya capture di dalam manifes, sehingga dua sumber akan dihitung sebagai satu metode; beri nama lain di salah satunya`,
  methodCapitals: (file, line, method, other) =>
    `${file}:${line}: metode ${method} hanya berbeda huruf besar-kecil dari ${other}; tulis keduanya sama, atau beri salah satunya nama lain`,
  noField: (key, hint) => `tidak mengenal "${key}"; ${hint}`,
  thereAre: (names) => `yang ada ${names}`,
  notValue: (fault, got) => `${fault}, bukan ${got}`,
  isMissing: () => "tidak ada",
  isEmpty: () => "kosong",
  mustBe: (what, got, hint) => `harus ${what}, bukan ${got}${hint}`,
  kindOfValue: (kind) => valueKinds[kind],
  atLeast: (limit) => `sedikitnya ${limit}`,
  above: (limit) => `di atas ${limit}`,
  atMost: (limit) => `paling banyak ${limit}`,
  oneOf: (choices) => `salah satu dari ${choices}`,
  noHint: () => "",
  putInQuotes: () => "; tulis di dalam tanda kutip",
  perhaps: (name) => `; maksudnya "${name}"?`,
  tableTooBig: (file) => `${file}: terlalu besar untuk sebuah tabel (lebih dari 64 MiB)`,
  tableIsEmpty: (file) => `${file}: kosong; tabel memerlukan baris judul kolom`,
  unevenCells: (file, line, cells, expected, separator) =>
    `${file}:${line}: berisi ${cells} sel, padahal judul kolomnya ${expected}; isi sel yang kosong, atau beri tanda kutip pada sel yang memuat "${separator}"`,
  textAfterQuote: (file, line) =>
    `${file}:${line}: ada teks setelah tanda kutip penutup; tulis tanda kutip di dalam sel dua kali`,
  quoteNotClosed: (file, line) =>
    `${file}:${line}: tanda kutip sebuah sel tidak pernah ditutup; tambahkan " yang kurang`,
  headerOnly: (file) => `${file}: hanya berisi judul kolom, tanpa baris`,
  throughputWithoutUnit: (file, column) =>
    `${file}:1: "${column}" tanpa satuan; beri nama throughput_mbps atau throughput_kbps`,
  notResults: (file, known, header) =>
    `${file}:1: bukan tabel hasil; perlu kolom method dan sebagian dari ${known}, yang ada ${header}`,
  columnTwice: (file, column) => `${file}:1: ada dua kolom yang artinya sama dengan "${column}"`,
  cellProblem: (file, line, column, problem) => `${file}:${line}: ${column}: ${problem}`,
  notRequestsTable: (file) =>
    `${file}:1: bukan tabel request; perlu kolom run dan satu kolom untuk setiap backend, boleh dengan sent dan total`,
  notRequestCount: (text) => `"${text}" bukan bilangan bulat jumlah request`,
  noGeneratorReport: (file) => `${file} tidak ada`,
  noGeneratorReportAdvice: () =>
    "Periksa tempat pembangkit beban menulis laporannya: generator dalam manifes menyebutkan tempat mencarinya.",
  notGeneratorReport: (file, tools) => `${file}: bukan laporan pembangkit beban yang dibaca lbqos (${tools})`,
  generatorLate: (runs, reached, wanted) =>
    `pembangkit beban terlambat: ia mengirim ${reached} request/detik, padahal diminta ${wanted} (${runs})`,
  generatorLateAdvice: () =>
    "Yang terukur adalah beban yang lebih rendah; pakai mesin yang lebih kuat, lebih banyak koneksi, atau laju yang lebih rendah.",
  littlesLaw: (runs, busy, connections) =>
    `angka pembangkit beban tidak mungkin: waktu respons rata-rata × laju menyibukkan ${busy} koneksi, padahal ia punya ${connections} (${runs})`,
  littlesLawAdvice: () =>
    "Menurut hukum Little, request yang sedang berjalan sebanyak laju × waktu; periksa apakah laporan itu dari run ini.",
  methodIsEmpty: () => "kosong; setiap baris memerlukan metodenya",
  tooManyMethods: (count, limit) =>
    `${count} metode terlalu banyak: paling banyak ${limit} dapat dibandingkan satu sama lain; bandingkan lebih sedikit sekaligus`,
  notNumber: (text) => `"${text}" bukan angka, atau lebih dari 10^15`,
  notRunNumber: (text) => `"${text}" bukan nomor run`,
  aManifest: () => "manifes",
  aProfile: () => "profil kategori",
  initWritesOne: () => '"lbqos init FOLDER" menulis manifes sebagai titik awal',
  docsShowOne: () => "README menunjukkan contohnya",
  numberTheRuns: () => "kosong; beri nomor run 1, 2, …",
};
