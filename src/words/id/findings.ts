/** The findings of a comparison. */
import type { findings as english } from "../en/findings.ts";

export const findings: typeof english = {
  failures: (list) =>
    `Request gagal pada ${list}: tanpa respons yang utuh, atau dengan status 5xx. Angka lain tidak dapat menutupinya.`,
  failedOf: (method, failed, requests) => `${method} (${failed} dari ${requests})`,
  troubledRuns: (troubled, runs, list, heading) =>
    `Ada gangguan pada ${troubled} dari ${runs} run: ${list}. Angka-angka di bawah ini memuat gangguan itu; rinciannya ada pada bagian "${heading}".`,
  troubledOf: (method, _count, runs) => `${method} (run ${runs})`,
  pooling: {
    clients: "semua request, selama klien menunggu",
    backends: "semua request, selama balancer menunggu",
    means: "rata-rata semua backend",
    selections: "rata-rata semua pilihan",
  },
  decides: (metric, pooling) => `${metric}, ${pooling}`,
  noConclusion: (methods, metric, minRuns) =>
    `Tidak ada kesimpulan tentang ${methods}: ${metric}, yang memutuskan, tidak terukur dalam sedikitnya ${minRuns} run dari dua metode. Tabel menunjukkan apa yang terukur.`,
  allEqual: (methods, value) => `semua run ${methods} bernilai sama, ${value}`,
  tooFewRuns: (runs, methods, p, pairs, needed) =>
    `tidak ada perbedaan yang dapat ditunjukkan, sejelas apa pun: dengan ${runs} run untuk masing-masing dari ${methods} metode, p terkecil yang mungkin adalah ${p} setelah koreksi Holm untuk ${pairs} pasangan; diperlukan ${needed} run untuk setiap metode`,
  tooManyTies: (p, pairs) =>
    `tidak ada perbedaan yang dapat ditunjukkan, sejelas apa pun: begitu banyak run bernilai sama sehingga p terkecil yang mungkin adalah ${p} setelah koreksi Holm untuk ${pairs} pasangan; diperlukan lebih banyak run, atau nilai dengan lebih banyak angka`,
  best: (method) => `${method} terbaik`,
  is: (method) => `${method} `,
  higher: (other) => `lebih tinggi daripada ${other}`,
  lower: (other) => `lebih rendah daripada ${other}`,
  by: (amount) => `sebesar ${amount}`,
  bySmall: (amount, limit) => `sebesar ${amount}, kurang dari ${limit} yang berarti`,
  butFails: ", tetapi lebih banyak request-nya gagal, jadi tidak lebih baik",
  alsoFails: (share) => `, walaupun ${share} request-nya gagal`,
  verdict: {
    failing: (method, share) => `${method} (${share} request-nya gagal)`,
    two: (metric, a, ratio, b, values) => `${metric}: nilai ${a} ${ratio} nilai ${b}, ${values}`,
    half: "setengah",
    double: "dua kali",
    equal: "sama dengan",
    lower: (percent) => `${percent} di bawah`,
    higher: (percent) => `${percent} di atas`,
    against: (a, b) => `${a} berbanding ${b}`,
    medians: (runs) => (runs === "1" ? "masing-masing satu run" : `median dari masing-masing ${runs} run`),
    lead: (metric, leader, value, isLower) =>
      `${metric}: yang ${isLower ? "terendah" : "tertinggi"} adalah ${leader}, ${value}`,
    certain: (p) => `Run-run itu menunjukkannya (${p})`,
    small: (limit) => `, tetapi kurang dari ${limit} yang berarti`,
    same: (limit) => `Keduanya sama dalam batas ${limit}`,
    opposite: (better, worse, isLower, amount, p) =>
      `Namun, run-run itu menunjukkan bahwa ${better} lebih ${isLower ? "rendah" : "tinggi"} daripada ${worse}, sebesar ${amount} (${p}), apa pun mediannya`,
    oppositeOf: (methods, isLower) =>
      `namun run-run itu menunjukkan bahwa ${methods} lebih ${isLower ? "rendah" : "tinggi"}, apa pun mediannya`,
    certainOf: (methods) => `Run-run itu menunjukkan keunggulannya terhadap ${methods}`,
    openOf: (methods) => `belum pasti terhadap ${methods}`,
    sameOf: (methods, limit) => `${methods} sama dalam batas ${limit}`,
    open: (runs, p) => `Dengan masing-masing ${runs} run hal ini belum pasti (${p})`,
    others: (methods) => `Yang lain: ${methods}`,
    untested: (runs) => `Dengan masing-masing ${runs} run belum ada yang pasti`,
    repeat: (runs) => `ulangi dengan masing-masing ${runs} run`,
    tooSmall: "selisih sekecil itu memerlukan lebih dari 1000 run per metode",
    noBetter: "Lebih banyak request-nya gagal, jadi metode ini tidak lebih baik",
  },
  same: (a, b, limit, shift) => `${a} dan ${b} sama dalam batas ${limit} (${shift})`,
  open: (a, b, shift) => `data tidak membedakan ${a} dan ${b} (${shift})`,
  difference: (amount) => `selisih ${amount}`,
  interval: (low, high) => `selang 95 % ${low} sampai ${high}`,
  points: (number) => `${number} poin persen`,
  detectable: (amount, percent) =>
    `Perbedaan sebesar ${amount}${percent === null ? "" : ` (${percent})`} akan ditemukan dalam empat dari lima eksperimen seperti ini`,
  runsForMargin: (limit, runs) =>
    runs === null
      ? `untuk ${limit} diperlukan lebih dari 1000 run setiap metode`
      : `untuk ${limit} diperlukan ${runs} run setiap metode`,
  morePairs: (count) => `${count} pasangan lain`,
  more: (count) => `${count} lainnya`,
  noLead: (all, isOfSelections) =>
    `Eksploratif: dari ${all} perbandingan lain (metrik, ${isOfSelections ? "pilihan" : "backend"}, pasangan metode; dikoreksi bersama), tidak satu pun menonjol.`,
  leads: (all, list) =>
    `Eksploratif, petunjuk untuk eksperimen lain dan bukan kesimpulan; dari ${all} perbandingan lain, dikoreksi bersama, yang menonjol: ${list}.`,
  paths: { without: "tanpa load balancer", with: "melalui load balancer" },
  pace: (sizes, rows) =>
    `Laju: throughput × delay adalah ukuran satu frame request (${sizes})${rows === null ? "" : ` pada ${rows.fitting} dari ${rows.all} baris`}, jadi throughput, delay, dan jitter menurut makalah menunjukkan seberapa sering pembangkit beban mengirim request dan bagaimana request dibagi, bukan seberapa cepat jaringan atau server.`,
  metricOf: (metric, backend) => `${metric} pada ${backend}`,
  behaviour: {
    notChecked: (why) => `tidak diperiksa: ${why}`,
    noCounts: "tidak ada run dengan jumlah request setiap backend",
    oneBackend: "hanya ada satu backend",
    leastConnection:
      "hampir tidak ada pilihan saat jumlah request terbuka di backend berbeda, atau tidak ada capture; jumlah saja tidak menunjukkannya",
    leastLoaded: "mengirim request ke backend dengan beban terkecil",
    mostlyLeastLoaded: "sebagian besar mengirim request ke backend dengan beban terkecil",
    notLeastLoaded: "tidak mengirim request ke backend dengan beban terkecil",
    ofChoices: (percent, choices, chance) =>
      `${percent} % dari ${choices} pilihan saat jumlah request terbuka di backend berbeda; pilihan acak melakukannya pada ${chance} %`,
    noRule: "namanya tidak menyebutkan aturan",
    rotates: "bergilir: setiap run seirama",
    nearlyRotates: (inStep, runs) =>
      `hampir bergilir: ${inStep} dari ${runs} run seirama, yang lain tetap lebih merata daripada kebetulan, seperti bila beberapa proses worker bergilir sendiri-sendiri`,
    doesNotRotate:
      "tidak bergilir: selisih jumlahnya lebih besar daripada yang mungkin bila bergilir; periksa bobot, backend yang gagal, dan pemakai lain",
    offWeights: (requests) =>
      requests === "0" ? "jumlahnya sesuai bobot" : `paling banyak ${requests} request dari bobotnya`,
    differBy: (requests) =>
      requests === "0" ? "jumlahnya sama" : `selisih jumlahnya paling banyak ${requests}`,
    oneBackendOnly: (backend) =>
      `tetap pada satu backend: semua request di semua run menuju ${backend}, sebagaimana mestinya dengan satu klien`,
    severalBackends: (client, backends) =>
      `tidak tetap pada satu backend: satu-satunya klien, ${client}, dikirim ke ${backends} backend`,
    clientsStay: (clients) =>
      `menjaga klien pada backend-nya: masing-masing dari ${clients} alamat dikirim ke satu backend dalam setiap run`,
    clientsMove: (moving, clients) =>
      `tidak menjaga klien pada backend-nya: ${moving} dari ${clients} alamat dikirim ke beberapa backend dalam satu run`,
    severalClients:
      "beberapa backend dipakai, yang cocok bila kliennya beberapa, dan tidak dapat dipastikan dari jumlah saja",
  },
  untitled: "Perbandingan metode load balancing",
};
