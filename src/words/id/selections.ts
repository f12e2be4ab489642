/** Frame yang ditampilkan filter tampilan, dari protokol apa pun: tabelnya, dan dasar perhitungannya. */
import type { selections as english } from "../en/selections.ts";

export const selections: typeof english = {
  heading: "Frame terpilih: yang dilaporkan pengguna Wireshark",
  table: "Throughput, packet loss, delay, jitter",
  basis: "Dasar perhitungannya",
  selection: "Pilihan",
  frames: "Frame",
  tcpFrames: "TCP",
  udpFrames: "UDP",
  lossFrom: "Loss menurut",
  capture: "Capture",
  chartNote: "Pilihan boleh tumpang-tindih",
  everyFrame: "seluruh capture",
  lossNames: {
    tcp: "TCP, segmen sebelumnya tidak terekam",
    rtp: "RTP, nomor urut",
    sent: "frame yang dikirim, dikurangi yang terekam",
  },
  recipe: ({ frames, bytes, seconds, filter }) =>
    `Dihitung dari ${frames} frame (${bytes} byte${seconds === null ? "" : `, ${seconds} detik`}), seperti di Wireshark: ${
      filter === "" ? "tanpa filter tampilan" : filter
    }`,
  formulas:
    "Throughput: byte × 8 / waktu dari frame pertama sampai terakhir. Delay: rata-rata jarak waktu antarframe, bukan latensi jaringan. Jitter: rata-rata |selisih| jarak waktu yang berurutan. Packet loss: hilang / (hilang + diterima).",
  overlap: "Pilihan boleh tumpang-tindih: sebuah frame dihitung dalam setiap pilihan yang menampilkannya.",
  reasons: {
    twoFrames: "memerlukan 2 frame pada waktu yang berbeda",
    threeFrames: "memerlukan 3 frame",
    clock: "jamnya dimundurkan",
    noFrames: "tidak ada frame yang cocok",
    lossUnseen:
      "UDP dan protokol lain tidak memiliki nomor yang memperlihatkan kehilangan; --rtp PORT menyatakan di mana ada RTP, --sent jumlah yang dikirim",
  },
  rtp: {
    table: "Aliran RTP",
    stream: "Aliran",
    payloadTypes: "Jenis payload",
    packets: "Paket",
    lost: "Hilang",
    copies: "Salinan",
    meanJitter: "Jitter (rata-rata)",
    maxJitter: "Jitter (maks.)",
    noClock: "laju jam tidak diketahui; --rtp PORT=90000 memberikannya",
    formulas:
      "Dari seluruh capture, seperti tshark -z rtp,streams menghitungnya. Hilang: paket yang diharapkan dikurangi yang terekam (RFC 3550 A.3), jadi salinan menutupi kehilangan; persentasenya tidak memuat salinan. Jitter: menurut timestamp dan kedatangan (RFC 3550 A.8), berbeda dari jitter jarak waktu di atas.",
    more: (streams) => `Yang tersibuk dari ${streams} aliran; --json memuat semuanya.`,
  },
  compared: {
    summary: ({ methods, backends, runs, warnings }) =>
      `${methods} metode, ${backends} pilihan, ${runs} run.${
        warnings === 0 ? "" : ` ${warnings} peringatan di bagian akhir.`
      }`,
    groups: { pace: "Laju kedatangan frame", network: "Kehilangan" },
    bySelection: "Throughput, packet loss, delay, dan jitter menurut metode dan pilihan",
    exploratory: "Eksploratif: semua metrik lain, atas semua pilihan",
    all: "semua pilihan",
    pace: "Throughput, delay, dan jitter frame seperti terekam: ditentukan pengirim dan jaringan bersama-sama, dan delay adalah jarak waktu antarframe, bukan latensi jaringan.",
    network:
      "Frame yang hilang, menurut yang memperlihatkannya: nomor TCP atau RTP, atau jumlah frame yang dikirim.",
    overSelections:
      "Setiap run dihitung satu kali, dengan rata-rata pilihannya. Tidak ada yang dijumlahkan: sebuah frame dapat berada dalam beberapa pilihan.",
    tests:
      "Pergeseran adalah A − B (Hodges dan Lehmann) dengan selang 95 %. Perbandingan eksploratif, termasuk untuk setiap pilihan (ada dalam comparison.json), dikoreksi bersama; yang berbeda di sana adalah petunjuk untuk eksperimen lain.",
    idle: (method, selection) => `${method}: tidak ada frame yang cocok dengan ${selection} di semua run.`,
    definitions: {
      throughputMbps:
        "8 · jumlah panjang frame / (waktu terakhir − terawal), atas frame yang ditampilkan filternya.",
      packetLossPercent:
        "100 · hilang / (hilang + diterima): segmen TCP sebelumnya yang tidak terekam, nomor urut RTP yang tidak ada, atau frame yang dikirim dikurangi yang terekam.",
      delayMs: "Rata-rata jarak waktu antarframe; bukan latensi jaringan.",
      jitterMs: "Rata-rata selisih mutlak antara delay yang berurutan.",
    },
    chartMetrics: "Metrik QoS menurut metode dan pilihan",
    chartMetric: (label) => `${label} menurut metode dan pilihan`,
  },
  readOn: ["--full menampilkan dasar perhitungannya; --csv dan --json memuat semua angka."],
};
