/** Alamat, angka beserta keraguannya, dan program mesin analisis. */
import type { metrics as english } from "../../en/messages/metrics.ts";
import { withComma } from "../grammar.ts";

export const metrics: typeof english = {
  notAddress: (text) => `"${text}" bukan alamat IP: tulis seperti 192.0.2.1 atau 2001:db8::1`,
  noSuchProfile: (name, known) => `tidak ada profil kategori "${name}"; yang tersedia ${known}`,
  addressSpaceRefused: () =>
    "sistem menolak ruang alamat 24 GB, yang hampir tidak terpakai; hapus batasnya: ulimit -v unlimited",
  outOfMemory: () =>
    "memori habis untuk koneksi di dalam capture ini; analisis per bagian: editcap -c 10000000 FILE PART",

  clockSetBack: (seconds, frame) =>
    `Jam perekam disetel mundur ${withComma(seconds >= 1 ? seconds.toFixed(1) : String(Number(seconds.toFixed(3))))} s sebelum frame ${frame}: selang waktu yang melewatinya tidak ada artinya.`,
  clockSetBackAdvice: () =>
    "Jangan ubah jam selama run (hentikan ntpd atau chronyd, atau biarkan menyesuaikan perlahan), lalu ulangi run itu.",
  silence: (seconds, frame) =>
    `Tidak ada yang terekam selama ${withComma(seconds.toFixed(1))} s sebelum frame ${frame}, padahal di bagian lain frame jauh lebih rapat: beberapa run dalam satu capture, jam yang disetel maju, atau semuanya berhenti. Delay, jitter, throughput, dan selang waktu yang melewatinya tidak ada artinya.`,
  silenceAdvice: (frame) =>
    `Periksa frame di sekitarnya. Jika ini beberapa run, analisis satu per satu: editcap -r MASUK KELUAR 1-${frame - 1}.`,
  filesApart: (name, seconds) =>
    `Tidak ada yang terekam selama ${withComma(seconds.toFixed(1))} s sebelum ${name} dimulai, padahal di bagian lain frame jauh lebih rapat: berkas-berkas ini beberapa run, bukan satu. Delay, jitter, dan throughput atas semuanya tidak ada artinya.`,
  filesApartAdvice: () =>
    "Bandingkan berkas-berkas itu sebagai run: taruh dalam satu folder, lalu lbqos compare FOLDER.",
  timeRunsBackwards: (frames, milliseconds) =>
    `${frames} frame waktunya lebih awal daripada frame sebelumnya, sampai ${withComma(milliseconds.toFixed(3))} ms: kehilangan dan round-trip time di dekatnya kurang pasti.`,
  timeRunsBackwardsAdvice: () => "Urutkan dahulu: reordercap in.pcapng out.pcapng.",
  shortSnapLength: (segments) =>
    `${segments} segmen terpotong oleh snap length: pesan HTTP yang header-nya terpotong tidak dihitung.`,
  shortFrames: (frames, first) =>
    `${frames} frame lebih pendek daripada panjang IP di dalamnya, yang pertama frame ${first}, tanpa snap length: ada yang memotongnya tanpa memberi tahu. Pesan HTTP yang header-nya terpotong tidak dihitung.`,
  shortFramesAdvice: () =>
    "Rekam frame secara utuh di balancer sendiri: mirror port, cloud tap, dan pengubah capture memotong frame.",
  segmentationOffload: (frames, first) =>
    `${frames} frame lebih besar daripada maximum segment size (MSS), yang pertama frame ${first}: segmentation offload (GRO atau TSO) pada interface yang direkam. Setiap frame dihitung sebanyak segmen yang dibawanya di jaringan; packet loss di dalamnya kurang pasti.`,
  segmentationOffloadAdvice: () =>
    "Matikan selama eksperimen, IFACE ialah nama interface-nya: ethtool -K IFACE gro off lro off tso off gso off.",
  recordWholeFrames: () => "Rekam frame secara utuh: dumpcap dan tcpdump melakukannya bila tanpa -s.",

  unreadTls: (connections, server, firstFrame) =>
    `${connections} koneksi ke ${server} memakai TLS (pertama terlihat di frame ${firstFrame}): request-nya tidak dapat dibaca dan tidak dihitung.`,
  tlsAdvice: () =>
    "Berikan kunci sesinya (--keys FILE; program menulisnya ke berkas yang disebut SSLKEYLOGFILE), atau rekam di tempat lalu lintas tidak terenkripsi, misalnya antara load balancer dan backend-nya.",
  tlsHandshakesFailed: (failed, server, causes) =>
    `${failed} handshake TLS dengan ${server} gagal: ${causes}.`,
  tlsHandshakesFailedAdvice: () =>
    "Wireshark menampilkannya dengan filter tls.alert_message atau tcp.flags.reset == 1; periksa sertifikat, versi, dan cipher suite kedua sisi.",
  tlsLostRecords: (records, server) =>
    `${records} record TLS ke atau dari ${server} tidak dapat didekripsi: sebagian tidak ada dalam capture, atau kuncinya milik sesi lain.`,
  tlsLostRecordsAdvice: () =>
    "Rekam dengan buffer lebih besar (dumpcap -B 64), dan simpan log kunci dari program yang membuat koneksi-koneksi ini.",
  tlsKeysForgotten: (forgotten, kept) =>
    `Log kunci memuat rahasia lebih dari ${kept} sesi TLS: rahasia ${forgotten} sesi yang paling awal tidak dipakai.`,
  tlsKeysForgottenAdvice: () => "Berikan hanya bagian log yang termasuk capture ini.",
  tlsWithoutStart: (connections, server) =>
    `${connections} koneksi TLS ke ${server} dimulai sebelum capture, sehingga handshake-nya tidak ada: tidak ada kunci yang dapat membukanya.`,
  tlsWithoutStartAdvice: () => "Mulailah merekam sebelum klien terhubung.",
  unreadFrames: (frames, reason, firstFrame, ipVersion, ipLength) =>
    `${frames} frame tidak dapat dibaca (${reason}${ipVersion === 0 ? "" : `, total length IPv${ipVersion} ${ipLength}`}; pertama: frame ${firstFrame}): isinya tidak ada dalam angka mana pun.`,
  unreadFrameAdvice: () =>
    "Lihat frame itu di Wireshark. Panjang dalam header sering salah jika kartu jaringan memotong segmen: matikan TSO, GSO, GRO, dan LRO selama eksperimen (ethtool -K).",
  encryptedAdvice: () => "Rekam di tempat lalu lintas tidak terenkripsi: di dalam tunnel IPsec atau MACsec.",
  unknownLinkTypeAdvice: () =>
    "Rekam pada interface jaringan itu sendiri; capture Ethernet, Linux cooked mode, IP mentah, dan Wi-Fi dapat dibaca.",
  holesInHttp: (reasons, firstFrame) =>
    `Ada byte pesan HTTP yang hilang dari capture: ${reasons.join(", ")} (pertama di frame ${firstFrame}). Pesan yang dimulai di sana tidak dihitung, dan pesan di sekitarnya dipasangkan menurut urutan saja.`,
  holesInHttpAdvice: () =>
    "Rekam dengan filter capture dan buffer yang lebih besar (dumpcap -B 64), sejak sebelum koneksi pertama, kedua arah.",
  gaveUpStartHole: (places) => `${places} × di awal pesan`,
  gaveUpHeaderHole: (places) => `${places} × di dalam header`,
  gaveUpChunkHole: (places) => `${places} × pada pembingkaian body chunked`,
  gaveUpFrames: (places) => `${places} × di awal frame HTTP/2`,
  gaveUpFields: (places) =>
    `${places} × field header HTTP/2 yang merujuk ke field sebelumnya yang tidak terekam`,
  malformedHttp: (reasons, firstFrame) =>
    `HTTP tidak dapat dibaca lebih jauh: ${reasons.join(", ")} (pertama di frame ${firstFrame}). Pesan sampai baris awal berikutnya tidak dihitung.`,
  malformedHttpAdvice: () =>
    "Lihat frame itu di Wireshark, dan program yang mengirimnya: ia melanggar RFC 9112, atau memakai protokol lain pada koneksi yang sama.",
  gaveUpStartLine: (places) => `${places} × bukan baris awal di tempat pesan seharusnya dimulai`,
  gaveUpContentLength: (places) => `${places} × panjang yang berbeda-beda atau bukan angka`,
  gaveUpTransferCoding: (places) => `${places} × request dengan transfer coding yang tidak berujung`,
  gaveUpChunk: (places) => `${places} × chunk yang melanggar chunked coding`,
  gaveUpLongHeader: (places) => `${places} × header yang lebih panjang dari 256 KiB`,
  httpLimits: (reasons, firstFrame) =>
    `Yang harus diingat melebihi tempat yang tersedia: ${reasons.join(", ")} (pertama di frame ${firstFrame}).`,
  httpLimitsAdvice: () => "Analisis capture itu per bagian: editcap -c 10000000 BERKAS BAGIAN.",
  gaveUpWaiting: (places) => `${places} × request tanpa respons, atau sebaliknya, yang dilepaskan`,
  gaveUpHeaderMemory: (places) => `${places} × header yang terpecah-pecah, yang dilepaskan`,
  gaveUpDetails: (places) => `${places} × target dan teks lain sebuah exchange, yang tidak dicatat`,
  pushedHttp: (reasons, firstFrame) =>
    `Tidak diukur: ${reasons.join(", ")} (pertama di frame ${firstFrame}). Tidak ada yang memintanya, jadi bukan exchange; byte-nya terhitung dalam goodput.`,
  pushedHttpAdvice: () =>
    "Matikan server push di server untuk membandingkan metode: browser tidak lagi menerima yang di-push.",
  gaveUpPushed: (responses) =>
    `${responses} respons yang diumumkan server untuk di-push (PUSH_PROMISE HTTP/2)`,
  noHttp: (reasons, firstFrame) =>
    `Tidak ditemukan HTTP/1: ${reasons.join(", ")} (pertama di frame ${firstFrame}).`,
  noHttpAdvice: () =>
    "Periksa apakah capture memuat HTTP milik balancer, pada interface ke arah backend-nya.",
  gaveUpSsh: (connections) => `${connections} koneksi memakai SSH`,
  gaveUpProtocol: (connections) => `${connections} koneksi diawali dengan hal lain`,
  noTcp: (packets) => `Tidak satu pun dari ${packets} paket merupakan segmen TCP yang dapat dibaca.`,
  noTcpAdvice: () => "Rekam TCP pada interface balancer: dumpcap -i eth0 -f tcp -w run.pcapng.",
  recorderDrops: (packets) => `Perekam melaporkan bahwa ${packets} paket terbuang.`,
  recordWithFilter: () =>
    "Rekam dengan filter capture dan buffer yang lebih besar (dumpcap -B 64), lalu ulangi run itu.",
  duplicateFrames: (frames) => `${frames} frame terekam dua kali dan dihitung satu kali.`,
  duplicateFramesAdvice: () =>
    "Rekam pada satu interface, jangan pada any, atau pada bond atau bridge sekaligus dengan anggotanya.",
  connectionsForgotten: (forgotten, limit) =>
    `${forgotten} koneksi dilupakan untuk memberi tempat bagi yang lain: lebih dari ${limit} terbuka bersamaan. Koneksi yang berlanjut dihitung sebagai koneksi baru, dan pertukaran yang sedang berlangsung di dalamnya sebagai dua bagian.`,
  connectionsForgottenAdvice: () =>
    "Rekam atau analisis alamat balancer dan backend saja; banjir koneksi dari alamat acak terlihat seperti ini.",
  tooManyPairs: (limit, connections) =>
    `Ada lebih dari ${limit} pasangan klien → server: ${connections} koneksi dari pasangan selebihnya tidak punya baris sendiri, tetapi dihitung bersama semua klien servernya dan dalam seluruh capture.`,
  tooManyPairsAdvice: () => "Sebutkan balancer dan backend-nya: --balancer 192.0.2.1 --backend A=192.0.2.2.",
  cutHeaders: (frames) =>
    `${frames} frame terpotong di dalam header-nya oleh snap length dan tidak dapat dihitung.`,
  pairWithoutTraffic: (name, pair) => `Pasangan ${name} (${pair}) tidak pernah muncul di dalam capture.`,
  pairWithoutTrafficAdvice: () =>
    "Periksa alamatnya dengan lbqos analyze tanpa --balancer dan --backend, yang menampilkan setiap pasangan yang ditemukan.",
  fewRequests: (name, pair, requests) =>
    `Pasangan ${name} (${pair}) hanya memiliki ${requests} request: rata-ratanya kurang berarti.`,
  fewRequestsAdvice: () => "Rekam run yang lebih lama sebelum menarik kesimpulan darinya.",
  oneDirection: (name, pair) =>
    `Hanya satu arah dari pasangan ${name} (${pair}) yang terekam: packet loss, RTT, dan waktu ke byte pertama memerlukan keduanya.`,
  answersElsewhere: (name, pair) =>
    `Respons pasangan ${name} (${pair}) tidak melewati tempat perekaman (direct server return, atau mirror satu arah): apakah dan kapan request-nya dijawab tidak diketahui, begitu pula packet loss dan RTT.`,
  oneDirectionAdvice: () =>
    "Rekam di tempat yang dilewati kedua arah, yaitu pada balancer sendiri; jika server merespons klien secara langsung (DSR), pada setiap server.",
  captureDrops: (segments, name, pair) =>
    `Perekam melewatkan sedikitnya ${segments} segmen dari pasangan ${name} (${pair}): segmen itu di-ACK tetapi tidak ada di dalam capture.`,
  seenTwice: (connections, asked, passedTo, milliseconds) =>
    `${connections} koneksi terekam dua kali, sebelum dan sesudah alamatnya diterjemahkan (NAT: ${asked} menjadi ${passedTo}), berselang ${withComma(milliseconds.toFixed(3))} ms. Koneksi itu dihitung satu kali: pasangan yang ditampilkan adalah yang sesudah penerjemahan, kecuali jika yang sebelumnya disebutkan.`,
  seenTwiceAdvice: (asked) =>
    `Untuk mengukur alamat yang dituju klien, sebutkan (--backend NAMA=${asked}), atau rekam hanya sebelum NAT.`,
  namesSwapped: (balancer, name, backend) =>
    `Balancer yang disebutkan, ${balancer}, menerima koneksi dari backend ${name} (${backend}), bukan sebaliknya: keduanya tertukar.`,
  namesSwappedAdvice: (backend, balancer) =>
    `Tukar keduanya: --balancer ${backend} --backend NAMA=${balancer}.`,
  balancerNeverOccurs: (balancer) =>
    `Balancer yang disebutkan, ${balancer}, tidak pernah muncul di dalam capture.`,
  balancerNeverOccursMeant: (balancer, meant) =>
    `Balancer yang disebutkan, ${balancer}, tidak pernah muncul di dalam capture; apakah maksudnya ${meant}?`,
  unknownBalancerAdvice: () =>
    "Jalankan lbqos analyze tanpa --balancer dan --backend: hasilnya menampilkan siapa meminta kepada siapa.",
  backendNeverOccurs: (name, backend, meant) =>
    `Backend ${name} (${backend}) tidak menerima request apa pun di dalam capture; apakah maksudnya ${meant}?`,
  unknownBackendAdvice: (meant) => `Jika ya, sebutkan sebagai --backend NAMA=${meant}.`,
  backendsAskedFromElsewhere: (balancer, asker) =>
    `Balancer yang disebutkan, ${balancer}, menerima request klien, tetapi backend yang disebutkan menerima request dari ${asker}.`,
  backendsAskedFromElsewhereAdvice: (balancer, asker) =>
    `Jika keduanya milik balancer, sebutkan keduanya: --balancer ${asker} --balancer ${balancer}.`,
  balancerHasTwoAddresses: (asked, from, other) =>
    `Balancer tampaknya memiliki dua alamat: klien mengirim request ke ${asked}, dan backend menerima request dari ${from}; apakah maksudnya juga ${other}?`,
  balancerHasTwoAddressesAdvice: (named, other) =>
    `Sebutkan keduanya, opsi ini dapat diulang: --balancer ${named} --balancer ${other}.`,
  clientSide: (balancer) =>
    `Balancer yang disebutkan, ${balancer}, menerima request klien tetapi tidak meminta apa pun kepada backend di sini: capture direkam di sisi klien.`,
  clientSideAdvice: () =>
    "Rekam pada balancer, pada interface ke arah backend-nya; tanpa --balancer dan --backend, yang diukur adalah sisi klien.",
  backendSide: (name, backend) =>
    `Di antara backend yang disebutkan, hanya ${name} (${backend}) yang muncul di dalam capture, dan tidak ada klien balancer: capture tampaknya direkam pada ${name}.`,
  backendSideAdvice: () =>
    "Waktu dan packet loss-nya adalah yang terlihat di sana; untuk membandingkan backend dan bagiannya, rekam pada balancer.",
};
