/** Filter tampilan yang memilih frame: apa yang tidak dapat dipahami di dalamnya, dan apa yang tidak didukung. */
import type { selection as english } from "../../en/messages/selection.ts";

export const selection: typeof english = {
  filterFieldExpected: (token) => `"${token}" berada di tempat yang seharusnya nama field atau protokol`,
  filterValueExpected: (token) => `"${token}" berada di tempat yang seharusnya sebuah nilai`,
  filterQuotes: (token) =>
    `${token} adalah teks dalam tanda kutip, padahal tidak ada field berisi teks di sini: tulis angka dan alamat tanpa tanda kutip`,
  filterSetCompared: () =>
    "himpunan dalam kurung kurawal tidak dibandingkan dengan ==: tulis in, misalnya tcp.port in {80, 443}",
  filterSetExpected: () =>
    "setelah in harus ada himpunan dalam kurung kurawal, misalnya tcp.port in {80, 443}",
  filterUnclosedSet: () => '"}" tidak ada',
  filterUncompared: (quantifier, field) =>
    `setelah ${quantifier} ${field} harus ada perbandingan, misalnya ${quantifier} ${field} == NILAI`,
  filterTooDeep: (depth) =>
    `lebih dari ${depth} tanda kurung dan negasi bersarang: tulis dengan lebih sederhana`,
  filterLowerCase: (word, lower) => `"${word}" harus ditulis dengan huruf kecil: ${lower}`,
  filterSingleEquals: () => 'satu "=" tidak membandingkan apa pun: tulis ==',
  filterSingleSign: (sign) => `satu "${sign}" tidak didukung: tulis ${sign}${sign}`,
  filterNotInSubset: (token) =>
    `"${token}" tidak didukung; yang ada == != < > <= >= in {…} and or not ( ), dan /BIT untuk jaringan`,
  filterNumber: (text, field, highest) =>
    `"${text}" setelah ${field} bukan bilangan bulat dari 0 sampai ${highest}`,
  filterSeconds: (text, field) => `"${text}" setelah ${field} bukan jumlah detik, misalnya 0.25`,
  filterEthernet: (text, field) =>
    `"${text}" setelah ${field} bukan alamat Ethernet, misalnya 02:00:5e:00:53:01`,
  filterPrefix: (text, highest) => `"${text}" memiliki lebih dari ${highest} bit jaringan`,
  filterNetworkOrder: (text) =>
    `"${text}" adalah jaringan, dan sebuah alamat ada di dalamnya atau tidak: bandingkan dengan == atau !=`,
  filterProtocolCompared: (name) =>
    `${name} adalah protokol, yang dimiliki sebuah frame atau tidak: tulis ${name} saja, atau salah satu field-nya`,
  filterUnknownName: (name, near, names) =>
    `"${name}" tidak didukung${near === null ? "" : `, maksud Anda ${near}?`}; yang ada ${names}`,
  filterPayload: (name) =>
    `"${name}" tidak didukung: dari isi paket hanya ada http, tls, quic, dan rtp, tanpa field; pilih yang lain menurut port`,

  selectionsReadTwice: () =>
    "frame dipilih dalam pembacaan kedua, padahal masukan standar habis setelah pembacaan pertama: simpan dulu ke file",
  selectionName: (text) =>
    `--filter "${text}": sebelum = harus ada nama, sesudahnya filter, dan salah satunya kosong`,
  selectionNameTwice: (name) => `--filter: dua pilihan bernama "${name}"`,
  sentNotNumber: (text) =>
    `--sent "${text}": tulis berapa frame yang dikirim, 30000, atau NAMA=30000 untuk satu pilihan`,
  sentNotSelected: (name) => `--sent ${name}=…: tidak ada --filter bernama "${name}"`,
  sentWithoutFilter: () =>
    "--sent menyatakan berapa frame dari sebuah --filter yang dikirim: berikan juga filternya",
  rtpPort: (text) =>
    `--rtp "${text}": tulis sebuah port UDP, 5004, atau dengan laju timestamp-nya dalam Hz, 5004=90000`,
  rtpPortTwice: (port) => `--rtp: port ${port} memiliki dua laju jam`,
  rtpRestarted: (ssrc, restarts) =>
    `Aliran RTP ${ssrc}: nomor urutnya dimulai lagi (${restarts} kali); yang hilang di sana tidak terlihat.`,
  rtpRestartedAdvice: () => "Rekam satu panggilan per capture, atau pilih menurut frame.time_relative.",
  noCaptureNamed: () => "tidak ada capture yang disebut: lbqos analyze FILE, atau -r FILE",
  bandwidthNotGiven: (profile) =>
    `Profil "${profile}" menilai throughput sebagai persentase bandwidth, yang tidak diberikan: indeksnya adalah rata-rata tanpa throughput.`,
  bandwidthNotGivenAdvice: () =>
    "Berikan: --bandwidth 20M, atau pilih --profile tiphon-kbps, yang menilai kbps.",
  sentTooFew: (name, frames, sent) =>
    `${name}: ${frames} frame terekam, lebih banyak daripada ${sent} yang dikirim: packet loss-nya tidak diukur.`,
  sentTooFewAdvice: () => "Buat filternya menampilkan satu arah saja, dan hitung yang dikirim dalam frame.",
};
