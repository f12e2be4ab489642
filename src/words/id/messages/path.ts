/** Dua tap pada satu jalur. */
import type { path as english } from "../../en/messages/path.ts";

export const path: typeof english = {
  pathNothingMatches: (first, second) =>
    `tidak ada paket dari ${first} yang terdapat dalam ${second}: keduanya capture dari run yang berbeda, atau dari tempat yang tidak dilalui paket yang sama; berikan capture satu run dari dua tap pada satu jalur`,
  pathTooFewMatch: (first, second) =>
    `kurang dari 8 paket dari ${first} yang juga terdapat dalam ${second}, terlalu sedikit untuk delay dan jam; rekam lebih lama, di kedua tap bersamaan`,
  pathTimesDisagree: (first, second) =>
    `paket dari ${first} terdapat dalam ${second}, tetapi waktunya bukan dari satu run: lebih dari separuhnya berjarak lebih dari 2 s dari yang lain; berikan kedua capture seperti saat direkam`,
  pathSameRecording: (first, second) =>
    `${first} dan ${second} adalah rekaman yang sama, atau rekaman dari satu tempat: tidak ada paket yang memerlukan waktu di antara keduanya; berikan capture dari dua tap`,
  pathRecorderDrops: (name, drops) =>
    `Perekam ${name} membuang ${drops} paket: paket itu tampak seperti loss pada jalur, atau seperti paket yang tidak dikirim siapa pun.`,
  pathRecorderDropsAdvice: () =>
    "Rekam dengan buffer yang lebih besar (dumpcap -B 64), atau lebih sedikit dari tiap paket (-s 128).",
  pathOtherOrder: (first, second) =>
    `Koneksi dibuka dari ${first} menuju ${second}: urutan tap terbalik, dan arah "maju" adalah arah jawaban.`,
  pathOtherOrderAdvice: (first, second) =>
    `Sebut tap yang lebih dekat ke klien lebih dulu: lbqos path ${first} ${second}.`,
  pathNotRecorded: (packets, to, from) =>
    `${packets} paket tiba di ${to} padahal tidak ada dalam ${from}: perekamnya membuang paket, sesuatu di jalan mengirim atau mengubah paket, atau capture telah disunting. Sebanyak itu pula paket hilang yang mungkin tidak hilang.`,
  pathNotRecordedAdvice: () =>
    "Rekam dengan buffer yang lebih besar (dumpcap -B 64), di mesinnya sendiri, dan berikan capture seperti saat direkam.",
  pathClocksUnsteady: () =>
    "Jam kedua tap tidak berjalan rata satu terhadap yang lain: tidak ada garis yang cocok dengan paket tercepat, dan delay meleset lebih dari batas yang diberikan waktu pulang-pergi.",
  pathOneWay: () =>
    "Paket hanya berjalan satu arah: selisih jam tidak dapat diketahui, dan delay dihitung dari paket tercepat. Variasi delay dan loss tetap benar.",
  pathClocksAdvice: () =>
    "Samakan jam (PTP, atau kedua tap pada satu mesin) dan nyatakan dengan --clocks synchronous, atau jangan menyetel jam selama run.",
  pathStandardInput: () =>
    "di sini capture dibaca dua kali, dan masukan standar tidak bisa; simpan dulu ke dalam file",
  pathFewTaps: () => "perlu dua capture atau lebih: lbqos path PERTAMA KEDUA",
  pathWrongOrder: (middle, last) =>
    `${middle} tidak berada sebelum ${last}: paket lebih dulu melewati ${last}; berikan tap menurut urutan yang dilalui request`,
  tapIsNearer: (tap, first) =>
    `${tap} lebih dekat ke klien daripada ${first}: koneksi dibuka dari sana; analisis ${tap}, dengan --tap ${first}`,
  clocksWithoutTap: () => "--clocks menyatakan hubungan jam antar-tap; tambahkan --tap CAPTURE",
  tapWithoutExchanges: (tap) =>
    `tidak ada pertukaran dari ${tap} yang ditemukan dalam capture: alamat diterjemahkan di antara keduanya, atau yang melewati keduanya bukan HTTP`,
  tapNeedsExchanges: () =>
    "--tap membagi waktu pertukaran; tambahkan --exchanges FILE, atau pakai lbqos path --host-times",
  thisTap: () => "capture mesin ini",
  peerEnded: (why) => `jalur ke mesin lawan tidak diukur lagi: ${why}; perekaman berlanjut`,
  peerStopped: (peer) => `jalur ke mesin lawan tidak diukur lagi: ${peer} berakhir; perekaman berlanjut`,
  peerBehind: (peer, mebibytes) =>
    `${peer} tertinggal: lebih dari ${mebibytes} MiB frame mesin ini menunggunya`,
  peerAdvice: () => "Angka jalur berasal dari waktu sebelumnya.",
  clocksWithoutPeer: () => "--clocks menyatakan hubungan jam mesin lawan; tambahkan --peer-command PERINTAH",
  noSuchTap: (file) => `${file} tidak ada`,
  tapOfOtherHost: (file, address, hosts) => `${file} adalah tap milik ${hosts}, bukan ${address}`,
  tapInOtherOrder: (file, address) =>
    `${address} berada di sisi ini dari ${file}: capture run direkam di seberangnya`,
  pathNotMeasured: (method, run, backend, why) =>
    `${method}, run ${run}: jalur ke ${backend} tidak diukur: ${why}`,
  pathNotMeasuredAdvice: () =>
    "Rekam di backend selama setiap run, dan sebutkan rekamannya di bawah taps dalam manifes.",
  noTapsThere: (file) =>
    `Manifes menyebut tap pada backend, tetapi tidak satu run pun memilikinya: yang pertama seharusnya ${file}`,
  noTapsThereAdvice: () => "Perbaiki nama di bawah taps, atau hapus.",
  pathSampled: () =>
    "Paket lebih banyak daripada yang disimpan: persentil dan variasi delay dihitung dari blok 65.536 paket yang tersebar merata sepanjang waktu.",
  pathSampledAdvice: () => "Jumlah paket tetap eksak. Untuk persentil yang eksak, ukur capture per bagian.",
};
