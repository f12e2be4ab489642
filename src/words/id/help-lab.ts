/** `--help` of `lbqos lab`, its commands, and `lbqos run`. */
import type { helpLab as english } from "../en/help-lab.ts";

export const helpLab: typeof english = {
  after: `Lab adalah testbed penelitian pada mesin ini: klien, load balancer NGINX, dan tiga
server Flask, masing-masing dalam network namespace sendiri pada satu bridge, tanpa
rute keluar. Lab memerlukan root, dan tidak meninggalkan apa pun.`,
  hosts: "Host:",
  examples: {
    check: "yang belum ada pada mesin ini",
    study: "seluruh penelitian, lalu laporannya",
    up: "lab untuk mencoba-coba",
  },
  commands: {
    check: "tampilkan yang belum ada pada mesin ini, dan perintah untuk memasangnya",
    up: "bangun lab, untuk mencoba-coba",
    run: "jalankan eksperimen penelitian, rekam, laporkan",
    status: "tampilkan lab yang ada pada mesin ini",
    exec: "jalankan perintah pada sebuah host lab, dengan status keluarnya",
    down: "hapus lab, atau sisa lab yang terhenti paksa",
  },
  statusJson: "sebagai satu dokumen JSON",
  host: "client, lb, fa, fb, fc, atau sw; alamat atau judul juga dapat dipakai",
  command: "perintah beserta argumennya",
  whichLab: "lab yang mana, bila ada beberapa",
  allLabs: "semua lab pada mesin ini",
  labName: "nama lab",
  method: "cara load balancer membagi request",
  testbed: {
    balancer: "program yang membagi beban",
    keepalive: "load balancer mempertahankan koneksi ke backend",
    workers: "jumlah proses worker nginx, atau thread HAProxy",
    clients: "jumlah host yang mengirim request, masing-masing dalam jaringan sendiri",
    weight: "bobot sebuah backend pada load balancer",
    lossTo: "paket yang hilang dalam perjalanan ke backend, setelah perekaman di nginx",
    lossFrom: "paket yang hilang dalam perjalanan kembali, sebelum perekaman di nginx",
    limitTo: "laju kabel ke backend, misalnya 10M",
    limitFrom: "laju kabel dari backend",
    delayTo: "delay dalam perjalanan ke backend",
    delayFrom: "delay dalam perjalanan kembali",
    jitterTo: "tambahan delay acak ke backend, paling banyak sekian, urutan frame tetap",
    jitterFrom: "tambahan delay acak dalam perjalanan kembali, paling banyak sekian",
    reorderTo: "tambahan delay acak yang membuat frame saling mendahului",
    reorderFrom: "hal yang sama dalam perjalanan kembali",
    burstsTo: "paket yang hilang beruntun, rata-rata tiga sekaligus, ke backend",
    burstsFrom: "hal yang sama dalam perjalanan kembali",
    duplicatesTo: "paket yang sampai dua kali di backend",
    duplicatesFrom: "hal yang sama dalam perjalanan kembali",
    ipv6: "semua host memakai IPv6 (tidak dengan httperf)",
    noTimestamps: "TCP tanpa timestamp",
    noSack: "TCP tanpa selective acknowledgement",
    offload: "host mengirim beberapa segmen dalam satu frame, seperti host nyata",
    tls: "TLS di depan load balancer, di belakangnya, atau keduanya",
    http2: "HTTP/2 di depan load balancer, di belakangnya, atau keduanya",
    grpc: "gRPC di kedua sisi",
    tlsVersion: "versi TLS",
  },
  upAfter: (backends) => `Gangguan jaringan dan bobot berlaku untuk semua backend; BACKEND=NILAI untuk satu,
${backends}. Opsi-opsi ini dapat diulang. Delay, jitter, pengurutan ulang, loss
beruntun, dan duplikat memerlukan kompilator C: kabelnya lalu berupa program lbqos.`,
  run: {
    out: "folder eksperimen",
    methods: (methods) => `dari ${methods}`,
    runs: "jumlah run setiap metode (direct: setiap backend)",
    requests: "jumlah request setiap run",
    rate: "request per detik; beberapa (100,300,1000): tiap metode pada tiap laju",
    order: "urutan run: berselang-seling dalam blok, atau acak",
    seed: "untuk urutan acak",
    calls: "jumlah request pada setiap koneksi",
    uri: "yang diminta: /, /slow?s=0.02, /large?n=100000, /chunked, /fail, /sink; {n} adalah nomor request (node)",
    generator: "program yang mengirim request",
    connections: "jumlah koneksi serentak setiap klien (wrk, ab, python)",
    body: "kirim POST dengan sekian byte pada setiap request (python, node)",
    at: "apa yang terjadi pada sebuah backend, dan kapan",
    taps: "simpan rekaman di backend: kehilangan sebenarnya, delay satu arah, IPDV",
    clockOffset: "jam sebuah backend meleset sekian, dalam rekaman tap yang disimpan",
    clockDrift: "tambahannya dalam bagian per sejuta",
    noReport: "tulis manifes saja",
    after: `Tanpa opsi, inilah penelitiannya: empat metode, masing-masing sepuluh run, 1000
request dengan laju 1000 per detik. Setiap run direkam pada load balancer (run direct
pada server Flask), beserta keluaran pembangkit beban dan log load balancer. Run yang sudah
ada di folder dipertahankan, sehingga perintah yang sama melanjutkan setelah terputus.

Dengan --tls, --http2, atau --grpc, klien dijalankan oleh Node.js (--generator
node), begitu pula backend bila Flask tidak mendukung protokol di belakang; backend
itu mencatat setiap request (backends.jsonl). Log kunci berada di samping setiap
capture, tempat compare membacanya. Metode gRPC: /lab.Lab/Say, Slow, Many (lima
pesan), Fail (status 14), Flaky (seperti Many, setiap panggilan ketiga gagal).

Pada akhirnya folder itu memiliki experiment.yaml untuk "lbqos compare", dan laporan.

Gangguan jaringan dan bobot berlaku untuk semua backend; BACKEND=NILAI untuk satu,
fa, fb, fc. Opsi-opsi ini dapat diulang. Delay, jitter, pengurutan ulang, loss
beruntun, dan duplikat memerlukan kompilator C: kabelnya lalu berupa program lbqos.
Bila paket sengaja dihilangkan atau server
sengaja digagalkan, tap kedua pada setiap backend merekam data acuan: truth.json di
samping capture.

--at DETIK:BACKEND:APA, dengan APA salah satu dari stop, start, freeze, thaw,
slow=DETIK, fail=STATUS, dan normal, terjadi sekian detik setelah beban dimulai.`,
    examples: {
      study: "seluruh penelitian, dalam waktu kurang dari lima menit",
      clients: "sepuluh klien, supaya ip-hash menyebar",
      lossy: "loss 2 % di kedua arah, satu backend lambat di tengah setiap run",
      grid: "dua metode pada tiga laju: tabel dan garis menurut laju",
      offload: "unggahan lewat IPv6 dengan segmentation offload, loss, delay, dan jitter",
      protocols: "HTTP/2 dalam TLS di depan, dua puluh request pada setiap koneksi",
      dryRun: "setiap perintah yang akan dijalankan",
    },
  },
  ownTestbed: {
    experiment: "manifes, atau folder yang memuatnya",
    runs: "jumlah run setiap metode, sebagai ganti yang tertulis dalam manifes",
    dryRun: "tampilkan yang akan dilakukan tanpa melakukannya",
    manifestIntro: "Manifes menyatakan bagaimana sebuah run dibuat, dengan perintah shell sendiri:",
    after: `Untuk setiap run, prepare dijalankan sampai selesai, perekaman dimulai, load
dijalankan sampai selesai, dan setelah settleSeconds (1) perekaman dihentikan dan
diperiksa: paket yang terbuang oleh perekam, request yang tidak sampai (load:
requests), perintah yang gagal. Run yang gagal diulang, paling banyak attempts (3)
kali. capture adalah perintah yang menulis capture ke keluarannya, atau { interface:
eth0, filter: tcp } untuk merekam di sini. Testbed milik sebuah metode didahulukan.

Perintah menemukan LBQOS_METHOD, LBQOS_RUN, LBQOS_BACKEND (bila sebuah metode
merekam backend satu per satu), LBQOS_ADDRESS (alamat load balancer, atau alamat
backend), dan LBQOS_KEYS, berkas untuk log kunci TLS, yang ditemukan load sebagai
SSLKEYLOGFILE pula: log itu disimpan di samping capture, tempat compare membacanya.
Dari sebuah faktor: levelnya, LBQOS_LOAD.

Letak capture mengikuti captures milik metode. Run yang sudah ada dipertahankan,
sehingga perintah yang sama melanjutkan setelah terputus.`,
    exitStatus: "0 semua run ada, 1 sebuah run terus gagal, 2 salah penggunaan.",
    examples: { dryRun: "yang akan dilakukan", make: "lakukan, lalu bandingkan" },
  },
};
