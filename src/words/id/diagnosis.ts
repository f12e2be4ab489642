/** Temuan sebuah run. */
import type { diagnosis as english } from "../en/diagnosis.ts";

export const diagnosis: typeof english = {
  balancer: "balancer",
  capture: "capture",
  likely: (sentence) => `Kemungkinan: ${sentence}`,
  when: (from, to) => {
    if (from === null) return to === null ? "sepanjang waktu" : `sampai ${to} s`;
    return to === null ? `sejak ${from} s` : `dari ${from} s sampai ${to} s`;
  },
  headline: {
    slow: (who, when, p95, usual, comparedWith) =>
      `${who} lambat ${when}: p95 waktu ke byte pertama ${p95}, ${comparedWith === "itself" ? "biasanya" : "backend lain"} ${usual}`,
    serverErrors: (who, when, errors, answers) =>
      `${who} menjawab dengan galat ${when}: ${errors} dari ${answers} respons berstatus 5xx`,
    refused: (who, when, failed) => `${who} menolak koneksi ${when}; ${failed} request gagal`,
    reset: (who, when, failed) => `${who} memutus koneksi ${when}; ${failed} request gagal`,
    unanswered: (who, when, failed) => `${who} membiarkan request tanpa respons ${when}; ${failed} gagal`,
    frozen: (who, when, waiting, failed) =>
      `${who} sama sekali tidak menjawab ${when}; ${waiting} request menunggu, ${failed} gagal`,
    takenOut: (who, when, reason) =>
      `${who} tidak mendapat request ${when}, setelah ${reason}: balancer mengeluarkannya`,
    retried: (who, retried, seconds) =>
      `${retried} request harus dikirim oleh ${who} ke backend lain, yang memakan ${seconds} s seluruhnya`,
    connectSlow: (who, when, connects, seconds) =>
      `${who} terlambat menerima ${connects} koneksi ${when}, setelah SYN diulang: ${seconds} s seluruhnya`,
    loss: (who, percent, requests) =>
      `${percent} % segmen ke atau dari ${who} hilang; ${requests} request menunggu pengiriman ulang`,
    queue: (who, when, before, most, rate) =>
      `request mengantre di depan ${who} ${when}: dari ${before} menjadi ${most} yang berjalan, sementara tetap ${rate} per detik`,
    slowReader: (who, when, reader, requests) =>
      reader === "source"
        ? `penanya ${who} lambat membaca ${when}: ${requests} respons memakan 200 ms atau lebih setelah byte pertama`
        : `${who} lambat membaca ${when}: ${requests} request memakan 200 ms atau lebih untuk dikirim`,
    keepAliveRace: (who, when, requests) =>
      `${who} menutup koneksi keep-alive ${when} tepat sebelum request datang; ${requests} request gagal`,
    delayedAck: (who, when, of, count, asked) =>
      `sisa ${count} dari ${asked} ${of === "answers" ? "respons dari" : "request ke"} ${who} datang terlambat 40 ms ${when}`,
    healthChecks: (who, count, asked) =>
      `${count} dari ${asked} request ke ${who} adalah pemeriksaan kesehatan`,
    severalRuns: (who, runs, seconds) =>
      `${who} memuat ${runs} run: di antaranya tidak ada request sampai selama ${seconds} s`,
    tail: (who, alike, requests, slow, limit) =>
      `sedikit request membentuk ekor ${who}: ${requests} dari ${slow} yang memakan lebih dari ${limit} ${alike}`,
    alike: {
      path: (path) => `meminta ${path}`,
      method: (method) => `adalah ${method}`,
      size: (bytes) => `berukuran ${bytes} byte atau lebih bersama responsnya`,
      client: (address) => `datang dari ${address}`,
      first: () => "adalah yang pertama pada koneksinya",
    },
  },
  did: {
    "5xx": "menjawab dengan galat",
    refused: "menolak koneksi",
    reset: "memutus koneksi",
    unanswered: "membiarkan request tanpa respons",
  },
  evidence: {
    slow: (requests, p50, max, added) =>
      `${requests} request dengan median ${p50} dan paling lama ${max}: ${added} s lebih lama daripada biasanya seluruhnya.`,
    failing: (parts, answers) => `${parts.join(", ")}; respons utuh pada waktu yang sama: ${answers}.`,
    thin: "Tersebar sepanjang waktu: tidak pernah lebih dari 5 % request sekaligus.",
    serverErrors: (count) => `berstatus 5xx: ${count}`,
    refused: (count) => `ditolak: ${count}`,
    withoutAnswer: (count) => `tanpa respons yang utuh: ${count}`,
    frozen: (seconds, added) => `Tidak satu byte respons pun selama ${seconds} s; waktu tunggu ${added} s.`,
    takenOut: (times, longest, others) =>
      `${times} kali, paling lama ${longest} s; backend lain mendapat ${others} request sementara itu.`,
    retried: (p50, max) => `Satu percobaan ulang memakan ${p50} (median) dan paling lama ${max}.`,
    connectSlow: (max) => `Yang terlama ${max}; hampir tidak ada segmen lain yang hilang.`,
    loss: (lost, added) =>
      `${lost} segmen hilang selain SYN; request menunggu sedikitnya ${added} s untuk pengiriman ulang.`,
    queue: (requests, added) =>
      `${requests} request menunggu ${added} s lebih lama seluruhnya daripada yang di awal.`,
    slowReader: (windows, added) =>
      `Pembaca mengumumkan window nol ${windows} kali; pesan-pesan itu memakan ${added} s seluruhnya.`,
    keepAliveRace: (requests, asked) => `${requests} dari ${asked} request sepanjang run.`,
    delayedAck: (added) =>
      `Jedanya selama Linux menunda ACK, hampir tidak ada yang setengah atau dua kali selama itu: ${added} s seluruhnya.`,
    healthChecks: "Dikenali dari path-nya.",
    severalRuns: (times) => `Mulainya pada ${times} s.`,
    tail: (alike, asked, p50, added) =>
      `${alike} dari ${asked} request demikian, dengan median ${p50}; yang lambat menunggu ${added} s lebih lama daripada median semuanya.`,
  },
  not: {
    noProcess:
      "Bukan server yang gagal: batas waktu koneksi menganggurnya lebih pendek daripada milik penanya, yang seharusnya lebih pendek.",
    noNetworkNorServer: "Bukan server maupun jaringan: pengirim harus menunggu buffer pembaca.",
    noProgram:
      "Bukan jaringan: algoritme Nagle menahan segmen kecil kedua sampai yang pertama di-ACK; TCP_NODELAY pada pengirimnya, atau satu kali tulis, mengakhirinya. Program pun dapat berhenti selama itu.",
    noUsers: "Waktu jadi tampak lebih pendek daripada yang dialami pengguna: jangan ikut dihitung.",
    noLoad: "Laju sepanjang capture ikut menghitung masa sunyi: pisahkan run-run itu.",
    network: (during, usual) => `Bukan jaringan: round-trip time-nya ${during}, biasanya ${usual}.`,
    networkStayed: (during) => `Bukan jaringan: round-trip time-nya ${during}.`,
    server: (during, usual) => `Bukan hanya server: round-trip time jaringan ${during}, biasanya ${usual}.`,
    unknownNetwork: "Round trip terlalu sedikit untuk membedakan server dari jaringan.",
    machineIsThere:
      "Bukan jaringan maupun mesinnya: TCP-nya terus mengakui data, jadi prosesnya yang berhenti.",
    nothingBack: "Tidak ada yang kembali, acknowledgment pun tidak: mesin atau jaringannya hilang.",
    onlyErrors: "Bukan jaringan: setiap request dijawab, tetapi dengan galat.",
    noMethod:
      "Bukan metode pembagian: sementara itu backend lain mendapat request, setelah sebuah kegagalan.",
    noRefusal:
      "Bukan kerja aplikasi: waktu habis sebelum request dapat dikirim. Accept queue yang penuh atau firewall hanya membuang SYN.",
    noServer: "Bukan server: segmen hilang di jalan.",
    noServerAsWhole: (usual) => `Bukan server secara keseluruhan: median semua request-nya ${usual}.`,
    clientsUnhurt: "Klien mendapat respons yang utuh, hanya lebih lambat.",
  },
};
