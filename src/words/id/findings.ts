/** The findings of a comparison. */
import type { findings as english } from "../en/findings.ts";

export const findings: typeof english = {
  and: "dan",
  noVerdict: (methods, minRuns) =>
    `Tidak ada kesimpulan tentang ${methods}: diperlukan dua metode dengan sedikitnya ${minRuns} run; tabel menunjukkan apa yang terukur.`,
  failures: (list) =>
    `Request gagal pada ${list}: tanpa respons yang utuh, atau dengan status 5xx. Angka lain tidak dapat menutupinya.`,
  failedOf: (method, failed, requests) => `${method} (${failed} dari ${requests})`,
  allFail: (methods) =>
    `Menurut metrik jaringan dan server, tidak satu pun dari ${methods} terbaik: pada masing-masing ada request yang gagal.`,
  groupFailing: (group) =>
    `${group}: angka lebih baik hanya jika lebih banyak request gagal, dan itu tidak menjadikan metode mana pun lebih baik.`,
  noneBest: (methods) =>
    `Menurut metrik jaringan dan server, data tidak mengunggulkan satu pun dari ${methods}.`,
  allBeaten:
    "Menurut metrik jaringan dan server, setiap metode kalah dari metode lain pada salah satu metrik; lihat kalimat masing-masing.",
  best: (unbeaten, _isOne, beaten) =>
    `Menurut metrik jaringan dan server, ${unbeaten} tidak kalah pada metrik mana pun; ${beaten} kalah pada sedikitnya satu metrik.`,
  groups: { network: "Jaringan", server: "Server" },
  groupNoVerdict: (group) =>
    `${group}: tidak ada kesimpulan; tidak satu pun metriknya diukur dalam cukup banyak run dari dua metode.`,
  groupNoDifference: (group, metrics) =>
    `${group}: data tidak menunjukkan metode yang lebih baik atau lebih buruk (${metrics}).`,
  worse: (loser, winner, metric) => `${loser} lebih buruk daripada ${winner} pada ${metric}`,
  paths: { without: "tanpa load balancer", with: "melalui load balancer" },
  pace: (sizes, rows) =>
    `Laju: throughput × delay adalah ukuran satu frame request (${sizes})${rows === null ? "" : ` pada ${rows.fitting} dari ${rows.all} baris`}, jadi throughput, delay, dan jitter menurut makalah menunjukkan seberapa sering pembangkit beban mengirim request dan bagaimana request dibagi, bukan seberapa cepat jaringan atau server.`,
  metricOf: (metric, backend) => `${metric} pada ${backend}`,
  againstBaseline: (metric, baseline) => `${metric} dibandingkan dengan ${baseline}, tanpa load balancer`,
  metric: {
    tooFewRuns: (minRuns) =>
      `tidak ada kesimpulan, karena diperlukan dua metode dengan sedikitnya ${minRuns} run`,
    oneMethod: (method) => `hanya diukur untuk ${method}, jadi tidak ada pembandingnya`,
    noMethod: "tidak satu metode pun",
    allEqual: (methods, value) => `semua run ${methods} bernilai sama, ${value}`,
    noPair: (methods, p) =>
      `${methods} tidak semuanya berasal dari satu distribusi (Kruskal–Wallis ${p}), tetapi data tidak menunjukkan pasangan mana yang berbeda`,
    noDifference: (methods, p) => `data tidak menunjukkan perbedaan antara ${methods} (Kruskal–Wallis ${p})`,
    supported: (differences) => `data mendukung bahwa ${differences}`,
    open: (pairs) => `data tidak membedakan ${pairs}`,
    higher: "lebih tinggi daripada",
    lower: "lebih rendah daripada",
    medians: (a, b) => `median ${a} dan ${b}`,
    effects: {
      negligible: "efek dapat diabaikan",
      small: "efek kecil",
      medium: "efek sedang",
      large: "efek besar",
    },
    morePairs: (count) => `${count} pasangan lain`,
    has: (method, runs) => `${method} memiliki ${runs}`,
    leftOut: (minRuns) => `tidak diikutkan karena kurang dari ${minRuns} run: `,
  },
  behaviour: {
    notChecked: (why) => `tidak diperiksa: ${why}`,
    noCounts: "tidak ada run dengan jumlah request setiap backend",
    oneBackend: "hanya ada satu backend",
    leastConnection:
      "jumlah saja tidak menunjukkannya; bila request tidak bersamaan, semua backend menganggur dan least-connection bergilir",
    noRule: "namanya tidak menyebutkan aturan",
    rotates: "bergilir: setiap run seirama",
    nearlyRotates: (inStep, runs) =>
      `hampir bergilir: ${inStep} dari ${runs} run seirama, yang lain tetap lebih merata daripada kebetulan, seperti bila beberapa proses worker bergilir sendiri-sendiri`,
    doesNotRotate:
      "tidak bergilir: selisih jumlahnya lebih besar daripada yang mungkin bila bergilir; periksa bobot, backend yang gagal, dan pemakai lain",
    offWeights: (requests) => `paling banyak ${requests} request dari bobotnya`,
    differBy: (requests) =>
      requests === "0" ? "jumlahnya sama" : `selisih jumlahnya paling banyak ${requests}`,
    oneBackendOnly: (backend) =>
      `tetap pada satu backend: semua request di semua run menuju ${backend}, sebagaimana mestinya dengan satu klien`,
    severalBackends: (client, backends) =>
      `tidak tetap pada satu backend: satu-satunya klien, ${client}, dikirim ke ${backends} backend`,
    severalClients:
      "beberapa backend dipakai, yang cocok bila kliennya beberapa, dan tidak dapat dipastikan dari jumlah saja",
  },
  untitled: "Perbandingan metode load balancing",
};
