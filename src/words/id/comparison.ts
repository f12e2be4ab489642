/** The report of an experiment, but for its findings. The field's terms stay English, as in Indonesian theses. */
import type { comparison as english } from "../en/comparison.ts";

export const comparison: typeof english = {
  summary: ({ methods, backends, runs, warnings }) =>
    `${methods} metode, ${backends} backend, ${runs} run.${
      warnings === 0 ? "" : ` ${warnings} peringatan di bagian akhir.`
    }`,
  headings: {
    findings: "Temuan",
    summary: "Perbandingan metode",
    categories: "Kategori",
    baseline: "Tanpa dan dengan load balancer",
    shares: "Pembagian request",
    statistics: "Peringkat dan statistik",
    runs: "Per run",
    overTime: "Dari waktu ke waktu dalam satu run",
    definitions: "Metode dan definisi",
  },
  tables: {
    group: {
      pace: "Laju pembangkit beban",
      network: "Jaringan",
      server: "Server",
    },
    byBackend: "Metrik menurut makalah per metode dan backend",
    categories: "Kategori dan indeks dari rata-rata",
    baseline: "Tanpa dan dengan load balancer, semua backend",
    baselineByBackend: "Tanpa dan dengan load balancer, per backend",
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
    supported: "Didukung data",
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
    pace: "Angka ini menunjukkan seberapa sering pembangkit beban mengirim request dan bagaimana request dibagi, bukan seberapa cepat jaringan atau server.",
    network: "Yang terjadi antara load balancer dan backend.",
    server: "Bagaimana backend merespons request, dilihat dari load balancer.",
    baseline:
      'Selisih dan rasio dihitung dari rata-rata dengan dan tanpa load balancer. p dan "Didukung data" memerlukan sedikitnya 5 run di setiap sisi.',
    jain: "Indeks keadilan Jain: 1 bila setiap backend mendapat bagian yang semestinya, 1/n bila satu dari n backend mendapat semuanya.",
    ranking:
      "Peringkat adalah 1 + jumlah metode yang menurut data lebih baik; di bawahnya tertera median semua run.",
    tests:
      "Satu run adalah satu pengamatan. Perbedaan dianggap didukung data bila nilai p uji semua metode dan nilai p uji pasangannya, setelah koreksi untuk semua pasangan pada metrik itu, keduanya di bawah 0,05.",
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
      "Rata-rata selang waktu antara frame-frame itu yang berurutan. Nilainya ditentukan oleh laju pembangkit beban: 1000 request per detik berarti 1 ms, apa pun yang terjadi di jaringan.",
    jitterMs: "Rata-rata selisih mutlak antara delay yang berurutan.",
    jitterSignedMs:
      "Seperti jitter, tetapi tanpa nilai mutlak, seperti pada beberapa spreadsheet: hasilnya menyusut menjadi (delay terakhir − pertama) / n dan hampir tidak mengukur apa pun.",
    requests: "Request HTTP yang sampai ke backend.",
    requestsPerSecond: "Jumlah request dibagi waktu antara yang pertama dan terakhir.",
    goodputFromBackendMbps: "Payload TCP unik dari backend selama pasangan itu aktif.",
    lossToBackendPercent:
      "Segmen hilang / segmen terkirim yang menempati ruang sequence, ke backend, di mana pun hilangnya.",
    lossFromBackendPercent: "Sama, arah dari backend.",
    handshakeRttP50Ms: "SYN → SYN/ACK dilihat dari tap; median satu run.",
    rttP50Ms:
      "Data ke backend → ACK-nya, jika tidak membawa data; tanpa bagian yang dikirim ulang (aturan Karn, RFC 6298); median satu run.",
    timeToFirstByteP50Ms: "Byte terakhir request → byte pertama respons akhir; median satu run.",
    timeToFirstByteP95Ms:
      "Byte terakhir request → byte pertama respons akhir; 95 % pertukaran dalam run itu setidaknya secepat ini.",
    timeToLastByteP50Ms: "Byte terakhir request → byte terakhir respons; median satu run.",
    unansweredPercent: "Request tanpa respons, dari semua request.",
    failedPercent: "Request tanpa respons yang utuh, atau dengan status 5xx, dari semua request.",
  },
  reasons: {
    noRun: "di run mana pun",
    notCompared: "kurang dari 5 run di salah satu sisi, atau metrik tanpa arah yang lebih baik",
    notInRun: "di run ini",
    zeroBase: "rata-rata tanpa load balancer adalah 0",
    allEqual: "semua nilai sama, atau kurang dari dua metode dengan cukup run",
    noRequests: "tidak ada request",
    noTraffic: "tidak menerima apa pun di semua run",
  },
};
