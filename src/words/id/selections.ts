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
  everyFrame: "seluruh capture",
  lossNames: {
    tcp: "TCP, segmen sebelumnya tidak terekam",
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
      "UDP dan protokol lain tidak memiliki nomor yang memperlihatkan kehilangan; --sent memberikan jumlah yang dikirim",
  },
  readOn: ["--full menampilkan dasar perhitungannya; --csv dan --json memuat semua angka."],
};
