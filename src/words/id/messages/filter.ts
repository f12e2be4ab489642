/** Pasangan dan endpoint seperti yang ditulis pengguna: `--filter`, `--balancer`, `--backend`, dan baris perintah. */
import type { AdvisedField, filter as english } from "../../en/messages/filter.ts";

const advice: Readonly<Record<AdvisedField, string>> = {
  "tcp.port": "cocok dengan kedua arah: gunakan tcp.dstport",
  "tcp.srcport": "berubah pada setiap koneksi: hapus, atau gunakan tcp.dstport",
  "ip.host": "gunakan ip.src dan ip.dst dengan alamat",
  ip: "hapus, alamatnya sudah menyatakannya",
  ipv6: "hapus, alamatnya sudah menyatakannya",
  "http.request": "hapus, request memang dihitung tersendiri",
  "http.response": "hapus, respons memang dihitung tersendiri",
  "http.request.method": "hapus, lalu pilih menurut metode dari --exchanges",
  "http.response.code": "hapus, status memang dihitung tersendiri",
};
const adviceOf: ReadonlyMap<string, string> = new Map(Object.entries(advice));

export const filter: typeof english = {
  filterRefused: (text, reason) => `--filter "${text}": ${reason}`,
  filterNegates: (token) =>
    `"${token}" menyatakan apa yang tidak termasuk, padahal pasangan hanya menyatakan apa yang termasuk`,
  filterAlternatives: (token) =>
    `"${token}" membuatnya lebih dari satu pasangan: berikan --filter satu kali untuk masing-masing`,
  filterUnexpected: (token) => `"${token}" berada di tempat yang seharusnya &&`,
  filterIsEmpty: () => "kosong",
  filterUnfinished: (token) => `ada yang kurang di akhirnya, setelah "${token}"`,
  filterUnclosed: () => '")" tidak ada',
  filterSaysMore: (field) =>
    `"${field}" menyatakan lebih dari satu pasangan saja: ${adviceOf.get(field) ?? "hapus, atau ukur pilihannya dari --exchanges"}`,
  filterComparison: (field, value) =>
    `${field} harus dibandingkan dengan ==, misalnya ${field}==${value === "80" ? value : "ALAMAT"}`,
  filterPort: (text, field) => `"${text}" setelah ${field} bukan port antara 1 dan 65535`,
  filterNetwork: (text) => `"${text}" adalah jaringan, lebih dari satu alamat: berikan satu`,
  filterAddress: (text, field) => `"${text}" setelah ${field} bukan alamat`,
  filterVersion: (field, version, text, other) =>
    `${field} memerlukan alamat IPv${version}, "${text}" bukan: gunakan ${other}`,
  filterContradicts: (text) =>
    `"${text}" bertentangan dengan yang sebelumnya: berikan --filter satu kali untuk setiap pasangan`,
  filterEitherWay: () =>
    "ip.addr cocok dengan kedua arah, sehingga tidak jelas siapa yang mengirim request: gunakan ip.src==ALAMAT && ip.dst==ALAMAT",
  filterWithoutAddresses: () => "tidak menyebut alamat: tulis ip.src==ALAMAT && ip.dst==ALAMAT",
  filterTooManyAddresses: (count) => `menyebut ${count} alamat, padahal sebuah paket hanya memiliki dua`,
  filterWithoutSource: () => "tidak menyebut sumbernya: tambahkan ip.src==ALAMAT",
  filterWithoutDestination: () => "tidak menyebut tujuannya: tambahkan ip.dst==ALAMAT",
  filterVersionsDiffer: (from, to) => `tidak ada paket dari ${from} ke ${to}: yang satu IPv4, yang lain IPv6`,
  filterWithoutHttp: () =>
    "menampilkan semua frame pasangan itu, padahal yang diukur adalah frame HTTP-nya: tambahkan && http",

  endpointOfOption: (option, problem) => `${option}: ${problem}`,
  notBracketedAddress: (text) => `"${text}" di dalam kurung siku bukan alamat IPv6`,
  notIpAddress: (text) => `"${text}" bukan alamat IPv4 atau IPv6`,
  addressWithZone: (text) =>
    `"${text}" memiliki zona, yang tidak ada di dalam paket: hapus % dan apa yang mengikutinya`,
  notPort: (text, highest) => `"${text}" bukan port antara 1 dan ${highest}`,

  quoteLeftOver: (option, quote, text) => `${option}: ada ${quote} tanpa pasangan di dalam ${text}`,
  shellCharacter: (option, character) =>
    `${option}: "${character}" milik shell: beri tanda kutip, atau berikan sh -c '…'`,
  commandIsEmpty: (option) => `${option}: perintahnya kosong`,
  notEngine: (name) => `LBQOS_ENGINE berisi '${name}'; yang mungkin 'compiled' atau 'plain'`,
};
