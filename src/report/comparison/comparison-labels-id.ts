import type { ComparisonLabels } from "./comparison-labels.ts";

/** Indonesian; the field's terms stay English, as in Indonesian theses. */
export const comparisonLabelsId: ComparisonLabels = {
  summary: ({ methods, backends, runs, warnings }) =>
    `${methods} metode, ${backends} backend, ${runs} run.${
      warnings === 0 ? "" : ` ${warnings} peringatan di bagian akhir.`
    }`,
  headings: {
    findings: "Temuan",
    summary: "Perbandingan metode",
    categories: "Kategori",
    baseline: "Tanpa dan dengan balancer",
    shares: "Pembagian request",
    statistics: "Peringkat dan statistik",
    runs: "Per run",
    overTime: "Sepanjang waktu satu run",
    definitions: "Metode dan definisi",
  },
  tables: {
    group: {
      pace: "Laju pembangkit beban",
      network: "Jaringan",
      server: "Server",
    },
    byBackend: "Metrik menurut paper per metode dan backend",
    categories: "Kategori dan indeks dari rata-rata",
    baseline: "Tanpa dan dengan balancer, semua backend",
    baselineByBackend: "Tanpa dan dengan balancer, per backend",
    shares: "Bagian dari semua request",
    shareOf: (method) => `${method}: request per backend`,
    ranking: "Peringkat per metrik (sama: data tidak dapat membedakannya)",
    overall: "Apakah metode-metode berbeda? (Kruskal–Wallis)",
    pairs: "Pasangan metode mana yang berbeda? (Mann–Whitney, Holm)",
    runsOf: (method, backend) => `${method}, ${backend}`,
    definitions: "Arti setiap metrik",
    sources: "Asal setiap run",
  },
  columns: {
    method: "Metode",
    backend: "Backend",
    runs: "Run",
    run: "Run",
    index: "Indeks",
    metric: "Metrik",
    without: "Tanpa",
    with: "Dengan",
    difference: "Selisih",
    ratio: "Rasio",
    adjustedP: "p (Holm)",
    sent: "Dikirim",
    total: "Total",
    jain: "Indeks Jain",
    behaviour: "Sesuai namanya",
    statistic: "H",
    p: "p",
    methods: "Metode",
    first: "A",
    second: "B",
    effect: "δ Cliff",
    magnitude: "besarnya",
    median: "median",
    category: "kategori",
    supported: "Didukung",
    unit: "Satuan",
    definition: "Definisi",
    captures: "Berkas capture, atau tabel dan baris",
  },
  allBackends: "semua backend",
  mean: "Rata-rata",
  all: "Semua run",
  yes: "ya",
  no: "tidak",
  behaviours: {
    "as-named": "ya",
    nearly: "hampir",
    "not-as-named": "tidak",
    "not-checkable": "tidak diperiksa",
  },
  effects: { negligible: "dapat diabaikan", small: "kecil", medium: "sedang", large: "besar" },
  sentences: {
    intervals:
      "Rata-rata semua run ± setengah selang kepercayaan 95 % (t Student); tanpa ± berarti hanya ada satu run.",
    overBackends: "Setiap run dihitung sekali, dengan rata-ratanya atas backend yang menerima request.",
    pace: "Angka ini menunjukkan seberapa sering pembangkit beban meminta dan bagaimana request dibagi, bukan seberapa cepat jaringan atau server.",
    network: "Yang terjadi antara balancer dan backend.",
    server: "Bagaimana backend menjawab request, dilihat dari balancer.",
    baseline:
      "Selisih dan rasio adalah antara rata-rata dengan balancer dan tanpa balancer. p dan dukungan data memerlukan sedikitnya 5 run di kedua sisi.",
    jain: "Indeks keadilan Jain: 1 bila setiap backend mendapat bagiannya, 1/n bila satu dari n backend mendapat semuanya.",
    ranking: "Peringkat adalah 1 + jumlah metode yang menurut data lebih baik; di bawahnya median semua run.",
    tests:
      "Satu run adalah satu pengamatan. Perbedaan dianggap didukung data bila uji semua metode dan uji pasangannya, setelah koreksi untuk semua pasangan metrik itu, keduanya di bawah 0,05.",
    noTests:
      "Tidak ada metrik yang diukur dalam sedikitnya 5 run pada dua metode: tidak ada yang dapat diuji.",
    noFindings: "Tidak ada temuan yang didukung data.",
    nothing: "Tidak ada yang terukur.",
  },
  idle: (method, backend) => `${method} tidak mengirim apa pun ke ${backend} di semua run.`,
  notes: (text) => `Catatan: ${text}`,
  definitions: {
    throughputMbps:
      "8 · jumlah panjang frame / (waktu terakhir − pertama), atas frame ke backend yang melengkapi sebuah pesan HTTP (yang ditampilkan Wireshark untuk ip.src && ip.dst && http).",
    packetLossPercent:
      '100 · hilang / (hilang + diterima); hilang adalah hitungan Wireshark "previous segment not captured", arah ke backend.',
    delayMs:
      "Rata-rata selang waktu antara frame tersebut yang berurutan. Nilainya ditentukan oleh laju pembangkit beban: 1000 request per detik berarti 1 ms, apa pun yang terjadi di jaringan.",
    jitterMs: "Rata-rata selisih mutlak antara delay yang berurutan.",
    jitterSignedMs:
      "Sama tanpa nilai mutlak, seperti pada beberapa spreadsheet: hasilnya (delay terakhir − pertama) / n dan hampir tidak mengukur apa pun.",
    requests: "Request HTTP yang sampai ke backend.",
    requestsPerSecond: "Jumlah request dibagi waktu antara yang pertama dan terakhir.",
    goodputFromBackendMbps: "Payload TCP unik dari backend selama pasangan itu aktif.",
    lossToBackendPercent:
      "Segmen hilang / segmen terkirim yang menempati ruang sequence, ke backend, di mana pun hilangnya.",
    lossFromBackendPercent: "Sama, arah dari backend.",
    handshakeRttP50Ms: "SYN → SYN/ACK dilihat dari tap; median satu run.",
    rttP50Ms:
      "Data ke backend → ACK yang mencakupnya, tanpa bagian yang dikirim ulang (aturan Karn, RFC 6298); median satu run.",
    timeToFirstByteP50Ms: "Byte terakhir request → byte pertama respons akhir; median satu run.",
    timeToFirstByteP95Ms:
      "Byte terakhir request → byte pertama respons akhir; 95 % pertukaran dalam run secepat ini.",
    timeToLastByteP50Ms: "Byte terakhir request → byte terakhir respons; median satu run.",
    unansweredPercent: "Request tanpa respons, dari semua request.",
  },
  reasons: {
    noRun: "di run mana pun",
    notCompared: "kurang dari 5 run di salah satu sisi, atau metrik tanpa arah yang lebih baik",
    notInRun: "di run ini",
    zeroBase: "rata-rata tanpa balancer adalah 0",
    allEqual: "semua nilai sama, atau kurang dari dua metode dengan cukup run",
    noRequests: "tidak ada request",
    noTraffic: "tidak menerima apa pun di semua run",
  },
};
