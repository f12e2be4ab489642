/** Keraguan tentang eksperimen secara keseluruhan: apa yang kurang, capture yang dibandingkan, tabelnya. */
import type { doubts as english } from "../../en/messages/doubts.ts";
import { grammar, withComma } from "../grammar.ts";

const list = grammar.list;

export const doubts: typeof english = {
  methodWithoutRuns: (method) => `metode ${method} tidak memiliki run dan tidak disertakan`,
  methodWithoutRunsAdvice: () =>
    "Periksa capture-nya di dalam manifes, rekam run-nya, atau hapus dari manifes.",
  oneRun: (method) =>
    `metode ${method} hanya memiliki satu run: tidak ada sebaran, selang kepercayaan, maupun kesimpulan`,
  oneRunAdvice: (min) => `Ulangi: sedikitnya ${min} run per metode, sebaiknya 10.`,
  fewRuns: (method, count) => `metode ${method} memiliki ${count} run, terlalu sedikit untuk kesimpulan`,
  fewRunsAdvice: (min) => `Rekam sedikitnya ${min} run per metode, sebaiknya 10.`,
  missingRuns: (where, missing) =>
    `${where}: run ${list(missing.map(String))} tidak ada, padahal metode lain memilikinya`,
  missingRunsAdvice: () =>
    "Rata-rata dihitung dari jumlah run yang tidak sama; rekam run yang kurang dalam kondisi yang sama.",
  backendsWithoutTraffic: (method, backends) =>
    `${method} tidak mengirim request ke ${list(backends)} di semua run`,
  selectionsWithoutFrames: (method, selections) =>
    `${method}: tidak ada frame yang cocok dengan ${list(selections)} di semua run`,
  selectionsWithoutFramesAdvice: () =>
    "Periksa filternya: Wireshark menampilkan apa yang cocok dengan filter yang sama.",
  ipHashAdvice: () =>
    "ip-hash mengirim satu klien ke satu backend: uji dengan beberapa alamat klien (pada nginx, di jaringan /24 yang berbeda), atau bandingkan hanya pada backend itu.",
  backendDownAdvice: () =>
    "Periksa apakah backend hidup, alamatnya di dalam manifes, dan konfigurasi load balancer.",
  pooledWithout: (method, backend, numbers) =>
    `${method}: run ${list(numbers.map(String))} tidak memiliki nilai ${backend} yang ada pada yang lain, jadi rata-rata di sana adalah rata-rata backend lain`,
  pooledWithoutAdvice: () =>
    "Bandingkan metode per backend, atau berikan capture: dari capture, waktu diambil dari semua request sebuah run.",
  oneAfterAnother: (methods) =>
    `semua run ${methods[0] ?? ""} dibuat sebelum run metode berikutnya (${list(methods)})`,
  oneAfterAnotherAdvice: () =>
    "Perubahan lain selama itu tampak seperti perbedaan metode: selingi run (run 1 semua metode, lalu run 2, …), seperti lbqos run.",
  repeatedRun: (run, used, unused) => `${run} ada dua kali: ${used} dipakai, ${unused} tidak`,
  repeatedRunAdvice: () => "Beri setiap run nomornya sendiri, atau keluarkan salah satunya.",
  lossWithoutUnit: (file) =>
    `${file} tidak menyebut apakah packet loss dalam persen atau paket; dianggap persen`,
  lossWithoutUnitAdvice: () =>
    "Beri nama kolom packet_loss_percent bila persen; jumlah paket tidak dapat dinilai kategorinya.",

  sameCaptureTwice: (first, second) => `${first} dan ${second} adalah capture yang sama`,
  sameCaptureCountsOnce: (first, second, run) =>
    `${first} dan ${second} adalah capture yang sama; dihitung sekali, sebagai run ${run}`,
  sameCaptureAdvice: () =>
    "Salinan tidak menambah informasi dan membuat selang kepercayaan terlalu sempit: simpan satu, dan rekam run yang lain.",
  capturesOverlap: (first, second, seconds) =>
    `${first} dan ${second} direkam pada waktu yang sama, selama ${withComma(seconds.toFixed(3))} s`,
  capturesOverlapAdvice: () =>
    "Run yang waktunya bersamaan berbagi lalu lintas dan beban: rekam satu per satu, atau keluarkan salah satunya.",

  meansOnly: (file, columns) =>
    `${file} hanya berisi rata-rata: perlu kolom run dan satu baris per metode, backend, dan run, seperti ${columns}`,
  meansOnlyAdvice: () => "Berikan tabel setiap run; rata-rata saja tidak memiliki sebaran untuk dinilai.",
  valuesOutOfRange: (file, lines, more, first) =>
    `${file}: baris ${list([...lines.map(String), ...(more === 0 ? [] : [`${more} lainnya`])])} tidak disertakan karena nilainya mustahil: ${first}`,
  valuesOutOfRangeAdvice: (file) =>
    `Koreksi tabelnya; "lbqos audit ${file}" menyebut setiap nilai seperti itu.`,
  contradictoryRows: (file, count, rows) =>
    `${file}: pada ${count} dari ${rows} baris throughput × delay bukan ukuran frame request seperti pada baris lain, jadi kedua nilai tidak mungkin berasal dari satu run`,
  contradictoryRowsAdvice: (file) =>
    `"lbqos audit ${file}" menyebut barisnya; kesimpulan di sini tentang throughput dan delay juga bergantung padanya.`,
};
