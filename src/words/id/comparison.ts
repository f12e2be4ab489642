/** The report of an experiment, but for its findings. The field's terms stay English, as in Indonesian theses. */
import type { comparison as english } from "../en/comparison.ts";

export const comparison: typeof english = {
  summary: ({ methods, backends, runs, warnings }) =>
    `${methods} metode, ${backends} backend, ${runs} run.${
      warnings === 0 ? "" : ` ${warnings} peringatan di bagian akhir.`
    }`,
  warningsInReport: (warnings) =>
    `Laporan lengkap memuat ${warnings} peringatan: baca dahulu sebelum mengutip angkanya.`,
  headings: {
    levels: (factor) => `Metode menurut ${factor}`,
    findings: "Temuan",
    summary: "Perbandingan metode",
    categories: "Kategori",
    baseline: "Tanpa dan dengan load balancer",
    shares: "Pembagian request",
    statistics: "Uji antara metode",
    errors: "Kegagalan dan gangguan",
    runs: "Per run",
    overTime: "Dari waktu ke waktu dalam satu run",
    definitions: "Metode dan definisi",
  },
  tables: {
    overLevels: (metric, factor) => `${metric}, menurut metode dan ${factor}`,
    group: {
      pace: "Laju pembangkit beban",
      network: "Jaringan",
      server: "Server",
      generator: "Angka dari pembangkit beban",
    },
    answers: "Nasib request",
    byBackend: "Metrik menurut makalah per metode dan backend",
    categories: "Kategori dan indeks dari rata-rata",
    baseline: "Tanpa dan dengan load balancer, semua backend",
    baselineByBackend: "Tanpa dan dengan load balancer, per backend",
    shares: "Bagian dari semua request",
    shareOf: (method) => `${method}: request per backend`,
    primary: "Yang memutuskan: metrik utama",
    exploratory: "Eksploratif: semua metrik lain, untuk semua backend",
    overall: {
      "kruskal-wallis": "Apakah metode berbeda? (Kruskal–Wallis)",
      friedman: "Apakah metode berbeda? (Friedman)",
    },
    runsOf: (method, backend) => `${method}, ${backend}`,
    definitions: "Arti setiap metrik",
    sources: "Asal setiap run",
  },
  verdictTable: {
    title: (metric) => `Yang menentukan: ${metric}`,
    group: "Dari run-run",
    min: "Min",
    median: "Median",
    max: "Maks",
    failed: "Gagal",
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
    shift: "Pergeseran A − B",
    verdict: "Hasil",
    category: "kategori",
    unit: "Satuan",
    definition: "Definisi",
    captures: "Berkas capture, atau tabel dan baris",
    retried: "Diulang",
  },
  troubledRun: (method, run, findings) => `${method}, run ${run}: ${findings}`,
  allBackends: "semua backend",
  mean: "Rata-rata",
  all: "Semua run",
  behaviours: {
    "as-named": "ya",
    nearly: "hampir",
    "not-as-named": "tidak",
    "not-checkable": "tidak diperiksa",
  },
  verdicts: {
    differs: "berbeda",
    small: "berbeda, terlalu kecil untuk berarti",
    same: "sama",
    open: "tidak dibedakan",
  },
  sentences: {
    intervals:
      "Rata-rata semua run dengan selang kepercayaan 95 % dalam kurung (t Student; untuk yang tidak dapat negatif, pada skala logaritma); tanpa kurung berarti kurang dari tiga run, atau semuanya bernilai sama.",
    overBackends: {
      clients:
        "Setiap run dihitung satu kali. Waktu dan kegagalan berasal dari semua request run itu, seperti dikirim klien ke balancer; segmen hilang dan round-trip time dari semua request ke backend. Throughput, goodput, dan request dijumlahkan atas semua backend; packet loss, delay, dan jitter adalah rata-rata backend, berbobot jumlah request.",
      backends:
        "Setiap run dihitung satu kali. Waktu, kegagalan, segmen hilang, dan round-trip time berasal dari semua request run itu, seperti dikirim balancer ke backend. Throughput, goodput, dan request dijumlahkan atas semua backend; packet loss, delay, dan jitter adalah rata-rata backend, berbobot jumlah request.",
      means:
        "Setiap run dihitung satu kali. Throughput, goodput, dan request dijumlahkan atas semua backend; selain itu rata-rata angka setiap backend, berbobot jumlah request bila diketahui. Rata-rata median bukanlah median: lamanya request yang lambat hanya terlihat dalam capture.",
    },
    pace: "Angka ini menunjukkan seberapa sering pembangkit beban mengirim request dan bagaimana request dibagi, bukan seberapa cepat jaringan atau server.",
    generator:
      "Menurut pembangkit beban, dari sisi klien yang menunggu: termasuk pembukaan koneksi, load balancer, dan keterlambatannya sendiri. Bandingkan dengan waktu dari capture di atas.",
    network: "Yang terjadi antara load balancer dan backend.",
    server: {
      clients: "Bagaimana request dijawab, dilihat dari klien balancer.",
      backends: "Bagaimana backend merespons request, dilihat dari load balancer.",
      means: "Bagaimana backend merespons request, dilihat dari load balancer.",
    },
    baseline:
      "Selisih adalah pergeseran run dengan load balancer terhadap run tanpa load balancer (Hodges dan Lehmann) dengan selang 95 %; rasio adalah rasio rata-rata.",
    jain: "Indeks keadilan Jain: 1 bila setiap backend mendapat bagian yang semestinya, 1/n bila satu dari n backend mendapat semuanya.",
    primary: (metric) =>
      `Metrik utama, ${metric}, dipilih sebelum ada yang diukur dan hanya metrik ini yang memutuskan: pasangan metodenya dikoreksi bersama (Holm), sehingga bila metode tidak berbeda, paling banyak satu dari dua puluh laporan menyimpulkan sebaliknya.`,
    design: {
      blocks: "Run adalah blok, menurut manifes: run 1 dibandingkan dengan run 1, run 2 dengan run 2.",
      independent: "Run saling bebas, menurut manifes.",
      interleaved:
        "Run dibuat berselang-seling, jadi merupakan blok: run 1 dibandingkan dengan run 1, run 2 dengan run 2. Yang berubah dari blok ke blok tidak berpengaruh.",
      "too-few-blocks":
        "Run dibuat berselang-seling, tetapi blok sesedikit itu tidak dapat menunjukkan apa pun; run dianggap saling bebas, dan itu lebih hati-hati.",
      "one-after-another":
        "Semua run satu metode dibuat dahulu, lalu semua run metode berikutnya: perubahan lain selama itu tampak seperti perbedaan metode.",
      unknown: "Run dianggap saling bebas.",
    },
    margin: (percent, points) =>
      `Perbedaan di bawah ${percent} % (untuk kehilangan dan kegagalan, ${points} poin persen) tidak berarti.`,
    tests:
      "Pergeseran adalah A − B (Hodges dan Lehmann) dengan selang 95 %. Perbandingan eksploratif, termasuk untuk setiap backend (ada dalam comparison.json), dikoreksi bersama; yang berbeda di sana adalah petunjuk untuk eksperimen lain.",
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
    trueLossToBackendPercent:
      "Paket yang terekam oleh tap run dan tidak oleh tap backend, dari semua yang dikirim ke backend (RFC 7680), termasuk ACK murni. Untuk beberapa backend: rata-ratanya, dibobot dengan request, seperti semua angka dari dua tap.",
    trueLossFromBackendPercent: "Sama, arah dari backend.",
    oneWayDelayToBackendMs:
      "Dari tap run ke tap backend, paket demi paket (RFC 7679); rata-rata run. Meleset paling banyak sebesar batas jam, kecuali jamnya sinkron.",
    oneWayDelayFromBackendMs:
      "Sama, arah dari backend: terlalu panjang sebanyak arah lainnya terlalu pendek.",
    ipdvToBackendMs:
      "Rata-rata selisih mutlak delay satu arah antara paket yang berurutan ke backend (RFC 3393), tidak tergantung jam.",
    ipdvFromBackendMs: "Sama, arah dari backend.",
    handshakeRttP50Ms: "SYN → SYN/ACK dilihat dari tap; median satu run.",
    rttP50Ms:
      "Data ke backend → ACK-nya, jika tidak membawa data; tanpa bagian yang dikirim ulang (aturan Karn, RFC 6298); median satu run.",
    timeToFirstByteMeanMs:
      "Byte terakhir request → byte pertama respons; rata-rata run: seluruh waktu tunggu, dibagi rata.",
    timeToFirstByteP50Ms: "Byte terakhir request → byte pertama respons akhir; median satu run.",
    timeToFirstByteP95Ms:
      "Byte terakhir request → byte pertama respons akhir; 95 % pertukaran dalam run itu setidaknya secepat ini.",
    timeToFirstByteP99Ms:
      "Byte terakhir request → byte pertama respons akhir; 99 % pertukaran dalam run itu setidaknya secepat ini.",
    timeToFirstByteMaxMs:
      "Byte terakhir request → byte pertama respons akhir; yang paling lambat dalam run itu. Tidak diuji: nilainya naik bersama jumlah request.",
    timeToLastByteP50Ms: "Byte terakhir request → byte terakhir respons; median satu run.",
    unansweredPercent: "Request tanpa respons, dari semua request.",
    failedPercent: "Request tanpa respons yang utuh, atau dengan status 5xx, dari semua request.",
    availabilityPercent:
      "Untuk metode: detik-detik ketika paling banyak 5 % request gagal atau menunggu byte pertama 3 s atau lebih, dari semua detik sejak request pertama sampai terakhir; request itu milik klien jika balancer tidak disebut dan sisi klien terekam, jika tidak request ke backend, termasuk percobaan ulang. Untuk backend: waktu ketika ia tidak terputus dari layanan.",
    failoverSeconds:
      "Dari kegagalan pertama backend (failover event menurut RFC 6414, sebagaimana terlihat di tap) sampai balancer tidak lagi mengirim kepadanya; gangguan terlama dari run. Gangguan tanpa peralihan tidak punya nilai.",
    recoverySeconds:
      "Dari kegagalan pertama backend sampai ia melayani lagi; gangguan terlama dari run. Gangguan yang melampaui akhir rekaman tidak punya nilai.",
    generatorRequestsPerSecond: "Request per detik yang dicapai pembangkit beban, seperti yang dicetaknya.",
    generatorResponseMeanMs:
      "Rata-rata waktu respons seperti yang dicetak pembangkit beban: httperf dari request sampai byte terakhir, ab dan wrk seluruh request.",
    generatorResponseP50Ms: "Mediannya; alat yang tidak mencetaknya tidak memilikinya.",
    generatorResponseP95Ms: "95 % request-nya setidaknya secepat ini.",
    generatorResponseP99Ms: "99 % request-nya setidaknya secepat ini.",
    generatorFailedPercent: "Request yang dihitung gagal oleh pembangkit beban, dari semua request-nya.",
  },
  named: {
    title: (metric) => `Uji menurut nama: ${metric}`,
    test: "Uji",
    about: "Tentang",
    statistic: "Statistik",
    freedom: "db",
    estimate: "Selisih atau median",
    runs: "Run yang diperlukan",
    all: "semua",
    tooManyRuns: "lebih dari 1000",
    beside: (metric) =>
      `Uji ini mengenai ${metric}, untuk semua backend; satu run adalah satu nilai. Uji ini mendampingi uji di atas; hanya uji di atas yang memutuskan.`,
    names: {
      "shapiro-wilk": "Shapiro–Wilk",
      "brown-forsythe": "Brown–Forsythe",
      anova: "ANOVA",
      "welch-anova": "ANOVA Welch",
      tukey: "HSD Tukey",
      "games-howell": "Games–Howell",
      "paired-t": "t berpasangan",
      wilcoxon: "Peringkat bertanda Wilcoxon",
      tost: "Ekuivalensi (TOST)",
      bootstrap: "Median, bootstrap",
      power: "Daya uji",
    },
    when: {
      "shapiro-wilk":
        "apakah run sebuah metode dapat berasal dari distribusi normal; p di bawah 0,05 berarti tidak. Dengan sedikit run hanya penyimpangan besar yang terlihat.",
      "brown-forsythe":
        "apakah sebaran semua metode sama (uji Levene dengan median); p di bawah 0,05 berarti tidak, dan ANOVA Welch serta Games–Howell berlaku sebagai ganti ANOVA dan Tukey.",
      anova:
        "apakah ada rata-rata yang berbeda; untuk nilai normal dengan sebaran sama dan run yang saling bebas.",
      "welch-anova": "sama, untuk sebaran yang tidak sama.",
      tukey:
        "semua pasangan rata-rata, disesuaikan bersama; untuk nilai normal dengan sebaran sama dan run yang saling bebas. Selangnya 95 % untuk semua pasangan sekaligus.",
      "games-howell": "sama, untuk sebaran yang tidak sama.",
      "paired-t":
        "run 1 dengan run 1, run 2 dengan run 2; untuk run dalam blok yang selisihnya normal. Dikoreksi dengan Holm.",
      wilcoxon:
        "sama, bila selisihnya tidak normal tetapi simetris terhadap tengahnya. Dikoreksi dengan Holm.",
      tost: "p di bawah 0,05: rata-rata berbeda kurang dari margin dalam manifes. Dua uji t Welch satu sisi; selangnya 90 %. Dikoreksi dengan Holm.",
      bootstrap:
        "median semua run dengan selang 95 % (bias-corrected and accelerated, 2000 sampel ulang, seed 1), tanpa asumsi distribusi; untuk kurang dari sepuluh run terlalu sempit.",
      power:
        "jumlah run setiap metode agar uji t menemukan selisih yang terlihat dalam empat dari lima eksperimen (t nonsentral, dua sisi, 5 %, satu pasangan). Ini tidak mengatakan apa pun tentang eksperimen ini.",
    },
  },
  truth: {
    title:
      "Loss, delay, dan jitter menurut hitungan makalah, dan menurut ukuran dua tap (rata-rata run yang memiliki tap)",
    groups: {
      papers: "Menurut hitungan makalah",
      toBackend: "Sebenarnya, ke backend",
      fromBackend: "Sebenarnya, dari backend",
    },
    papers: { lossPercent: "Packet loss", delayMs: "Delay", jitterMs: "Jitter" },
    figures: { lossPercent: "Paket hilang", delayMs: "Delay satu arah", jitterMs: "IPDV" },
  },
  reasons: {
    noRun: "di run mana pun",
    oneSide: "capture hanya memuat satu sisi load balancer",
    notInRun: "di run ini",
    zeroBase: "rata-rata tanpa load balancer adalah 0",
    noRequests: "tidak ada request",
    noTraffic: "tidak menerima apa pun di semua run",
  },
};
