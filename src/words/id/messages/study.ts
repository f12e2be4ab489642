/** Eksperimen di disk: apa yang ada, apa yang tidak dapat dibaca, dan keraguan tentang rencananya. */
import type { study as english } from "../../en/messages/study.ts";

export const study: typeof english = {
  noSuchPath: (path) => `${path}: tidak ada berkas atau folder ini`,
  singleCapture: (path) =>
    `${path} adalah satu capture: "lbqos analyze" mengukurnya; untuk membandingkan metode, berikan folder berisi run-run-nya`,
  neitherExperimentNorTable: (path) =>
    `${path}: bukan eksperimen (folder, atau manifes yang berakhiran .yaml) dan bukan tabel hasil (.csv, .tsv)`,
  cannotRead: (path, reason) => `${path}: tidak dapat dibaca: ${reason}`,
  thereIsNoFile: () => "tidak ada berkas ini",
  permissionDenied: () => "akses ditolak",
  notFile: (path) => `${path}: bukan berkas`,
  tableFileTooBig: (path) => `${path}: terlalu besar untuk sebuah tabel (lebih dari 64 MiB)`,
  noCaptureBelow: (folder) =>
    `${folder}: tidak ada capture di dalamnya (.pcap, .pcapng, atau .cap, juga .gz atau .zst); rekam dahulu, atau berikan folder lain`,
  tooManyFiles: (folder, limit) =>
    `${folder}: berisi lebih dari ${limit} berkas; berikan folder eksperimennya sendiri`,
  addressesNotSeen: (manifest, files, wrong, shown, more) =>
    `${manifest}: tidak ada capture yang memperlihatkan request dari balancer ke backend; di dalam ${files} tidak ada request ${wrong}, yang ada ${shown}${more === 0 ? "" : `, dan ${more} lagi`}; perbaiki alamatnya`,

  manifestInferred: (methods) =>
    `tidak ada experiment.yaml: metode (${methods}) dan run diambil dari nama folder dan berkas`,
  manifestInferredAdvice: () =>
    '"lbqos init FOLDER" menuliskan apa yang dipahami, untuk dikoreksi dan dilengkapi.',
  runNotRead: (method, run, reason) => `${method} run ${run}: ${reason}`,
  notAnalyzed: () => "tidak dianalisis",
  leftOut: (what) => `tidak disertakan: ${what}`,
  leftOutAdvice: () => "Rekam ulang run tersebut, atau keluarkan capture-nya dari eksperimen.",
  atPlace: (place, what) => `${place}: ${what}`,
  noFileFits: (method, pattern) => `metode ${method}: tidak ada berkas yang cocok dengan ${pattern}`,
  keysStayHere: () =>
    "--queue tidak menyerahkan kunci kepada worker, sedangkan manifes menyebutkannya (keys) atau ada yang berada di samping capture: bandingkan tanpa --queue, atau masukkan rahasianya ke dalam capture (editcap --inject-secrets)",
  noFileFitsAdvice: () => "Periksa namanya di dalam manifes, atau rekam run yang belum ada.",
  captureInTwoRuns: (file, method, run, otherMethod, otherRun) =>
    `${file} adalah capture dari ${otherMethod} run ${otherRun} dan juga dari ${method} run ${run}`,
  captureInTwoRunsAdvice: () =>
    "Persempit pola di dalam manifes, agar setiap capture termasuk dalam satu run saja.",
};
