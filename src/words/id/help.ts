/** `--help` of lbqos and its commands. */

import type { help as english } from "../en/help.ts";
import { joinedList } from "../joined-list.ts";

export const help: typeof english = {
  description: "Mengukur kualitas layanan (QoS) server web dengan load balancer dari capture paket.",
  version: "tampilkan versi",
  helpCommand: "tampilkan kegunaan sebuah perintah",
  helpOption: "tampilkan bantuan ini",
  language: (codes) => `bahasa pesan dan laporan: ${joinedList(codes, "atau")} (bawaan: LBQOS_LANG, atau en)`,
  titles: {
    usage: "Penggunaan:",
    arguments: "Argumen:",
    options: "Opsi:",
    commands: "Perintah:",
    examples: "Contoh:",
    exitStatus: "Status keluar:",
  },
  choices: (choices) => `pilihan: ${choices}`,
  default: (value) => `bawaan: ${value}`,
  commands: {
    analyze: "ukur capture yang tersimpan: satu run, dalam satu atau beberapa berkas",
    path: "mencocokkan paket dari dua tap atau lebih: delay satu arah, loss, jitter, jam",
    open: "analisis capture di peramban: halamannya, dengan capture yang dimuat",
    exchanges: "cari pertukaran HTTP: yang paling lambat, yang gagal, kelompoknya",
    compare: "bandingkan metode atas semua run: tabel, grafik, statistik, laporan",
    init: "tulis experiment.yaml yang disarankan oleh isi folder capture",
    audit: "temukan nilai yang mustahil dalam tabel hasil atau eksperimen",
    live: "rekam, atau putar ulang capture, dan ukur selagi berjalan",
    interfaces: "tampilkan interface yang dapat direkam",
    grafana: "tampilkan dashboard dan aturan untuk yang diukur oleh live",
    run: "jalankan run sebuah eksperimen pada testbed sendiri",
    worker: "analisis capture yang dimasukkan compare --queue ke antrean",
    lab: "bangun testbed penelitian pada mesin ini, dan jalankan eksperimennya",
  },
  shared: {
    quiet: "jangan tulis apa pun ke stderr selain kesalahan",
    full: "cetak semua tabel, bukan layar pertama saja",
    json: "tampilkan semuanya sebagai satu dokumen JSON",
    csv: "tampilkan satu baris CSV per pasangan",
    markdown: "tampilkan laporan sebagai Markdown",
    balancer: "alamat asal request ke backend (dapat diulang: alamat lainnya)",
    backend: "sebuah backend, dengan nama untuk laporan (dapat diulang)",
    tap: "bagi waktu pertukaran menjadi jaringan berangkat, server, jaringan kembali, menurut capture ini dari tempat yang lebih jauh, misalnya milik backend (boleh diulang)",
    keys: "dekripsi TLS dengan log kunci ini (SSLKEYLOGFILE)",
    filter: "sebuah pasangan sebagai display filter Wireshark (dapat diulang)",
    profile: (names, standard) =>
      `ambang batas kategori: ${names}, atau berkas YAML atau JSON sendiri (bawaan: ${standard})`,
    bandwidth: "bandwidth link, pembanding untuk menilai throughput: 100M, 1Gbit/s",
    charts: (formats) => `dari ${formats}, atau none`,
    width: (names) => `lebar grafik, dalam cm atau salah satu dari ${names}`,
    dpi: "titik per inci untuk grafik PNG",
    noTitles: "tanpa judul dan catatan pada grafik: makalah punya keterangannya sendiri",
    jobs: "jumlah capture yang dianalisis bersamaan (bawaan: satu per prosesor)",
    noCache: "analisis ulang setiap capture, dan jangan simpan hasilnya",
    dryRun: "tampilkan setiap perintah tanpa menjalankannya",
    failIf: 'keluar dengan status 3 bila ini berlaku: "unansweredPercent > 1" (dapat diulang)',
    junit: "tulis temuan --fail-if sebagai JUnit XML",
  },
  analyze: {
    captures:
      "pcap atau pcapng, juga .gz atau .zst; beberapa berkas adalah satu run; - adalah masukan standar",
    exchanges:
      "tulis setiap pertukaran HTTP ke berkas .csv, .jsonl, .har, atau .parquet; - adalah keluaran standar",
    out: "tulis laporan, grafik, dan angka ke folder ini",
    filter: "frame, atau sebuah pasangan, sebagai display filter Wireshark (dapat diulang)",
    displayFilter: "sama dengan --filter, dengan nama dari tshark",
    readFile: "sebuah capture, dengan nama dari tshark (dapat diulang)",
    by: "ukur yang tersibuk dari suatu jenis, apa pun protokolnya",
    rtp: "port UDP dengan RTP, untuk loss dan jitter menurut RFC 3550: 5004, atau dengan laju jamnya, 5004=90000 (dapat diulang)",
    sent: "jumlah frame yang dikirim, untuk loss menurut hitungan: 30000, atau NAMA=30000 (dapat diulang)",
    threads: "jumlah thread untuk analisis (bawaan: 2 untuk capture besar)",
    after: `Backend ditulis NAMA=ALAMAT, NAMA=ALAMAT:PORT, atau NAMA=[IPV6]:PORT; tanpa nama,
alamatnya menjadi namanya. Tanpa --balancer dan --backend, setiap klien dan server
HTTP dalam capture membentuk pasangan, yang tersibuk lebih dahulu.

Filter memilih frame seperti display filter Wireshark, dari protokol apa pun, dan
boleh bernama: "Video=udp.port==5004". Field, protokol, dan operatornya ada di
docs/filters.md; selain itu ditolak. ip.src==A && ip.dst==B && http juga mengukur
request dan jawaban pasangan itu.`,
    exitStatus:
      "0 selesai dianalisis, 1 capture tidak dapat dibaca atau isinya tidak\ndapat dianalisis, 2 salah penggunaan, 3 sebuah syarat --fail-if berlaku.",
    examples: {
      everyPair: "semua pasangan dalam sebuah capture",
      named: "testbed makalah, backend dengan nama",
      filter: "satu pasangan, dengan filter dari Wireshark",
      frames: "semua frame satu server, dari protokol apa pun",
      markdown: "dalam bahasa Indonesia, sebagai Markdown, throughput dinilai terhadap bandwidth",
      firstExchanges: "pertukaran pertama, dari masukan standar ke keluaran standar",
      report: "laporan HTML dengan grafik dari waktu ke waktu",
      exchanges: "semua pertukaran ke dalam berkas untuk spreadsheet",
      failIf: "dalam pipeline: gagal bila ada request tak terjawab atau server terlalu lambat",
    },
  },
  exchanges: {
    server: "dari backend ini: nama, alamat, atau alamat:port (boleh diulang)",
    client: "dari klien ini: alamat, atau alamat:port (boleh diulang)",
    from: "yang dimulai pada atau sesudah waktu ini",
    to: "yang dimulai pada atau sebelum waktu ini",
    status: "dengan status ini: 503, 5xx, 500-599, atau none (boleh diulang)",
    state: "yang berakhir begini: complete, unanswered, aborted, … (boleh diulang)",
    method: "dengan metode HTTP ini (boleh diulang)",
    path: "dengan target ini; * berarti apa saja (boleh diulang)",
    minMs: "yang memerlukan sedikitnya sekian ms sampai byte terakhir",
    slowest: (count) => `sekian yang paling lambat (bawaan dalam tabel: ${count})`,
    groupBy: "hitung dan ukur menurut persamaannya",
    csv: "tampilkan semuanya sebagai CSV",
    jsonl: "tampilkan semuanya, masing-masing sebagai satu baris JSON",
    har: "tampilkan semuanya sebagai HTTP Archive, tanpa isi pesan",
    markdown: "tampilkan tabelnya sebagai Markdown",
    annotate: "tulis pula capture sebagai pcapng dengan nama backend dan komentar pada frame",
    after: `Waktu adalah jam dalam UTC (16:05:15, boleh dengan desimal), atau detik sejak frame
pertama capture, seperti di Wireshark. Semua syarat harus terpenuhi; dari opsi yang
diulang, satu nilai harus cocok. Lama waktu dihitung sejak byte terakhir request.`,
    exitStatus:
      "0 ditampilkan, juga bila tidak ada yang cocok, 1 capture tidak dapat dibaca atau\nisinya tidak dapat dianalisis, 2 salah penggunaan.",
    examples: {
      slowest: "20 yang paling lambat",
      failed: "kegagalan selama dua detik, sebagai CSV",
      groups: "detik demi detik, dari satu backend",
      taps: "ke mana waktu masing-masing, menurut capture milik backend",
      annotate: "capture yang di Wireshark menampilkan yang paling lambat dan temuan",
    },
  },
  path: {
    captures:
      "satu capture per tap, menurut urutan yang dilalui request; atau milik balancer, lalu tiap backend",
    clocks: "diperkirakan dari kedua arah (estimated), atau sinkron (synchronous: PTP, satu mesin)",
    hostTimes: "bagi waktu tiap exchange menjadi jaringan berangkat, host, jaringan kembali",
    csv: "cetak satu rekaman CSV per arah",
    out: "tulis laporan, grafik, dan angka ke folder ini",
    after: `Tiap paket dicocokkan dengan dirinya sendiri menurut hal yang tidak berubah di jalan,
jadi kedua tap harus merekam run yang sama. Jamnya boleh berbeda: selisih dan drift
diperkirakan, beserta batasnya. Capture pertama juga dianalisis, untuk angka makalah.`,
    exitStatus: "0 terukur, 1 capture tidak terbaca atau bukan tap dari satu jalur,\n2 salah pakai.",
    examples: {
      two: "jalur dari balancer ke sebuah backend dan kembali",
      star: "ke dua backend, dengan laporan HTML",
      synchronous: "tap dengan satu jam, sebagai JSON",
    },
  },
  compare: {
    experiment: "manifes, folder capture, atau tabel hasil",
    out: "tulis laporan, tabel, dan grafik ke folder ini",
    format: "bentuk yang ditampilkan",
    profile: (names) => `pengganti profil kategori dalam manifes: ${names}, atau sebuah berkas`,
    bandwidth: "pengganti yang tertulis dalam manifes: 100M, 1Gbit/s",
    after: `EXPERIMENT adalah experiment.yaml (ditulis oleh lbqos init), folder yang memuatnya,
folder capture per metode (round-robin/01.pcapng, least-connection-run3.pcap.gz,
…), atau tabel hasil sebagai CSV (method,backend,run,throughput_mbps,…).

Dengan --out, folder itu berisi report.html (satu halaman yang tidak memerlukan
jaringan), report.md, report.tex, report.docx (Word), summary.tex (satu halaman),
results.xlsx (Excel), comparison.json, runs.csv, tables/ sebagai Markdown,
LaTeX, dan CSV, serta charts/ sebagai PNG, SVG, dan PDF, masing-masing dengan
datanya sebagai CSV.

Hasil disimpan di $XDG_CACHE_HOME/lbqos (~/.cache/lbqos) menurut isi capture, dan
grafik menurut datanya, sehingga kali berikutnya lebih cepat dan capture yang
berubah tetap dikenali; yang tidak dipakai selama 60 hari dihapus. --no-cache tidak
membaca dan tidak menulisnya.`,
    exitStatus:
      "0 selesai dibandingkan, 1 tidak ada yang dapat dibandingkan, atau ada\ncapture yang tidak dapat dibaca dan tidak disertakan, 2 salah penggunaan,\n3 sebuah syarat --fail-if berlaku.",
    examples: {
      shipped: "capture contoh, semuanya ditulis ke sebuah folder",
      published: "tabel sebuah penelitian yang sudah terbit",
      folder: "folder tanpa manifes, dalam bahasa Indonesia, sebagai Markdown",
      figures: "gambar untuk satu kolom skripsi, hanya sebagai PDF",
      failIf: "dalam pipeline: gagal bila sebuah run punya galat, dengan laporan untuk server CI",
    },
  },
  init: {
    folder: "folder capture; experiment.yaml ditulis ke dalamnya",
    force: "timpa experiment.yaml yang sudah ada",
    jobs: "jumlah capture yang diperiksa bersamaan (bawaan: satu per prosesor)",
    noCache: "periksa ulang setiap capture, dan jangan simpan hasilnya",
    after: `Metode dan run diambil dari nama folder dan berkas
(round-robin/01.pcapng, least-connection-run3.pcap.gz, direct-flask-a-2.pcap), load
balancer dan backend-nya dari lalu lintas. Yang tidak dapat diketahui ditulis sebagai
komentar dalam berkas itu, untuk diisi.`,
    exitStatus: "0 selesai ditulis, 1 tidak ada dasarnya, atau berkasnya sudah ada,\n2 salah penggunaan.",
    examples: {
      folder: "manifes untuk sebuah folder capture",
      again: "sekali lagi, dalam bahasa Indonesia, menimpa yang pertama",
    },
  },
  audit: {
    results: "tabel hasil, manifes, atau folder capture",
    means: "tabel rata-rata yang tercetak (dapat diulang)",
    requests: "tabel jumlah request per backend (dapat diulang)",
    format: "bentuk yang ditampilkan",
    after: `Mencari yang mustahil: throughput × delay terhadap ukuran satu frame request, jitter
yang terlalu kecil menurut definisinya, kolom yang bergeser, rata-rata yang tidak
sesuai dengan baris-barisnya, jumlah request yang tidak cocok, capture yang sama dua
kali. Sebuah eksperimen diperiksa beserta tabel dan capture-nya.`,
    exitStatus: "0 tidak ada temuan, 1 ada temuan, atau tidak dapat dibaca, 2 salah\npenggunaan.",
    examples: {
      published: "tabel sebuah penelitian beserta rata-rata dan request yang tercetak",
      json: "capture, dengan temuan untuk dibaca program",
    },
  },
  interfaces: {
    after: `Interface yang aktif ditampilkan lebih dahulu. "any" berarti semuanya sekaligus
(Linux); frame yang melewati beberapa interface terekam beberapa kali, dan dihitung
satu kali.`,
    exitStatus: "0 selesai ditampilkan, 2 salah penggunaan.",
  },
  grafana: {
    dashboard: "dashboard server di belakang satu balancer, sebagai JSON (bawaan)",
    balancers: "dashboard banyak balancer, sebagai JSON; memerlukan aturan recording",
    alerts: "aturan alert sebagai YAML, untuk Prometheus",
    recording: "aturan recording sebagai YAML: jumlah dari yang dilakukan banyak balancer",
    out: "tulis berkas ke folder ini; semuanya bila tidak ada yang dipilih",
    after: `Impor dashboard di Grafana (Dashboards, New, Import), atau letakkan di folder yang
dipakai Grafana untuk provisioning; sebutkan aturan di prometheus.yml pada
rule_files. Semuanya bekerja dengan yang diambil Prometheus dari "lbqos live --http".`,
    exitStatus: "0 selesai ditampilkan atau ditulis, 1 folder tidak dapat ditulisi,\n2 salah penggunaan.",
    examples: {
      dashboard: 'dashboard; dengan "> lbqos-dashboard.json" menjadi berkas untuk diimpor',
      alerts: "aturan alert untuk Prometheus",
      all: "semuanya sebagai berkas",
    },
  },
};
